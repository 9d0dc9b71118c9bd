"""Files of every format become documents, and what cannot be read is told."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from kg.ingest import Problem, read_documents
from kg.ingest.draft import iso_day
from kg.ingest.reading import READERS
from kg.records import Document
from kg.settings import Settings

TEXT = "Gunmen attacked a checkpoint near the river on Monday."


def read(*paths: str | Path, problems: list[Problem], published: str | None = None,
         settings: Settings | None = None) -> list[Document]:
    return list(read_documents([str(path) for path in paths], settings=settings or Settings(),
                               on_problem=problems.append, published=published))


def test_a_text_file_is_one_document_named_as_given(tmp_path: Path, problems: list[Problem]) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    (document,) = read(file, problems=problems, published="2020-01-02")
    assert (document.source, document.text, document.published) == (str(file), TEXT, "2020-01-02")
    assert document.id == document.raw_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert problems == []


def test_front_matter_is_metadata_and_no_text(tmp_path: Path, problems: list[Problem]) -> None:
    file = tmp_path / "a.md"
    file.write_text(f'---\npublished: 2020-05-06T07:00\nsource: https://example.org/1\ntitle: "A: b"\ntags:\n  - x\n'
                    f"publisher: Desk\n---\n# Head\n\n**{TEXT}** [more](http://x)\n")
    (document,) = read(file, problems=problems, published="1999-01-01")
    assert (document.published, document.source, document.title, document.publisher) == (
        "2020-05-06", "https://example.org/1", "A: b", "Desk")
    assert document.text == f"Head\n\n{TEXT} more\n"


@pytest.mark.parametrize("text", ["---\nno key here\n---\ntext", "--- a dash\ntext: b", "text\n---\na: b\n---\n"])
def test_hyphens_alone_are_no_front_matter(text: str, tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path / "a.txt", problems=problems)[0].text == text


def test_json_lines_keep_good_rows_and_tell_of_bad_ones(tmp_path: Path, problems: list[Problem]) -> None:
    rows = [json.dumps({"id": "r1", "text": TEXT, "published": "2020-01-02"}), "{broken", "[1]", "",
            json.dumps({"id": "r2", "words": TEXT}), json.dumps({"source": "s", "id": "r3", "text": TEXT})]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    assert [d.source for d in read(tmp_path / "a.jsonl", problems=problems)] == ["r1", "s"]
    assert [problem.line for problem in problems] == [2, 3, 5]
    assert "id, words" in problems[2].reason


def test_a_table_is_read_by_its_header(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "a.csv").write_text(f'URL;Headline;Body;Date\nu1;T;"{TEXT}\nMore; words.";2020-01-02\nu2;T;x;d;e\n')
    (document,) = read(tmp_path / "a.csv", problems=problems)
    assert (document.source, document.title, document.published) == ("u1", "T", "2020-01-02")
    assert document.text == f"{TEXT}\nMore; words."
    assert [problem.line for problem in problems] == [4]


def test_a_table_without_text_names_its_columns(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "a.csv").write_text("year,deaths\n2020,3\n")
    assert read(tmp_path / "a.csv", problems=problems) == []
    assert "year, deaths" in problems[0].reason


def test_a_web_page_gives_its_article(tmp_path: Path, problems: list[Problem]) -> None:
    story = "".join(f"<p>{TEXT} The police said {n} people were hurt in the raid on the town.</p>" for n in range(5))
    (tmp_path / "a.html").write_text(
        '<html><head><meta charset="utf-8"><title>Raid near river</title>'
        '<meta property="og:site_name" content="Example Daily">'
        '<meta property="article:published_time" content="2020-01-02T10:00:00Z"></head>'
        f"<body><nav>Menu</nav><article><h1>Raid near river</h1>{story}</article></body></html>")
    (document,) = read(tmp_path / "a.html", problems=problems)
    assert (document.title, document.published, document.publisher) == (
        "Raid near river", "2020-01-02", "Example Daily")
    assert TEXT in document.text
    assert "Menu" not in document.text


@pytest.mark.parametrize(("data", "text"), [
    ("\ufeffKenya’s".encode(), "Kenya’s"),
    ("Kenya’s".encode("utf-16"), "Kenya’s"),
    ("The café’s owner was hurt in the attack.".encode("cp1252"), "The café’s owner was hurt in the attack."),
])
def test_common_encodings_are_known(data: bytes, text: str, tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert [d.text for d in read(tmp_path / "a.txt", problems=problems)] == [text]


SPANISH = ("Los militares mataron a doce guerrilleros en un ataque contra un campamento en la selva, dijo el portavoz. "
           "El grupo armado no ha comentado la operacion todavia y las autoridades siguen buscando a los huidos.")


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "no text"),
    (b" \n \n", "no text"),
    (bytes(range(256)), "binary"),
    (b"%PDF-1.4 x", "PDF"),
    (bytes(range(160, 256)) * 9, "neither UTF-8"),
    (SPANISH.encode(), "another language"),
    (b"x" * 2001, "larger than 2,000 bytes"),
])
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(
    data: bytes, reason: str, tmp_path: Path, problems: list[Problem],
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT)
    documents = read(tmp_path, problems=problems, settings=Settings(max_bytes=2000))
    assert [document.text for document in documents] == [TEXT]
    assert [reason in problem.reason for problem in problems] == [True]
    assert problems[0].source.endswith("a.txt")


def test_folders_are_read_in_order_and_patterns_matched(tmp_path: Path, problems: list[Problem]) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/3.txt", ".hidden/4.txt", "b/picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    names = [Path(d.source).name for d in read(tmp_path, problems=problems)]
    assert names == ["3.txt", "1.txt", "2.txt"]
    assert [Path(d.source).name for d in read(tmp_path / "b" / "[0-9].txt", problems=problems)] == ["1.txt", "2.txt"]
    assert problems == []


@pytest.mark.parametrize("path", ["missing.txt", "*.none", "."])
def test_a_path_with_nothing_to_read_is_told(
    path: str, tmp_path: Path, problems: list[Problem], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(path, problems=problems) == []
    assert [problem.source for problem in problems] == [path]


@pytest.mark.parametrize(("data", "count"), [(TEXT, 1), (f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT} Again."}}\n', 2)])
def test_standard_input_is_text_or_json_lines(
    data: str, count: int, problems: list[Problem], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert len(read("-", problems=problems)) == count


def test_a_date_that_is_none_is_told_and_left_out(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "r", "text": TEXT, "published": "soon"}))
    (document,) = read(tmp_path / "a.jsonl", problems=problems, published="2020-01-01")
    assert document.published is None
    assert "soon" in problems[0].reason


@pytest.mark.parametrize(("value", "day"), [
    ("2016-06-20", "2016-06-20"), ("2016-06-20T10:00", "2016-06-20"), ("2016-06-20 10:00:00Z", "2016-06-20"),
    ("20160620", "2016-06-20"), ("20 June 2016", "2016-06-20"), ("Mon, 20 Jun 2016 10:00:00 GMT", "2016-06-20"),
    ("2016-13-20", None), ("2016-06-31", None), ("2016", None), ("June 2016", None), ("03/04/2016", None),
    ("soon", None), ("", None), ("0016-06-20", None), ("2016-06-201", None),
])
def test_only_a_full_day_is_a_day(value: str, day: str | None) -> None:
    assert iso_day(value) == day


ROW = json.dumps({"id": "r", "text": TEXT})
PAGE = f"<!DOCTYPE html><html><body><article><p>{TEXT}</p><p>{TEXT} {TEXT}</p></article></body></html>"


@pytest.mark.parametrize(("content", "sources"), [
    (ROW, ["r"]), (f"{ROW}\n{ROW}\n", ["r", "r"]), (f"[{ROW},\n {ROW}]", ["r", "r"]),
    (json.dumps({"id": "r", "text": TEXT}, indent=1), ["r"]), (PAGE, ["-"]), (TEXT, ["-"]),
    (f"[Updated] {TEXT}", ["-"]),
])
def test_what_has_no_telling_name_is_read_by_how_it_begins(
    content: str, sources: list[str], tmp_path: Path, problems: list[Problem],
) -> None:
    file = tmp_path / "saved"
    file.write_text(content)
    found = read(file, problems=problems)
    assert [document.source.replace(str(file), "-") for document in found] == sources
    assert all(TEXT in document.text and "<p>" not in document.text and "{" not in document.text for document in found)
    assert problems == []


@pytest.mark.parametrize("head", [
    "---\npublished 2020-01-02\ntitle: x\n---\n", "---\npublished: 2020-01-02\ntitle: never closed\n",
])
def test_a_head_that_cannot_be_read_is_told_and_the_text_kept(
    head: str, tmp_path: Path, problems: list[Problem],
) -> None:
    (tmp_path / "a.txt").write_text(head + TEXT)
    (document,) = read(tmp_path / "a.txt", problems=problems)
    assert document.published is None
    assert document.text.endswith(TEXT)
    assert [(problem.line, "head" in problem.reason) for problem in problems] == [(1, True)]


def test_a_row_that_no_reader_foresees_costs_only_itself(tmp_path: Path, problems: list[Problem]) -> None:
    rows = ["[" * 100_000, '{"id": "half", "text": "Gunmen \\ud800 came."}', ROW]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    assert [document.source for document in read(tmp_path / "a.jsonl", problems=problems)][-1] == "r"
    assert problems[0].line == 1


def test_a_fault_in_a_reader_costs_only_its_file(
    tmp_path: Path, problems: list[Problem], monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError("odd page")

    monkeypatch.setitem(READERS, ".html", faulty)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text(TEXT)
    assert [document.text for document in read(tmp_path, problems=problems)] == [TEXT]
    assert "ZeroDivisionError: odd page" in problems[0].reason


def test_only_the_single_document_of_a_file_has_an_origin(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_text(ROW)
    assert [document.origin for document in read(tmp_path, problems=problems)] == [str(tmp_path / "a.txt"), None]
