"""What a command loads: the causes of a slow start, rather than its time."""

from __future__ import annotations

import pytest
from conftest import Run

from rusq.cli.app import COMMANDS

LOADED = """
import atexit, sys
atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))
from rusq.cli import main
sys.exit(main(sys.argv[1:]))
"""
# Each takes a multiple of all that a search does: pydantic and numpy 3 to 8 times a bare Python, hashlib loads OpenSSL.
SLOW = ("pydantic", "numpy", "hashlib", "ssl", "sqlite3", "importlib.metadata", "asyncio", "email", "unittest")

COMMAND_LINES = {
    "search": ["search", "nalokson"],
    "compare": ["compare", "-a", "H", "-a", "FrP"],
    "map": ["map"],
    "similar": ["similar", "h2017-b06"],
    "topics": ["topics"],
    "topic": ["topic", "heroinassistert-behandling"],
    "actors": ["actors"],
    "sources": ["sources"],
    "show": ["show", "h2017-b15"],
    "export": ["export"],
    "add": ["add", "{folder}/tekst.txt", "-C", "{folder}/valg", "--actor", "SV"],
    "check": ["check"],
}


@pytest.fixture(scope="module")
def loaded(python: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Command -> the modules loaded when it had printed its table in a pipe."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "tekst.txt").write_text("Vi vil ha flere lekeplasser.\n", "utf-8")
    lines = {command: [word.format(folder=folder) for word in line] for command, line in COMMAND_LINES.items()}
    return {command: modules(python, *line) for command, line in lines.items()}


def modules(python: Run, *args: str, status: int = 0) -> set[str]:
    ran = python(LOADED, *args)
    assert ran.status == status
    return set(ran.err.splitlines()[-1].split())


def of(package: str, names: set[str]) -> list[str]:
    return sorted(name for name in names if name == package or name.startswith(f"{package}."))


def test_every_command_is_looked_at() -> None:
    assert sorted(COMMAND_LINES) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_slow_is_loaded(loaded: dict[str, set[str]], command: str) -> None:
    assert [name for package in SLOW for name in of(package, loaded[command])] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_rich_is_not_loaded_for_a_piped_table(loaded: dict[str, set[str]], command: str) -> None:
    assert of("rich", loaded[command]) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_only_the_module_of_the_command_is_imported(loaded: dict[str, set[str]], command: str) -> None:
    shared = {"rusq.cli", "rusq.cli.app", "rusq.cli.options", "rusq.cli.output"}
    assert set(of("rusq.cli", loaded[command])) - shared == {f"rusq.cli.{COMMANDS[command]}"}


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "md"])
def test_rich_is_not_loaded_for_data(python: Run, name: str) -> None:
    """Neither is what lays out tables, nor, but for Markdown, what they are made from."""
    found = modules(python, "search", "nalokson", "-f", name)
    assert of("rich", found) + of("rusq.layout", found) + of("rusq.terminal", found) == []
    assert (of("rusq.sheet", found) == []) == (name != "md")


def test_rich_is_loaded_for_colour_but_no_more_of_it_than_its_styles(python: Run) -> None:
    found = of("rich", modules(python, "search", "nalokson", "--color", "always"))
    assert "rich.style" in found
    assert not {"rich.console", "rich.table", "rich.markdown", "rich.syntax"} & set(found)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("nalokson", id="a word of the texts"),
        pytest.param("ventetider rusbehandlingen", id="other forms of them"),
        pytest.param('"ledig kapasitet" -alkohol rus*', id="a phrase, an exclusion and a prefix"),
        pytest.param("methadone", id="an English word that the lexicon knows"),
        pytest.param("heroinbehandling", id="a compound of known words"),
    ],
)
def test_rapidfuzz_is_not_loaded_when_every_word_is_known(python: Run, query: str) -> None:
    assert of("rapidfuzz", modules(python, "search", query)) == []


@pytest.mark.parametrize("query", ["nalokxson", "heroinasistert"])
def test_rapidfuzz_is_loaded_for_a_slip(python: Run, query: str) -> None:
    assert of("rapidfuzz", modules(python, "search", query)) != []


def test_rapidfuzz_is_not_loaded_to_find_actors_topics_and_sources_by_name(python: Run) -> None:
    found = modules(python, "topics", "-a", "hoyre", "-t", "Heroinassistert behandling", "-s", "hoyre-2017")
    assert of("rapidfuzz", found) == []


def test_help_loads_neither_texts_nor_rich(python: Run) -> None:
    found = modules(python, "search", "--help")
    assert of("rich", found) + of("rapidfuzz", found) == []
    assert of("rusq.cli", found) == [
        "rusq.cli",
        "rusq.cli.app",
        "rusq.cli.options",
        "rusq.cli.output",
        "rusq.cli.search",
    ]
