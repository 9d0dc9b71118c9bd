"""Extraction in several processes: results in the order of the documents, and no document that fails costs another."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Protocol

from kg.errors import KGError, KnowledgeError
from kg.records import Document, Extraction, decode, encode

log = logging.getLogger(__name__)

# How many finished results may wait for a slow document before them, for each process.
_AHEAD = 16
_READY, _DONE, _FAULT, _BROKEN = "ready", "done", "fault", "broken"


class Extracts(Protocol):
    """What the pipeline asks of an extractor."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction per document, in order."""


Result = tuple[Document, Extraction | str]


def extract_one(extractor: Extracts, document: Document) -> Extraction | str:
    """The extraction of one document, or what went wrong: a fault met in one must not lose the others."""
    try:
        return next(iter(extractor.extract([document])))
    except KnowledgeError:
        raise
    except Exception as error:  # whatever a strange text sets off, the rest of the run goes on
        log.debug("%s", document.source, exc_info=True)
        return f"{type(error).__name__}: {error}"


def extract_in_parallel(load: Callable[[], Extracts], documents: Iterable[Document], jobs: int) -> Iterator[Result]:
    """Each document with its extraction, or with what went wrong, in order; `load` is called in every process.

    A process that dies while it reads a document is replaced, and the document tried once more. Processes end with
    their parent, however that ends.
    """
    crew = _Crew(load, jobs)
    try:
        yield from crew.run(iter(documents))
    finally:
        crew.stop()


class _Worker:
    """One process with what it is reading."""

    def __init__(self, load: Callable[[], Extracts]) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(load, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.ready, self.task = False, -1

    def give(self, number: int, document: Document) -> None:
        """Hand over a document; a process that just died is noticed later."""
        self.task = number
        try:
            self.pipe.send_bytes(encode(document))
        except OSError:
            log.debug("process %s is gone", self.process.pid)


class _Crew:
    """The processes and the documents between reading and result, by number."""

    def __init__(self, load: Callable[[], Extracts], jobs: int) -> None:
        self._load, self._jobs = load, jobs
        self._workers = [_Worker(load) for _ in range(jobs)]
        self._open: dict[int, Document] = {}
        self._again: deque[int] = deque()
        self._results: dict[int, Extraction | str] = {}
        self._tried: set[int] = set()

    def run(self, documents: Iterator[Document]) -> Iterator[Result]:
        """The results in order."""
        next_out, next_in, ended = 0, 0, False
        while not ended or next_out < next_in:
            while not ended and next_in - next_out < self._jobs * _AHEAD and self._idle() and not self._again:
                if (document := next(documents, None)) is None:
                    ended = True
                else:
                    self._open[next_in] = document
                    self._idle()[0].give(next_in, document)
                    next_in += 1
            while self._again and self._idle():
                number = self._again.popleft()
                self._idle()[0].give(number, self._open[number])
            while next_out in self._results:
                yield self._open.pop(next_out), self._results.pop(next_out)
                next_out += 1
            if next_out < next_in:
                self._listen()

    def _idle(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.task < 0]

    def _listen(self) -> None:
        """Take in what the processes have to say, or that one of them died."""
        heard = set(wait([source for worker in self._workers for source in (worker.pipe, worker.process.sentinel)]))
        for worker in [one for one in self._workers if heard & {one.pipe, one.process.sentinel}]:
            try:
                kind, payload = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            self._take(worker, kind, payload)

    def _take(self, worker: _Worker, kind: str, payload: bytes | str) -> None:
        if kind == _READY:
            worker.ready = True
        elif kind == _BROKEN:
            raise KnowledgeError(str(payload))
        else:
            self._results[worker.task] = decode(payload, Extraction) if kind == _DONE else str(payload)
            worker.task = -1

    def _replace(self, worker: _Worker) -> None:
        """Put a new process in the place of one that died; what it read is tried once more, then given up."""
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            mend = "free some memory, or give --jobs 1"
            raise KGError(f"a process for reading ended with code {code} before it began", mend=mend)
        if worker.task >= 0:
            if worker.task in self._tried:
                self._results[worker.task] = f"the process that read it was ended (code {code})"
            else:
                self._again.append(worker.task)
            self._tried.add(worker.task)
        worker.pipe.close()
        self._workers[self._workers.index(worker)] = _Worker(self._load)

    def stop(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()


def _work(load: Callable[[], Extracts], pipe: Connection) -> None:
    """What a process does: load, then read document by document until the parent lets go."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        extractor = load()
        pipe.send((_READY, ""))
        while True:
            document = decode(pipe.recv_bytes(), Document)
            found = extract_one(extractor, document)
            pipe.send((_FAULT, found) if isinstance(found, str) else (_DONE, encode(found)))
    except KGError as error:
        pipe.send((_BROKEN, str(error)))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
