"""The wheel: it holds the code and all knowledge, and what is installed from it works on its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Where each folder of the repository stands in the wheel.
HOMES = {"kg": "kg", "ontology": "kg/_data/ontology", "seeds": "kg/_data/seeds"}
REPORT = "Gunmen opened fire on a patrol of the Frontier Corps near Turbat on Monday, killing three soldiers."


def _pip(*arguments: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
                          cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with nothing but what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", ".", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder)
    (built,) = folder.glob("militant_kg-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed wheel, away from the repository."""
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", wheel, "--no-deps", "--no-index", "--target", folder)
    return folder


def _run(installed: Path, *command: str, given: str = "") -> str:
    done = subprocess.run([sys.executable, *command], input=given, capture_output=True, text=True, check=False,
                          cwd=installed.parent, env={**os.environ, "PYTHONPATH": str(installed)})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_code_and_knowledge_and_nothing_else(wheel: Path) -> None:
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {f"{home}/{file.relative_to(ROOT / folder).as_posix()}" for folder, home in HOMES.items()
              for file in (ROOT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert held == wanted


@pytest.mark.parametrize("name", [
    "kg/py.typed", "kg/_data/ontology/militancy.ttl", "kg/_data/ontology/shapes.ttl", "kg/_data/seeds/groups.csv",
    "kg/_data/seeds/variants.yaml", "kg/extract/lang/en/attack.yaml", "kg/graph/queries/events.rq"])
def test_the_wheel_holds_what_no_run_can_do_without(wheel: Path, name: str) -> None:
    assert name in ZipFile(wheel).namelist()


def test_licence_and_notice_travel_with_the_wheel(wheel: Path) -> None:
    names = [name.rpartition("/")[2] for name in ZipFile(wheel).namelist() if ".dist-info/licenses/" in name]
    assert sorted(names) == ["LICENSE", "NOTICE"]


def test_the_installed_wheel_runs_from_its_own_folder(installed: Path) -> None:
    assert Path(_run(installed, "-c", "import kg; print(kg.__file__)").strip()).is_relative_to(installed)


def test_the_installed_wheel_is_well(installed: Path) -> None:
    out = _run(installed, str(installed / "bin" / "kg"), "doctor", "-w", str(installed / "none"))
    assert all(line.startswith("ok") for line in out.splitlines()[2:]), out


def test_the_installed_wheel_reads_a_sentence(installed: Path) -> None:
    out = _run(installed, str(installed / "bin" / "kg"), "extract", "-", "--published", "2020-05-06", given=REPORT)
    record = json.loads(out)
    (event,) = record["events"]
    assert event["date"]["earliest"] == "2020-05-04"
    assert {entity["link"] for entity in record["entities"]} >= {"force:frontier-corps"}
