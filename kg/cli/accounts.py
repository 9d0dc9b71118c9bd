"""Prints the accounts of one event side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.output import heading, table

if TYPE_CHECKING:
    from kg.graph.accounts import Accounts


def print_accounts(found: Accounts) -> None:
    """What each source says, what is disputed, and what was merged; nothing for an event of one report."""
    for reason in found.disputes:
        print(f"  contested: {reason}")
    if len(found.accounts) < 2:
        return
    heading(f"what each of {len(found.accounts)} reports says")
    labels = sorted({label for account in found.accounts for label, _ in account.values})
    rows = []
    for account in found.accounts:
        told = dict(account.values)
        rows.append([account.published or "", account.source, *(told.get(label, "") for label in labels)])
    table(["published", "source", *labels], rows)
    if found.merged:
        print(f"  merged here: {', '.join(found.merged)}")
