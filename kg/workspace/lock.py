"""One writer at a time: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kg.errors import WorkspaceError


class WriterLock:
    """Holds a workspace for writing until it is released; raises WorkspaceError if somebody else does.

    An exclusive transaction of SQLite on a file of its own: it works on every system, and a killed process leaves
    nothing to clean up.
    """

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "writer.lock", timeout=0, isolation_level=None)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            mend = "wait until it has finished, or use another workspace with -w"
            raise WorkspaceError("another process is changing this workspace", where=str(folder), mend=mend) from error

    def release(self) -> None:
        """Let others write; releasing twice is harmless."""
        self._connection.close()
