"""Descriptions that say what a named body is: "the separatist group ABC", "ABC, a separatist group", "ABC is a …"."""

from __future__ import annotations

from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.records import Kind

_OPENING = {'"', "“", "”", "‘", "’", "'", "_", ","}


def apposed_name(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """The named mention that a description is set beside, before or after it, or that it is predicated of."""
    for find in (_name_after, _name_before, _quoted_name, _subject):
        found = find(tokens, mention, mentions)
        if found is not None:
            return found
    return None


def _quoted_name(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """ 'the "ABC" militant group': the name qualifies the noun, with no more than quotes between """
    before = mention.start - 1
    while before > 0 and tokens.text[before] in _OPENING - {","}:
        before -= 1
    found = mentions.at(before) if before >= 0 else None
    if found is None or found.name is None or found.kind is not mention.kind:
        return None
    qualifies = tokens.head[found.head] == mention.head and tokens.dep[found.head] in {"compound", "nmod", "amod"}
    return found if qualifies else None


def _name_after(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """ "the separatist group ABC", "a separatist group, ABC," """
    at, comma = mention.end, False
    while at < len(tokens) and tokens.text[at] in _OPENING:
        comma = comma or tokens.text[at] == ","
        at += 1
    if at < len(tokens) and tokens.lower[at] == "the":
        at += 1
    found = mentions.at(at) if at < len(tokens) else None
    if found is None or found.name is None or found.start != at or tokens.sentence[at] != tokens.sentence[mention.head]:
        return None
    tied = tokens.head[found.head] == mention.head and tokens.dep[found.head] == "appos"
    modifies = tokens.head[mention.head] == found.head and tokens.dep[mention.head] in {"compound", "nmod", "amod"}
    tied = tied or modifies
    return found if tied or (not comma and mention.plural is False) else None


def _name_before(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """ "ABC, a separatist group" """
    above = mentions.at(tokens.head[mention.head]) if tokens.dep[mention.head] == "appos" else None
    if above is not None and above.name is not None and above.end <= mention.start:
        return above
    return _between_commas(tokens, mention, mentions)


def _between_commas(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """The name before ", a separatist group," whatever the parser makes of it; its own brackets may stand between."""
    comma = mention.start - 2
    closed = mention.end < len(tokens) and tokens.text[mention.end] in {",", ".", ";"}
    article = mention.start > 1 and tokens.tag[mention.start - 1] == "DT"
    if comma < 1 or not closed or not article or tokens.text[comma] != ",":
        return None
    before = comma - 1
    while before > 0 and tokens.text[before] in {")", "]", '"', "”"}:
        before -= 1
    above = mentions.at(before)
    return above if above is not None and above.name is not None and above.kind is mention.kind else None


def _subject(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """ "ABC is a separatist group" """
    verb = tokens.head[mention.head]
    if tokens.dep[mention.head] != "attr" or tokens.lemma[verb] != "be":
        return None
    subjects = [i for i in tokens.children(verb) if tokens.dep[i] == "nsubj"]
    subject = subjects[0] if subjects else verb
    if tokens.dep[verb] == "relcl" and tokens.tag[subject] in {"WDT", "WP"}:
        subject = tokens.head[verb]
    found = mentions.at(subject)
    return found if found is not None and found.name is not None else None


def rendering(tokens: Tokens, mention: Found, mentions: Mentions) -> Found | None:
    """The group named right before ", the" of another group's name without a row, unless the two are in a list."""
    comma, after = mention.start - 2, mention.end
    if mention.link is not None or mention.kind is not Kind.GROUP or comma < 1 or after >= len(tokens):
        return None
    enclosed = tokens.text[comma] == "," and tokens.lower[comma + 1] == "the" and tokens.text[after] in {",", "."}
    before = mentions.at(comma - 1) if enclosed else None
    if before is None or before.kind is not Kind.GROUP or before.name is None or before.end != comma:
        return None
    listed = tokens.dep[mention.head] == "conj" or tokens.dep[before.head] == "conj" or any(
        tokens.dep[i] in {"conj", "cc"} for m in (mention, before) for i in tokens.children(m.head))
    return None if listed else before


def described_names(tokens: Tokens, mentions: Mentions, words: NameWords) -> dict[str, Found]:
    """What a text calls a group by description before it names it: the description's words and the named mention.

    Only descriptions of two words or more count, and only those set beside a single name.
    """
    found: dict[str, list[Found]] = {}
    for mention in mentions:
        if mention.kind is Kind.GROUP and mention.name is None and mention.start < mention.head:
            named = apposed_name(tokens, mention, mentions)
            if named is not None and named.kind is Kind.GROUP:
                found.setdefault(tokens.quote(mention.start, mention.end).lower(), []).append(named)
    return {text: names[0] for text, names in found.items() if len({n.link or n.name for n in names}) == 1}
