"""What a workspace's graph says, whatever came first: what two graphs are compared by.

Two things depend on the order in which documents came, and these are left out: which member's name is the IRI of what
several members are, and which of their names therefore lead on to another (`forwardings` has these). Here each
thing has the least of its members' names, unless a table names it, and each node about things (what all accounts come
to, disputes, judgements) the hash of what it says.
"""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.pipeline import open_graph

_IRI = re.compile(rb"<([^>]*)>")
_ABOUT_THINGS = (b"/dispute/", b"/judgement/", b"/assertion/")
_LEADS_ON = b" <http://purl.org/dc/terms/isReplacedBy> "
_OF_NAMES = (_LEADS_ON, b" <http://www.w3.org/ns/prov#wasDerivedFrom> ")


def triples(workspace: Path) -> list[bytes]:
    """The graph as lines of N-Triples."""
    stream = io.BytesIO()
    with open_graph(workspace) as store:
        store.dump("ntriples", stream)
    return sorted(stream.getvalue().splitlines())


def facts(workspace: Path) -> set[bytes]:
    """The triples with names that depend on nothing but what the graph says."""
    lines, members = triples(workspace), _members(workspace)
    leading = {name for name, _ in _forwarded(lines)} & {member for member, _, _ in members}
    least = {name: first for member, thing, first in members for name in (member, thing)}
    found = _renamed((line for line in lines if not _is_of(line, leading)), least)
    for kind in _ABOUT_THINGS:
        said: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for line in sorted(found):
            subject, _, rest = line.partition(b" ")
            if kind in subject:
                said[subject[1:-1]].append(rest)
        found = _renamed(found, {node: kind + hashlib.sha256(b"".join(of)).hexdigest().encode()
                                 for node, of in said.items()})
    return found


def forwardings(workspace: Path) -> tuple[set[tuple[bytes, bytes]], set[tuple[bytes, bytes]]]:
    """Which names of members lead where in the graph, and which must: every one that is not the name of its thing."""
    members = _members(workspace)
    own = {member for member, _, _ in members}
    return ({row for row in _forwarded(triples(workspace)) if row[0] in own},
            {(member, thing) for member, thing, _ in members if member != thing})


def _members(workspace: Path) -> list[tuple[bytes, bytes, bytes]]:
    """Each member with the IRI of its thing and the name by which the thing is compared."""
    with sqlite3.connect(workspace / "workspace.sqlite") as database:
        rows = database.execute(
            "SELECT m.id, t.iri, iif(t.kind = 'linked', t.iri, min(m.id) OVER (PARTITION BY m.thing))"
            " FROM member m JOIN thing t ON t.number = m.thing").fetchall()
    return [(member.encode(), thing.encode(), least.encode()) for member, thing, least in rows]


def _forwarded(lines: Iterable[bytes]) -> Iterable[tuple[bytes, bytes]]:
    rows = (line.split(b" ") for line in lines if _LEADS_ON in line)
    return [(name[1:-1], thing[1:-1]) for name, _, thing, _ in rows]


def _is_of(line: bytes, names: set[bytes]) -> bool:
    """Whether a line tells where one of these names leads."""
    return any(way in line for way in _OF_NAMES) and line.partition(b" ")[0][1:-1] in names


def _renamed(lines: Iterable[bytes], names: Mapping[bytes, bytes]) -> set[bytes]:
    return {_IRI.sub(lambda found: b"<" + names.get(found[1], found[1]) + b">", line) for line in lines}
