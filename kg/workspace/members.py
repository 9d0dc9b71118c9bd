"""What the documents of a workspace speak of, by which keys it is found, and which of it was compared.

Tables hold numbers in place of ids, so that a hundred thousand documents stay small. Everything is read and changed in
sets; nothing here decides what is the same.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from kg.resolution import Comparison, EntityProfile, EventProfile, Profile, ReportProfile
from kg.workspace.database import Database

EVENT, STORY = "event", "story"
_KINDS: dict[str, type[Profile]] = {EVENT: EventProfile, STORY: ReportProfile}
_KEPT_PROFILES = 12_000
_DOUBTFUL = 0.1


class Found(NamedTuple):
    """A member as one document gives it: its profile, what it is, and the keys by which it is found.

    Members that share a `settled` key are one without being compared.
    """

    profile: Profile
    kind: str
    blocks: Collection[str]
    settled: str | None = None


class Member(NamedTuple):
    """A member by number, with the number of the thing it was last found to be and its settled key."""

    number: int
    id: str
    document: int
    kind: str
    thing: int | None
    settled: int | None = None


class Members:
    """The members of a workspace; changes belong into a transaction of the workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._profiles: OrderedDict[int, Profile] = OrderedDict()

    def unresolved(self) -> list[str]:
        """The documents whose members are not up to date, by day: what is compared is then mostly at hand."""
        rows = self._database.rows(
            "SELECT d.id FROM extraction e JOIN document d ON d.position = e.document"
            " WHERE NOT e.resolved AND NOT d.withdrawn ORDER BY d.published, e.document")
        return [row[0] for row in rows]

    def mark_resolved(self, document: str) -> None:
        """Note that the members of a document are up to date."""
        self._database.change(
            "UPDATE extraction SET resolved = 1 WHERE document = (SELECT position FROM document WHERE id = ?)",
            (document,))

    def forget_comparisons(self) -> None:
        """Note that every member is to be looked at anew; what each was found to be is remembered."""
        for change in ("DELETE FROM pair", "DELETE FROM block", "DELETE FROM blocked",
                       "UPDATE profile SET record = x''", "UPDATE extraction SET resolved = 0"):
            self._database.change(change)
        self._profiles.clear()

    def drop_withdrawn(self) -> None:
        """Forget the members of documents that were withdrawn."""
        rows = self._database.rows("SELECT m.number FROM document d JOIN member m ON m.document = d.position"
                                   " WHERE d.withdrawn").fetchall()
        self._drop([row[0] for row in rows])

    def replace(self, document: str, found: Iterable[Found]) -> list[int]:
        """Make these the members of a document; the numbers of those that are new or say something else.

        Those are to be compared; what was known of their pairs is forgotten, and their neighbours are clustered anew.
        """
        (position,) = self._database.row("SELECT position FROM document WHERE id = ?", (document,)) or (0,)
        old = {row[0]: row[1:] for row in self._database.rows(
            "SELECT m.id, m.number, p.record FROM member m JOIN profile p ON p.member = m.number WHERE m.document = ?",
            (position,))}
        now = {member.profile.id: (member, msgspec.msgpack.encode(member.profile)) for member in found}
        self._drop([number for name, (number, _) in old.items() if name not in now])
        changed = {name: old[name][0] for name, (_, record) in now.items() if name in old and old[name][1] != record}
        self._disconnect(list(changed.values()))
        numbers = []
        for name, (member, record) in now.items():
            if name not in old or name in changed:
                numbers.append(changed.get(name) or self._add(member, position))
                self._describe(numbers[-1], member, record)
        return numbers

    def _add(self, member: Found, position: int) -> int:
        return self._database.change("INSERT INTO member (id, document, kind) VALUES (?, ?, ?)",
                                     (member.profile.id, position, member.kind))

    def _describe(self, number: int, member: Found, record: bytes) -> None:
        keys = array("q", sorted({_digest(block) for block in member.blocks}))
        review_key = None if isinstance(member.profile, ReportProfile) else member.profile.key
        settled = _digest(member.settled) if member.settled else None
        self._database.change("UPDATE member SET key = ?, settled = ? WHERE number = ?", (review_key, settled, number))
        self._database.change("INSERT OR REPLACE INTO profile VALUES (?, ?)", (number, record))
        self._database.change("INSERT OR REPLACE INTO blocked VALUES (?, ?)", (number, keys.tobytes()))
        self._database.change_many("INSERT INTO block VALUES (?, ?)", ((key, number) for key in keys))
        self._remember(number, member.profile)

    def _drop(self, numbers: list[int]) -> None:
        self._disconnect(numbers)
        listed = json.dumps(numbers)
        self._database.change("DELETE FROM profile WHERE member IN (SELECT value FROM json_each(?))", (listed,))
        self._database.change("DELETE FROM member WHERE number IN (SELECT value FROM json_each(?))", (listed,))

    def _disconnect(self, numbers: list[int]) -> None:
        """Forget the pairs and keys of members; they, what they are part of and their neighbours are looked at anew."""
        if not numbers:
            return
        listed = json.dumps(numbers)
        these = "(SELECT value FROM json_each(?1))"
        self._database.change(
            f"UPDATE member SET dirty = 1 WHERE number IN {these}"
            f" OR cell IN (SELECT cell FROM member WHERE number IN {these}) OR number IN ("
            f" SELECT high FROM pair WHERE low IN {these} UNION SELECT low FROM pair WHERE high IN {these})", (listed,))
        self._database.change(
            f"UPDATE thing SET pending = 1 WHERE number IN (SELECT thing FROM member WHERE number IN {these})",
            (listed,))
        self._database.change(f"DELETE FROM pair WHERE low IN {these}", (listed,))
        self._database.change(f"DELETE FROM pair WHERE high IN {these}", (listed,))
        for number, keys in self._database.rows(f"SELECT * FROM blocked WHERE member IN {these}", (listed,)).fetchall():
            self._database.change_many("DELETE FROM block WHERE key = ? AND member = ?",
                                       ((key, number) for key in array("q", keys)))
            self._profiles.pop(number, None)
        self._database.change(f"DELETE FROM blocked WHERE member IN {these}", (listed,))

    def candidates(self, number: int) -> list[int]:
        """The members of other documents that share a key with a member and are to be compared with it."""
        (keys,) = self._database.row("SELECT keys FROM blocked WHERE member = ?", (number,)) or (b"",)
        rows = self._database.rows(
            "SELECT DISTINCT b.member FROM block b JOIN member m ON m.number = b.member"
            " JOIN member me ON me.number = ?2"
            " WHERE b.key IN (SELECT value FROM json_each(?1)) AND m.document <> me.document"
            " AND (m.settled IS NULL OR m.settled IS NOT me.settled) ORDER BY 1",
            (json.dumps(list(array("q", keys))), number))
        return [row[0] for row in rows]

    def profile(self, number: int) -> Profile:
        """The profile of a member; the last few thousand are kept at hand."""
        if number in self._profiles:
            self._profiles.move_to_end(number)
            return self._profiles[number]
        row = self._database.row(
            "SELECT m.kind, p.record FROM member m JOIN profile p ON p.member = m.number WHERE m.number = ?", (number,))
        if row is None:
            raise KeyError(number)
        return self._remember(number, msgspec.msgpack.decode(row[1], type=_KINDS.get(row[0], EntityProfile)))

    def _remember(self, number: int, profile: Profile) -> Profile:
        self._profiles[number] = profile
        if len(self._profiles) > _KEPT_PROFILES:
            self._profiles.popitem(last=False)
        return profile

    def add_pairs(self, pairs: Iterable[tuple[int, int, Comparison | None]]) -> None:
        """Keep how probable it is that members, given by their numbers, are one, and why, if there is any doubt.

        Most pairs that share a key are clearly two, and would be most of the workspace; None stands for what is out
        of the question.
        """
        self._database.change_many(
            "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?)",
            ((min(one, other), max(one, other), found.score, msgspec.json.encode(found.reasons).decode())
             for one, other, found in pairs if found and found.score >= _DOUBTFUL))


def _digest(key: str) -> int:
    """A key as a signed number of 64 bits; a rare clash only means one comparison more."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), signed=True)
