"""The figures of an evaluation by name, and as tables of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Figures, Tally, figures
from kg.evaluate.reliability import KINDS, Judged, bins, calibration_error, judged, share_right
from kg.evaluate.results import Result

Json = dict[str, object]
Rows = list[list[str]]

TALLY_COLUMNS = ("", "precision", "recall", "F1", "right", "told", "gold")
RELIABILITY_COLUMNS = ("assertions", "confidence", "count", "mean confidence", "right")
_SURE = 0.5
_RATES = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Summary:
    """The figures of an evaluation with the judged assertions behind its reliability table."""

    figures: Figures
    judged: tuple[Judged, ...]

    @property
    def shares(self) -> dict[str, float]:
        """The figures for which more is better, by name ("events.precision", "slot.date.f1")."""
        named: dict[str, float] = {"overall": self.figures.overall, "slots.f1": self.figures.slot_f1,
                                   "type_accuracy": self.figures.type_accuracy}
        for name, tally in self._tallies():
            for rate in _RATES:
                named[f"{name}.{rate}"] = getattr(tally, rate)
        named["extra_relations.recall"] = self.figures.extra_relations.recall
        return named

    @property
    def faults(self) -> dict[str, float]:
        """The figures for which less is better, by name."""
        off = {f"calibration_error.{kind}": calibration_error(self._of(kind)) for kind in KINDS if self._of(kind)}
        return {"false_attacks": self.figures.false_attacks, "merged_groups": self.figures.merged_groups,
                "split_groups": self.figures.split_groups, **off}

    def tally_rows(self) -> Rows:
        """A row for each part and slot, under TALLY_COLUMNS."""
        return [[name.replace(".", " "), *_shares(tally), *(f"{amount:g}" for amount in _amounts(tally))]
                for name, tally in self._tallies()]

    def reliability_rows(self) -> Rows:
        """The reliability table, under RELIABILITY_COLUMNS."""
        return [[kind, f"{row.low:.1f} to {row.high:.1f}", str(row.count), f"{row.mean:.2f}", f"{row.right:.2f}"]
                for kind in KINDS for row in bins(self._of(kind))]

    def notes(self) -> list[str]:
        """The figures that stand in no table, each a sentence."""
        all_of = self.figures
        off = ", ".join(f"{kind} {calibration_error(self._of(kind)):.3f}" for kind in KINDS if self._of(kind))
        sure, right = share_right(self.judged, _SURE)
        return [
            f"overall {all_of.overall:.3f} (mean F1 of militant events, slots, relations and groups); "
            f"slots {all_of.slot_f1:.3f} (mean F1); classes of events found {all_of.type_accuracy:.3f}",
            f"supports, mergedInto, fundedBy, alsoKnownAs: {all_of.extra_relations.right:g} of "
            f"{all_of.extra_relations.gold:g} labelled ones found",
            f"attacks in documents without any event: {all_of.false_attacks}; groups merged: {all_of.merged_groups}; "
            f"groups split: {all_of.split_groups}",
            f"mean distance of confidence from the share that is right: {off or 'nothing to judge'}; "
            f"of all {sure} assertions with a confidence of at least {_SURE:g}, {right:.0%} are right",
        ]

    def as_json(self) -> Json:
        """Everything as plain values."""
        amounts = {name: dict(zip(("right", "told", "gold"), _amounts(tally), strict=True))
                   for name, tally in self._tallies()}
        rows = [dict(zip(("kind", "low", "high", "count", "mean", "right"),
                         (kind, row.low, row.high, row.count, round(row.mean, 4), round(row.right, 4)), strict=True))
                for kind in KINDS for row in bins(self._of(kind))]
        return {"documents": self.figures.documents, "shares": _rounded(self.shares), "faults": _rounded(self.faults),
                "amounts": amounts, "reliability": rows}

    def _of(self, kind: str) -> list[Judged]:
        return [one for one in self.judged if one.kind == kind]

    def _tallies(self) -> Iterator[tuple[str, Tally]]:
        yield from self.figures.parts.items()
        for slot, tally in self.figures.slots.items():
            yield f"slot.{slot}", tally


def summarise(results: Sequence[Result]) -> Summary:
    """The figures of all results together."""
    return Summary(figures(results), judged(results))


def _shares(tally: Tally) -> list[str]:
    return [f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}"]


def _amounts(tally: Tally) -> tuple[float, float, float]:
    return tally.right, tally.told, tally.gold


def _rounded(named: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in named.items()}
