"""Several processes extract what one would, in the same order, and outlast what kills one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.errors import KGError, KnowledgeError
from kg.pipeline.workers import Extracts, extract_in_parallel
from kg.records import Document, Extraction


class Moody:
    """Does what the text says."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if document.text == "slow":
                time.sleep(0.3)
            if document.text == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if document.text.startswith("die once in "):
                mark = Path(document.text.removeprefix("die once in "))
                if not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
            if document.text == "fail":
                raise ValueError("a strange text")
            if document.text == "forever":
                time.sleep(600)
            yield Extraction(document=document)


def moody() -> Extracts:
    return Moody()


def broken() -> Extracts:
    raise KnowledgeError("a card is broken")


def dying() -> Extracts:
    os.kill(os.getpid(), signal.SIGKILL)
    return Moody()


def documents(*texts: str) -> Iterator[Document]:
    return (Document(id=str(number), source=f"{number}.txt", text=text) for number, text in enumerate(texts))


def test_results_come_in_the_order_of_the_documents() -> None:
    texts = ["slow" if number % 7 == 0 else "quick" for number in range(40)]
    found = list(extract_in_parallel(moody, documents(*texts), 2))
    assert [document.id for document, _ in found] == [str(number) for number in range(40)]
    assert all(isinstance(result, Extraction) and result.document == document for document, result in found)


def test_what_kills_or_breaks_one_document_costs_no_other(tmp_path: Path) -> None:
    texts = ["quick", "die", "fail", f"die once in {tmp_path / 'mark'}", "quick"]
    found = [result for _, result in extract_in_parallel(moody, documents(*texts), 2)]
    assert [isinstance(result, Extraction) for result in found] == [True, False, False, True, True]
    assert "ended (code -9)" in str(found[1])
    assert "a strange text" in str(found[2])


@pytest.mark.parametrize(("load", "error"), [(broken, KnowledgeError), (dying, KGError)])
def test_processes_that_cannot_begin_end_the_run(load: object, error: type[KGError]) -> None:
    with pytest.raises(error):
        list(extract_in_parallel(load, documents("quick"), 2))  # type: ignore[arg-type]


def test_no_documents_give_no_results() -> None:
    assert list(extract_in_parallel(moody, documents(), 1)) == []


PROGRAM = """
import multiprocessing, sys
sys.path.insert(0, {folder!r})
from test_workers import documents, moody
from kg.pipeline.workers import extract_in_parallel
if __name__ == "__main__":
    for number, _ in enumerate(extract_in_parallel(moody, documents("quick", "quick", "forever", "forever"), 2)):
        if number == 1:
            print(*(child.pid for child in multiprocessing.active_children()), flush=True)
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(folder=str(Path(__file__).parent)))
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        children = [int(number) for number in parent.stdout.readline().split()]
        parent.kill()
    assert len(children) == 2
    for _ in range(200):
        if not any(map(alive, children)):
            return
        time.sleep(0.05)
    raise AssertionError("a process outlived its parent")


def alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
