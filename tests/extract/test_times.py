"""Times: phrases get the bounds and the precision that the text gives them, and look-alikes get nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.extract.findings import Time
from kg.extract.language import load_pipeline, parse
from kg.extract.times import find_times, load_time_words
from kg.records import Document
from kg.settings import Settings

Find = Callable[[str, str | None], list[Time]]
WEDNESDAY = "2016-06-22"


@pytest.fixture(scope="module")
def find() -> Find:
    nlp, words = load_pipeline(Settings().pipeline), load_time_words(Settings())
    return lambda text, published: find_times(
        parse(nlp, Document(id="d", source="test", published=published, text=text)), words)


@pytest.mark.parametrize(("text", "precision", "earliest", "latest"), [
    ("The bomb exploded on 12 May 2016.", "day", "2016-05-12", "2016-05-12"),
    ("The bomb exploded on May 12, 2016.", "day", "2016-05-12", "2016-05-12"),
    ("Gunmen struck on Oct. 5.", "day", "2015-10-05", "2015-10-05"),
    ("Gunmen struck on June 22.", "day", "2016-06-22", "2016-06-22"),
    ("The report of 2016-01-20 says so.", "day", "2016-01-20", "2016-01-20"),
    ("It began in June 2014.", "month", "2014-06-01", "2014-06-30"),
    ("They lost the town last July.", "month", "2015-07-01", "2015-07-31"),
    ("He fell in late June 2014.", "range", "2014-06-21", "2014-06-30"),
    ("In 2012, 20 people died.", "year", "2012-01-01", "2012-12-31"),
    ("There was war in the 1990s.", "decade", "1990-01-01", "1999-12-31"),
    ("Shelling went on between 3 and 5 March.", "range", "2016-03-03", "2016-03-05"),
    ("Shelling went on from 28 December to 3 January.", "range", "2015-12-28", "2016-01-03"),
    ("Fighting raged on 24-26 October.", "range", "2015-10-24", "2015-10-26"),
    ("A blast on Thursday killed two.", "day", "2016-06-16", "2016-06-16"),
    ("The troops left on Wednesday.", "day", "2016-06-22", "2016-06-22"),
    ("The troops left last Wednesday.", "day", "2016-06-15", "2016-06-15"),
    ("They will meet on Friday.", "day", "2016-06-24", "2016-06-24"),
    ("He died yesterday.", "day", "2016-06-21", "2016-06-21"),
    ("He died last month.", "month", "2016-05-01", "2016-05-31"),
    ("He died last week.", "week", "2016-06-13", "2016-06-19"),
    ("He died late last week.", "range", "2016-06-16", "2016-06-19"),
    ("He died over the weekend.", "range", "2016-06-18", "2016-06-19"),
    ("The judge was shot last weekend.", "range", "2016-06-18", "2016-06-19"),
    ("Bandits came in the night from Monday to Tuesday.", "range", "2016-06-20", "2016-06-21"),
    ("He was shot two years ago today.", "day", "2014-06-22", "2014-06-22"),
    ("It is a year since the raid.", "range", "2015-05-23", "2015-07-22"),
    ("Log, June\n\n12 June - Sur: a raid.", "day", "2016-06-12", "2016-06-12"),
    ("He died earlier this month.", "month", "2016-06-01", "2016-06-30"),
    ("He died two days ago.", "day", "2016-06-20", "2016-06-20"),
    ("He died three weeks ago.", "week", "2016-05-30", "2016-06-05"),
    ("He died five years ago.", "year", "2011-01-01", "2011-12-31"),
    ("Clashes over the last two days killed many.", "range", "2016-06-20", "2016-06-22"),
    ("The bridge fell in May of last year.", "month", "2015-05-01", "2015-05-31"),
    ("He died at the beginning of the week.", "range", "2016-06-20", "2016-06-22"),
    ("He fell on the ninth of this month.", "day", "2016-06-09", "2016-06-09"),
    ("On the night of the 27th the post was overrun.", "day", "2016-05-27", "2016-05-27"),
    ("It is a year today since the ferry blew up.", "day", "2015-06-22", "2015-06-22"),
    ("On Friday it will be ten years since the siege.", "day", "2006-06-24", "2006-06-24"),
    ("It is two years since the siege began.", "year", "2014-01-01", "2014-12-31"),
])
def test_a_time_is_as_precise_as_its_words(
        find: Find, text: str, precision: str, earliest: str, latest: str) -> None:
    found = [(time.precision, time.earliest, time.latest) for time in find(text, WEDNESDAY)]
    assert found == [(precision, date.fromisoformat(earliest), date.fromisoformat(latest))]


@pytest.mark.parametrize(("text", "shift"), [
    ("The same day a second bomb blew up.", 0), ("A day earlier a mayor was shot.", -1),
    ("The previous night they met.", -1), ("Hours later he was dead.", 0), ("Two days later he was buried.", 2),
    ("That evening it rained.", 0), ("Two weeks later they met.", 14), ("A few days later they met.", None),
])
def test_a_time_counted_from_another_event_has_a_shift(find: Find, text: str, shift: int | None) -> None:
    found = [(time.basis, time.shift, time.earliest) for time in find(text, WEDNESDAY)]
    assert found == [("anaphoric", shift, None)]


@pytest.mark.parametrize(("text", "days"), [
    ("He was buried on Tuesday, a day after he fell.", ["2016-06-21", "2016-06-20"]),
    ("Those who fled on Monday say the village was burnt two days earlier.", ["2016-06-20", "2016-06-18"]),
    ("On Monday a bomb went off; two days later a second one did.", ["2016-06-20", None]),
    ("Two days after the raid he was buried.", [None]),
])
def test_a_distance_is_counted_from_the_date_beside_it(find: Find, text: str, days: list[str | None]) -> None:
    assert [time.earliest and time.earliest.isoformat() for time in find(text, WEDNESDAY)] == days


def test_a_distance_after_an_undated_event_may_be_counted_from_the_sentence_before(find: Find) -> None:
    _, earlier = find("Shops stayed shut on Tuesday. The men had been shot a day earlier.", WEDNESDAY)
    assert (earlier.earliest, earlier.base) == (None, date(2016, 6, 21))


@pytest.mark.parametrize(("text", "clock"), [
    ("It happened around 2:40 pm.", "14:40"), ("It happened at 0530 GMT.", "05:30"),
    ("It happened at 1500 hours.", "15:00"), ("It happened at noon.", "12:00"),
    ("It happened at 12:15 a.m. on Sunday.", "00:15"), ("On Sunday at 8 pm it happened.", "20:00"),
])
def test_a_time_of_day_is_given_to_its_day(find: Find, text: str, clock: str) -> None:
    assert [time.clock for time in find(text, WEDNESDAY)] == [clock]


@pytest.mark.parametrize("text", [
    "He serves in the 27th Brigade.", "The building has stood for ten years.",
    "The siege lasted for three days.", "A 10-year war ended.", "They pray every Friday.", "They meet on Fridays.",
    "He may go home.", "The men march and sing.", "The Sunday Times wrote about it.", "The second attack failed.",
    "The team won 3:15 and 2.40.", "In recent months there were attacks.", "They fought since 2004.",
    "Members of the 17 November group fled.", "It killed 2000 people.", "A man lives in the 1900 block of Oak Street.",
    "The 45-year-old was hurt.", "She paid $2016 for it.", "April Jones spoke.", "He has fought for decades.",
])
def test_what_names_no_time_of_an_event_gives_none(find: Find, text: str) -> None:
    assert find(text, WEDNESDAY) == []


@pytest.mark.parametrize("text", ["A blast on Thursday killed two.", "He died last month.", "He died on June 1."])
def test_without_a_writing_date_a_deictic_time_stays_open(find: Find, text: str) -> None:
    assert [(time.basis, time.earliest, time.latest) for time in find(text, None)] == [("deictic", None, None)]


def test_a_dateline_is_the_writing_date_and_no_time(find: Find) -> None:
    times = find("SAN MIGUEL, 4 FEB 90 (AGENCY) -- [TEXT] Rebels attacked a farm 2 days ago.", None)
    assert [time.earliest for time in times] == [date(1990, 2, 2)]


def test_a_note_of_publication_is_no_time(find: Find) -> None:
    times = find("Published: Tuesday, June 21, 2016 at 9:25 PM\nA man was shot on Monday.", WEDNESDAY)
    assert [time.earliest for time in times] == [date(2016, 6, 20)]


def test_an_undated_text_takes_the_year_of_its_last_full_date(find: Find) -> None:
    times = find("On 20 November 1983 the chapel was attacked. On 23 November the police came.", None)
    assert [time.earliest for time in times] == [date(1983, 11, 20), date(1983, 11, 23)]


def test_a_time_points_at_its_words(find: Find) -> None:
    time = find("The bomb exploded early on Monday in town.", WEDNESDAY)[0]
    assert (time.start, time.end) == (3, 6)


def test_a_broken_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "times.yaml").write_text("months: [", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"times\.yaml"):
        load_time_words(replace(Settings(), language_data=tmp_path))
