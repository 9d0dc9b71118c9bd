"""One writer at a time: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from kg.errors import WorkspaceError

_PAUSE = 0.2


class WriterLock:
    """Holds a workspace for writing until it is released; raises WorkspaceError if somebody else does, or waits.

    An exclusive transaction of SQLite on a file of its own: it works on every system, and a killed process leaves
    nothing to clean up.
    """

    def __init__(self, folder: Path, *, wait: bool = False) -> None:
        self._connection = sqlite3.connect(folder / "writer.lock", timeout=0, isolation_level=None)
        while not self._taken(folder, wait=wait):
            time.sleep(_PAUSE)

    def _taken(self, folder: Path, *, wait: bool) -> bool:
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if wait and "locked" in str(error):
                return False
            self._connection.close()
            mend = "wait until it has finished, with --wait, or use another workspace with -w"
            raise WorkspaceError("another process is changing this workspace", where=str(folder), mend=mend) from error
        return True

    def release(self) -> None:
        """Let others write; releasing twice is harmless."""
        self._connection.close()
