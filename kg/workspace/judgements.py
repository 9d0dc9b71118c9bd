"""What was compared in a workspace and what came of it, for people to look through."""

from __future__ import annotations

import json
from typing import NamedTuple

from kg.workspace.database import Database

Reasons = tuple[tuple[str, float], ...]


_SETTLED: Reasons = (("name and office, place or country leave no doubt", 0.0),)


class Compared(NamedTuple):
    """Two members that rules compared: how probable it is that they are one, why, and whether they were made one.

    `decided` tells that a person spoke of the two.
    """

    left: str
    right: str
    kind: str
    score: float
    reasons: Reasons
    made: bool
    decided: bool


class Tie(NamedTuple):
    """Why two members, or a member and a known thing, are one; without a score a person said so."""

    left: str
    right: str
    score: float | None
    reasons: Reasons


class Judgements:
    """Reads what rules and people judged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def doubtful(self, *, made: bool | None, kind: str | None, decided: bool, limit: int) -> list[Compared]:
        """Comparisons, those nearest to one half first; `decided` ones too or only what nobody has spoken of.

        `made` and `kind` pick those that were or were not joined, and those of one kind; a negative limit is none.
        """
        rows = self._database.rows(
            "SELECT a.id, b.id, a.kind, p.score, p.reasons, a.thing = b.thing AS made, d.one IS NOT NULL AS said"
            " FROM pair p JOIN member a ON a.number = p.low JOIN member b ON b.number = p.high"
            " LEFT JOIN decided d ON d.one = min(a.id, b.id) AND d.other = max(a.id, b.id)"
            " WHERE (?1 IS NULL OR made = ?1) AND (?2 IS NULL OR a.kind = ?2) AND (?3 OR NOT said)"
            " ORDER BY abs(p.score - 0.5), min(a.id, b.id), max(a.id, b.id) LIMIT ?4", (made, kind, decided, limit))
        return [Compared(min(one, other), max(one, other), what, score, _reasons(reasons), bool(joined), bool(said))
                for one, other, what, score, reasons, joined, said in rows]

    def ties(self, thing: int) -> list[Tie]:
        """What joins the members of a thing: first what people said, then what was never in doubt, then comparisons."""
        said = self._database.rows(
            "SELECT d.one, d.other FROM decided d WHERE d.same"
            " AND (d.one IN (SELECT id FROM member WHERE thing = ?1)"
            "      OR d.one = (SELECT iri FROM thing WHERE number = ?1))"
            " AND (d.other IN (SELECT id FROM member WHERE thing = ?1)"
            "      OR d.other = (SELECT iri FROM thing WHERE number = ?1)) ORDER BY 1, 2", (thing,))
        compared = self._database.rows(
            "SELECT min(a.id, b.id), max(a.id, b.id), p.score, p.reasons FROM member a JOIN pair p ON p.low = a.number"
            " JOIN member b ON b.number = p.high WHERE a.thing = ?1 AND b.thing = ?1"
            " ORDER BY p.score DESC, 1, 2", (thing,))
        settled = self._database.rows(
            "SELECT min(f.first, m.id), max(f.first, m.id) FROM member m"
            " JOIN (SELECT settled, min(id) AS first FROM member WHERE thing = ?1 AND settled IS NOT NULL"
            "  GROUP BY settled) f ON f.settled = m.settled"
            " WHERE m.thing = ?1 AND m.id <> f.first ORDER BY 1, 2", (thing,))
        return [*(Tie(one, other, None, ()) for one, other in said),
                *(Tie(one, other, 1.0, _SETTLED) for one, other in settled),
                *(Tie(one, other, score, _reasons(reasons)) for one, other, score, reasons in compared)]


def _reasons(text: str) -> Reasons:
    return tuple((str(reason), float(weight)) for reason, weight in json.loads(text))
