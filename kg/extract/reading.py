"""What is known of a document once it is parsed and its mentions found, for all that is made of its events."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.cards import Families, Lexicon
from kg.extract.drafts import Draft
from kg.extract.frames import Frame
from kg.extract.language import Parsed
from kg.extract.mentions import Mentions
from kg.ontology import Ontology
from kg.placenames import PlaceIndex


@dataclass(frozen=True, slots=True)
class Reading:
    """A document: its parse, its mentions and the knowledge behind them."""

    parsed: Parsed
    mentions: Mentions
    lexicon: Lexicon
    ontology: Ontology
    places: PlaceIndex
    country: str | None = None

    @property
    def families(self) -> Families:
        """The names of the families of events."""
        return self.lexicon.incident.families

    def family(self, event_class: str | None) -> str | None:
        """The top class above an event class."""
        if event_class is None:
            return None
        return (event_class, *self.ontology.ancestors(event_class))[-1]

    def paragraph(self, sentence: int) -> int:
        """The number of the line that a sentence begins on."""
        return self.parsed.line(self.parsed.sentences[sentence][0].idx)

    def item(self, sentence: int) -> int | None:
        """Where the item of a list that a sentence stands in begins; None outside of lists."""
        line = self.parsed.document.text.rfind("\n", 0, self.parsed.sentences[sentence][0].idx) + 1
        return line if line in self.parsed.heads else None

    def heading(self, sentence: int) -> bool:
        """Whether a sentence is a line of its own without a full stop: what follows begins anew."""
        words = self.parsed.sentences[sentence].text
        return words.endswith("\n") and len(words.split()) <= 8 and words.strip()[-1:].isalnum()


def frames_of(draft: Draft) -> list[Frame]:
    """All frames of an event in text order."""
    return [frame for incident in draft.incidents for frame in incident.frames]
