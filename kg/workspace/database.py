"""The database file of a workspace: transactions that end whole or not at all, and faults told in plain words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import WorkspaceError
from kg.workspace.schema import prepare

_CACHE_KIB = 128 * 1024
_CHECKPOINT_PAGES = 20_000
Cells = tuple[Any, ...]


class Database:
    """One connection to the file; what is committed outlasts the loss of power."""

    def __init__(self, file: Path, *, write: bool) -> None:
        self._folder, self._write, self._depth = str(file.parent), write, 0
        self._due = 0.0
        self._connection = _connect(file, write=write)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._connection.close()

    def rows(self, sql: str, values: Cells = ()) -> sqlite3.Cursor:
        """The rows of a question, read as they are taken."""
        with self._told():
            return self._connection.execute(sql, values)

    def row(self, sql: str, values: Cells = ()) -> Cells | None:
        """The first row of a question."""
        with self._told():
            found: Cells | None = self._connection.execute(sql, values).fetchone()
        return found

    def change(self, sql: str, values: Cells = ()) -> int:
        """Make a change inside a transaction; returns the number of the row it inserted last."""
        with self._told():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def change_many(self, sql: str, rows: Iterable[Cells]) -> None:
        """Make one change for each row of values."""
        with self._told():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Changes that are kept together or not at all; one inside another can fail alone."""
        if not self._write:
            raise WorkspaceError("the workspace was opened for reading only", where=self._folder)
        begin, commit, undo = _STEPS[self._depth > 0]
        with self._told():
            self._connection.execute(begin)
        self._depth += 1
        try:
            yield
            with self._told():
                self._connection.execute(commit)
        except BaseException:
            if self._connection.in_transaction:
                for step in undo:
                    self._connection.execute(step)
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def batches(self, seconds: float) -> Iterator[Callable[[], None]]:
        """Changes committed at those calls of what is yielded that come after that many seconds, and at the end."""
        def step() -> None:
            if time.monotonic() > self._due:
                self._commit()
                self._begin(seconds)

        self._begin(seconds)
        try:
            yield step
        finally:
            self._commit()

    def _begin(self, seconds: float) -> None:
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth, self._due = 1, time.monotonic() + seconds

    def _commit(self) -> None:
        self._depth = 0
        try:
            with self._told():
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Faults of the file or the disk as errors that a person can act on."""
        try:
            yield
        except sqlite3.OperationalError as error:
            mend = _MENDS.get(error.sqlite_errorcode & 0xFF, "give the command again: what was finished is kept")
            raise WorkspaceError(f"cannot be read or written: {error}", where=self._folder, mend=mend) from error


_ROOM = "make room on the disk and give the command again: what was finished is kept, the rest is done then"
# By the primary codes of SQLite.
_MENDS = {sqlite3.SQLITE_FULL: _ROOM, sqlite3.SQLITE_IOERR: _ROOM,
          sqlite3.SQLITE_BUSY: "wait until the program that uses the workspace has finished",
          sqlite3.SQLITE_READONLY: "make the folder writable"}
_STEPS = (("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)),
          ("SAVEPOINT inner", "RELEASE inner", ("ROLLBACK TO inner", "RELEASE inner")))


def _connect(database: Path, *, write: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(database, timeout=30, isolation_level=None)
    try:
        prepare(connection, str(database.parent), write=write)
        if write:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
    except (WorkspaceError, sqlite3.DatabaseError):
        connection.close()
        raise
    return connection
