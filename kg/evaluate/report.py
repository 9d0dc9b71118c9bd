"""The error report: every miss, false alarm and wrong value with its sentences, and the rules behind what was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.evaluate.blocks import Block, Heading, Paragraph, Quote, Table
from kg.evaluate.case import Case, Expected, Told, claims, denies, is_perpetrator
from kg.evaluate.results import EventPair, Result
from kg.evaluate.slots import SlotResult
from kg.evaluate.summary import RELIABILITY_COLUMNS, TALLY_COLUMNS, Summary
from kg.evaluate.wording import sentence_at
from kg.records import Event, Relation

_HALF = 0.5
_ACTORS = {"claimed_by": claims, "attributed_to": is_perpetrator, "denied_by": denies}


def error_report(results: Sequence[Result], summary: Summary) -> list[Block]:
    """The figures, the rules by their mistakes, and every mistake in the order of the documents."""
    blocks: list[Block] = [Heading(1, "What was found and what was not")]
    blocks += [Paragraph(note) for note in summary.notes()]
    blocks.append(Table(TALLY_COLUMNS, tuple(map(tuple, summary.tally_rows()))))
    blocks += [Heading(2, "Confidence"), Table(RELIABILITY_COLUMNS, tuple(map(tuple, summary.reliability_rows())))]
    blocks += [Heading(2, "Rules by their mistakes"), _rules(summary)]
    for result in results:
        blocks += _document(result)
    return blocks


def _rules(summary: Summary) -> Table:
    """How often each rule was right and wrong; an event is put down to its first rule."""
    right = Counter((one.kind, one.rule) for one in summary.judged if one.right >= _HALF)
    wrong = Counter((one.kind, one.rule) for one in summary.judged if one.right < _HALF)
    order = sorted({*right, *wrong}, key=lambda rule: (-wrong[rule], right[rule], rule))
    rows = tuple((kind, rule, str(wrong[kind, rule]), str(right[kind, rule])) for kind, rule in order)
    return Table(("assertions", "rule", "wrong", "right"), rows)


def _document(result: Result) -> Iterator[Block]:
    gold = result.case.gold
    yield Heading(2, gold.id)
    mistakes = [*_events(result), *_relations(result), *_groups(result)]
    published = f", published {gold.labels.published}" if gold.labels.published else ""
    yield Paragraph(f"{gold.file}{published}{'' if mistakes else ': no mistakes'}")
    yield from mistakes
    if result.events.neutral:
        told = ", ".join(_named(told.event) for told in result.events.neutral)
        yield Paragraph(f"Neither right nor wrong: {told}")


def _events(result: Result) -> Iterator[Block]:
    case = result.case
    for missed in result.events.missed:
        yield Heading(3, f"Missed: {_labelled(missed)}")
        yield from _sentences(case, missed)
    for false in result.events.false:
        yield Heading(3, f"False: {_named(false.event)}")
        yield Paragraph(_by(false.event))
        yield from _told_sentences(case, false)
    for pair in result.events.pairs:
        wrong = [slot for slot in pair.slots if not slot.perfect]
        if wrong or pair.type_credit < 1 or pair.false_militant:
            yield from _pair(case, pair, wrong)


def _pair(case: Case, pair: EventPair, wrong: Sequence[SlotResult]) -> Iterator[Block]:
    yield Heading(3, f"Found: {_labelled(pair.gold)} = {_named(pair.told.event)}")
    yield Paragraph(_by(pair.told.event))
    rows = [(slot.slot, slot.gold_words, slot.told_words, _why(case, slot.slot, pair.told)) for slot in wrong]
    if pair.type_credit < 1:
        rows.insert(0, ("type", " or ".join(pair.gold.gold.types), pair.told.event.type, ""))
    if pair.false_militant:
        rows.insert(0, ("militant attack", "no", "yes", ""))
    yield Table(("wrong", "label", "told", "by"), tuple(rows))
    yield from _sentences(case, pair.gold)
    known = " ".join(case.gold.quote(one) for one in pair.gold.gold.evidence)
    others = [quote for quote in _told_sentences(case, pair.told) if quote.text not in known]
    if others:
        yield Paragraph("Told also from:")
        yield from others


def _relations(result: Result) -> Iterator[Block]:
    case, relations = result.case, result.relations
    for want in (*relations.missed, *relations.extra_missed):
        yield Heading(3, f"Missed relation: {want.subject} | {want.predicate} | {want.object}")
        yield Quote(case.gold.quote(want.evidence))
    for row in relations.false:
        yield Heading(3, f"False relation: {_relation(case, row)}")
        yield Paragraph(f"by {row.rule}, confidence {row.confidence:.2f}")
        yield Quote(case.sentence(row.evidence), case.extraction.quote(row.evidence))


def _groups(result: Result) -> Iterator[Block]:
    case, groups = result.case, result.groups
    for name in groups.missed:
        forms = next(group.mentions for group in case.gold.labels.groups if group.name == name)
        yield Heading(3, f"Missed group: {name} ({', '.join(forms)})")
        yield from _first_sentence(case, case.gold.text, forms)
    for title, entities in (("False group", groups.false), ("Several groups in one", groups.merged)):
        for entity in entities:
            forms = tuple(dict.fromkeys(case.forms(entity)))
            yield Heading(3, f"{title}: {', '.join(forms)}")
            yield from _first_sentence(case, case.extraction.document.text, forms)
    for name in groups.split:
        parts = [case.name(entity) for entity, found in case.named_groups.items() if found == name]
        yield Heading(3, f"One group in several: {name}")
        yield Paragraph(", ".join(parts))


def _first_sentence(case: Case, text: str, forms: Sequence[str]) -> Iterator[Block]:
    for form in forms:
        if (start := text.find(form)) >= 0:
            yield Quote(sentence_at(text, start, start + len(form)).strip(), form)
            return


def _sentences(case: Case, gold: Expected) -> Iterator[Quote]:
    return (Quote(case.gold.quote(one)) for one in gold.gold.evidence)


def _told_sentences(case: Case, told: Told) -> Iterator[Quote]:
    """The sentences around the triggers, or else the evidence, each once."""
    anchors = [(case.sentence(trigger), trigger.text) for trigger in told.event.triggers]
    if not anchors:
        anchors = [(case.sentence(span), "") for span in told.event.evidence]
    first: dict[str, str] = {}
    for sentence, marked in anchors:
        first.setdefault(sentence, marked)
    return (Quote(sentence, marked) for sentence, marked in first.items())


def _why(case: Case, slot: str, told: Told) -> str:
    """The rules behind the actors that fill a slot."""
    if slot not in _ACTORS:
        return ""
    return "; ".join(f"{actor.rule or 'rule not told'}: {case.name(actor.entity)}"
                     for actor in told.event.actors if _ACTORS[slot](actor))


def _labelled(gold: Expected) -> str:
    event = gold.gold
    where = ", ".join(event.places[:2])
    about = ", ".join(part for part in (event.date or "", where, event.salience) if part)
    return f"{event.id} {event.type} ({about})"


def _named(event: Event) -> str:
    return f"{event.type} ({event.id})"


def _by(event: Event) -> str:
    rules = ", ".join(event.rules) or "no rule"
    return f"by {rules}; confidence {event.confidence:.2f}; {event.status}, {event.salience}"


def _relation(case: Case, row: Relation) -> str:
    return f"{case.name(row.subject)} | {row.predicate} | {case.name(row.object)}"
