"""Times the whole extraction against the bare spaCy parse, in one run, on news-like text: `make bench`.

The text is that of the sample reports, repeated until it reaches the wanted size. Both
sides read the same documents in turn, several times; the ratio of the best times is printed.
The bare parse is that of the pipeline as its package ships it, whole documents in batches.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language

from kg.extract.extractor import Extractor
from kg.ingest import read_documents
from kg.records import Document
from kg.settings import Settings

REPORTS = Path(__file__).resolve().parent.parent / "seeds" / "reports"


def documents(size: int) -> list[Document]:
    reports = list(read_documents([str(REPORTS)], settings=Settings(), on_problem=print))
    found: list[Document] = []
    total = copy = 0
    while total < size:
        for report in reports:
            text = "\n".join(line for line in report.text.splitlines())
            found.append(Document(id=f"{report.id}{copy}", source=report.source, published=report.published, text=text))
            total += len(text)
            if total >= size:
                break
        copy += 1
    return found


def timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def bare_parse(nlp: Language, texts: list[Document]) -> int:
    return sum(len(doc) for doc in nlp.pipe(document.text for document in texts))


def whole(extractor: Extractor, texts: list[Document]) -> int:
    return sum(1 for _ in extractor.extract(texts))


def rounds(nlp: Language, extractor: Extractor, texts: list[Document], count: int) -> Iterator[tuple[float, float]]:
    for _ in range(count):
        yield timed(lambda: bare_parse(nlp, texts)), timed(lambda: whole(extractor, texts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=500_000, help="characters of text")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    begin = time.process_time()
    extractor = Extractor(Settings())
    start = time.process_time() - begin
    texts = documents(args.size)
    size = sum(len(document.text) for document in texts)
    nlp = spacy.load(Settings().pipeline)
    bare_parse(nlp, texts[:5]), whole(extractor, texts[:5])
    results = list(rounds(nlp, extractor, texts, args.rounds))
    parse, extract = min(r[0] for r in results), min(r[1] for r in results)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(texts)} documents, {size:,} characters; start-up {start:.1f} s CPU")
    print(f"bare spaCy parse {parse:.2f} s, whole extraction {extract:.2f} s (CPU, best of {args.rounds})")
    print(f"ratio {extract / parse:.2f}; peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
