"""Measures extraction on the gold set and renews the figures of docs/quality.md: `make quality`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.evaluate import evaluate
from kg.evaluate.blocks import Block, Paragraph, Table, markdown
from kg.evaluate.gold import read_gold
from kg.evaluate.predictions import extract_gold
from kg.evaluate.summary import RELIABILITY_COLUMNS, TALLY_COLUMNS, Summary, summarise
from kg.evaluate.vocabulary import load_vocabulary
from kg.ontology import load_ontology
from kg.pipeline import Toolbox, extract
from kg.placenames import load_places
from kg.records import Extraction

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quality.md"


def measure() -> Summary:
    tools = Toolbox()

    def extract_file(file: str, published: str | None) -> Iterator[Extraction]:
        return extract([file], published=published, tools=tools)

    gold = read_gold(ROOT / "tests" / "gold")
    vocabulary = load_vocabulary(load_ontology(tools.settings), load_places(tools.settings).country_of)
    return summarise(evaluate(gold, extract_gold(gold, extract_file), vocabulary))


def parts(summary: Summary) -> dict[str, list[Block]]:
    tallies = Table(TALLY_COLUMNS, tuple(map(tuple, summary.tally_rows())))
    reliability = Table(RELIABILITY_COLUMNS, tuple(map(tuple, summary.reliability_rows())))
    return {"figures": [tallies, *map(Paragraph, summary.notes()[:-1])],
            "reliability": [reliability, Paragraph(summary.notes()[-1])]}


def renewed(page: str, name: str, blocks: list[Block]) -> str:
    begin, end = f"<!-- {name}: written by benchmarks/quality.py -->", f"<!-- end of {name} -->"
    body = f"{begin}\n\n{markdown(blocks)}\n{end}"
    return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: body, page, flags=re.DOTALL)


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, blocks in parts(measure()).items():
        page = renewed(page, name, blocks)
        print(markdown(blocks))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
