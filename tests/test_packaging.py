"""What is built and what is in it: sdist, from that a wheel, and the wheel without the checkout beside it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MISSING = [name for name in ("build", "hatchling") if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING) or not (ROOT / "pyproject.toml").is_file(),
    reason=f"nothing to build with or from: {', '.join(MISSING) or 'no pyproject.toml'} missing",
)

TABLES = ["actors", "lexicon", "norwegian", "occurrences", "sources", "stances", "topics"]
SEEDS = ["frp-2017", "hoyre-2013", "hoyre-2017", "regjeringen-2015", "venstre"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it, with this environment's own hatchling."""
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        cwd=out,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def unpacked(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    wheel.extractall(folder)
    return folder


def metadata(wheel: zipfile.ZipFile, name: str) -> str:
    (path,) = [path for path in wheel.namelist() if path.endswith(f".dist-info/{name}")]
    return wheel.read(path).decode()


def run(unpacked: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Python with the unpacked wheel before all else, started where no checkout is."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    environment.pop("RUSQ_CORPUS", None)
    return subprocess.run(
        [sys.executable, *args], capture_output=True, encoding="utf-8", env=environment, cwd=unpacked.parent
    )


def test_the_wheel_holds_the_tables_the_texts_and_the_mark_of_typed_code(wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    wanted = [
        *(f"rusq/builtin/data/{name}.toml" for name in TABLES),
        *(f"rusq/builtin/seeds/{name}.txt" for name in SEEDS),
        "rusq/py.typed",
    ]
    assert [name for name in wanted if name not in inside] == []


def test_the_wheel_holds_every_module(wheel: zipfile.ZipFile) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rusq").rglob("*.py")}
    assert {name for name in wheel.namelist() if name.endswith(".py")} == modules


def test_the_wheel_holds_nothing_but_the_package(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"rusq"}
    assert [name for name in wheel.namelist() if "__pycache__" in name or name.endswith(".pyc")] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_texts_in_the_wheel_are_byte_for_byte_the_seeds(wheel: zipfile.ZipFile, seed: str) -> None:
    assert wheel.read(f"rusq/builtin/seeds/{seed}.txt") == (ROOT / "seeds" / f"{seed}.txt").read_bytes()


def test_the_wheel_starts_the_command_and_asks_for_no_pydantic(wheel: zipfile.ZipFile) -> None:
    assert "rusq = rusq.cli:run" in metadata(wheel, "entry_points.txt")
    needs = [line for line in metadata(wheel, "METADATA").splitlines() if line.startswith("Requires-Dist:")]
    assert [line.partition("typer")[2].split(",") for line in needs if "typer" in line] == [["<0.29", ">=0.26"]]
    assert [line for line in needs if "pydantic" in line or "numpy" in line] == []


def test_the_wheel_says_its_licence_and_version(wheel: zipfile.ZipFile) -> None:
    from rusq import __version__

    lines = metadata(wheel, "METADATA").splitlines()
    assert [line for line in lines if line.startswith(("Name:", "Version:", "License-", "Requires-Python:"))] == [
        "Name: rusq",
        f"Version: {__version__}",
        "License-Expression: MIT",
        "License-File: LICENSE",
        "Requires-Python: >=3.11",
    ]


def test_the_sdist_holds_what_the_tests_need_and_no_leavings(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = [
        "pyproject.toml", "LICENSE", "Makefile", "README.md", "rusq/__init__.py", "rusq/py.typed",
        "tests/test_packaging.py",
        *(f"data/{name}.toml" for name in TABLES),
        *(f"seeds/{name}.txt" for name in SEEDS),
    ]  # fmt: skip
    assert [name for name in wanted if name not in names] == []
    assert [name for name in names if "__pycache__" in name or "_cache" in name or name.startswith(".venv")] == []


def test_the_unpacked_wheel_finds_its_texts_without_the_checkout(unpacked: Path) -> None:
    code = (
        "import rusq\n"
        "from rusq.library import Library\n"
        "corpus = Library.open().corpus\n"
        "print(rusq.__file__)\n"
        "print(corpus.folders[0].tables, corpus.folders[0].texts)\n"
        "print(len(corpus.statements), corpus.problems())\n"
    )
    done = run(unpacked, "-c", code)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.splitlines() == [
        str(unpacked / "rusq" / "__init__.py"),
        f"{unpacked / 'rusq' / 'builtin' / 'data'} {unpacked / 'rusq' / 'builtin' / 'seeds'}",
        "178 []",
    ]


def test_the_unpacked_wheel_runs_as_a_module(unpacked: Path) -> None:
    done = run(unpacked, "-m", "rusq", "search", "nalokson", "-f", "jsonl")
    assert (done.stderr, done.returncode) == ("", 0)
    assert '"id": "frp2017-b05"' in done.stdout or '"id":"frp2017-b05"' in done.stdout
