"""What is written for readers is true: commands run, options and keys are those there are, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tomllib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from conftest import PROGRAM, Ran, Run

from rusq import __version__, tables
from rusq.cli.app import COMMANDS, build
from rusq.cli.output import FORMATS
from rusq.lexicon import KINDS
from rusq.library import Library
from rusq.records import Schema

Batch = Callable[..., list[Ran]]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DATA_README = (ROOT / "data" / "README.md").read_text("utf-8")
SEEDS_README = (ROOT / "seeds" / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
PAGES = sorted(path for folder in ("", "data", "seeds") for path in (ROOT / folder).glob("*.md"))
TABLES = sorted((ROOT / "data").glob("*.toml"))

_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")


class Table(NamedTuple):
    """A table of a Markdown page: the headings it stands under, its head, its rows."""

    section: str
    subsection: str
    head: list[str]
    rows: list[list[str]]


def tables_of(page: str) -> Iterator[Table]:
    section = subsection = ""
    table: Table | None = None
    for line in page.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            if table is None:
                table = Table(section, subsection, cells, [])
            elif not set(line) <= set("|-"):
                table.rows.append(cells)
            continue
        if table is not None:
            yield table
            table = None
        if line.startswith("## "):
            section, subsection = line[3:].strip("`"), ""
        elif line.startswith("### "):
            subsection = line[4:].strip("`")
    if table is not None:
        yield table


def code(cell: str) -> str:
    """The first piece of code in a cell."""
    found = _CODE.search(cell)
    assert found, f"no code in '{cell}'"
    return found[1]


# --- the commands of the README --------------------------------------------------------------------------------------


def _commands() -> list[str]:
    """The lines of code blocks, and the code in tables, that begin with `rusq `."""
    lines = [line for block in _FENCED.findall(README) for line in block.splitlines()]
    lines += [found for line in README.splitlines() if line.startswith("|") for found in _CODE.findall(line)]
    return list(dict.fromkeys(line for line in lines if line.startswith("rusq ")))


LINES = _commands()
PIPED = [line for line in LINES if any(sign in shlex.split(line) for sign in ("|", ">"))]
PLAIN = [line for line in LINES if line not in PIPED]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of the README are run, with the files that it adds."""
    made = tmp_path_factory.mktemp("readme")
    (made / "sv-2025.txt").write_text("# Skole\n\nSV vil:\n• gi gratis leksehjelp til alle\n", "utf-8")
    (made / "promises.csv").write_text("Parti;Løfte;Side\nSp;Bevare små skoler i hele landet.;12\n", "utf-8")
    return made


@pytest.fixture(scope="module")
def done(batch: Batch, folder: Path) -> dict[str, Ran]:
    return dict(zip(PLAIN, batch([shlex.split(line)[1:] for line in PLAIN], folder), strict=True))


def test_the_readme_has_commands_of_both_kinds() -> None:
    assert len(PLAIN) > 20
    assert PIPED


@pytest.mark.parametrize("line", PLAIN)
def test_a_command_in_the_readme_answers(done: dict[str, Ran], line: str) -> None:
    ran = done[line]
    if ran.status == 1:
        assert ran.err.startswith("rusq: nothing found for ")
        assert "the exit status is 1\n" + line + "\n" in README  # the reader is told so
    else:
        told = ran.err if line.startswith("rusq add ") else ""  # what was guessed, and what from
        assert (ran.status, ran.err) == (0, told)


@pytest.mark.parametrize("line", [line for line in PLAIN if " -o " in line])
def test_a_file_that_the_readme_writes_is_there(done: dict[str, Ran], folder: Path, line: str) -> None:
    words = shlex.split(line)
    assert done[line].out == ""
    assert (folder / words[words.index("-o") + 1]).stat().st_size > 0


@pytest.mark.skipif(os.name != "posix", reason="needs sh")
@pytest.mark.parametrize("line", PIPED)
def test_a_pipe_in_the_readme_answers(shell: Run, line: str) -> None:
    missing = [name for name in _others(line) if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed")
    ran = shell(f'rusq() {{ {shlex.join(PROGRAM)} "$@"; }}\n{line}')
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.strip() != ""


def _others(line: str) -> list[str]:
    """The programs that a line pipes into."""
    words = shlex.split(line)
    return [words[at + 1] for at, word in enumerate(words) if word == "|"]


def test_what_make_does_in_the_readme_is_in_the_makefile() -> None:
    targets = re.findall(r"^make (\w+)$", README, re.MULTILINE)
    assert targets == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(f"\n{target}:" in makefile for target in targets)


# --- commands, options and formats -----------------------------------------------------------------------------------

_OF_EVERY_PROGRAM = {"--help", "--version", "--install-completion", "--show-completion"}


def _parameters() -> list[Any]:
    """The arguments and options of all commands."""
    program: Any = typer.main.get_command(build([]))
    return [parameter for command in program.commands.values() for parameter in command.params]


def _options() -> set[str]:
    """The long options of all commands."""
    return {name for parameter in _parameters() for name in parameter.opts if name.startswith("--")}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"\brusq {command}\b", README)


@pytest.mark.parametrize("option", sorted(_options() - _OF_EVERY_PROGRAM))
def test_an_option_is_in_the_readme(option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", README)


def test_the_readme_names_no_option_that_is_none() -> None:
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= _options() | _OF_EVERY_PROGRAM


def test_the_readme_has_the_formats_there_are() -> None:
    (table,) = (table for table in tables_of(README) if "--format" in table.head[0])
    of_some = {
        name for parameter in _parameters() if "--format" in parameter.opts for name in parameter.metavar.split("|")
    }
    assert {name for row in table.rows for name in _CODE.findall(row[0])} == {*FORMATS, *of_some}


# --- the data dictionary ---------------------------------------------------------------------------------------------

SCHEMAS: dict[tuple[str, str], Schema] = {
    ("actors.toml", "[[actor]]"): tables._ACTOR,
    ("sources.toml", "[[source]]"): tables._SOURCE,
    ("topics.toml", "[[topic]]"): tables._TOPIC,
    ("stances.toml", "[[stance]]"): tables._STANCE,
    ("lexicon.toml", "[[errata]]"): tables._ERRATUM,
}
DICTIONARY = {(table.section, table.subsection, table.head[0]): table for table in tables_of(DATA_README)}


def test_the_dictionary_has_every_file_of_data() -> None:
    names = [path.name for path in TABLES]
    listed = [code(row[0]) for row in next(tables_of(DATA_README)).rows]
    described = re.findall(r"^## `(.+\.toml)`$", DATA_README, re.MULTILINE)
    assert sorted(listed) == names
    assert described == listed


@pytest.mark.parametrize("place", SCHEMAS, ids=" ".join)
def test_the_dictionary_has_the_keys_of_a_record(place: tuple[str, str]) -> None:
    schema = SCHEMAS[place]
    expected = {key: (kind, "yes") for key, kind in schema.required.items()}
    expected |= {key: (kind, "no") for key, kind in schema.optional.items()}
    assert {code(key): (kind, must) for key, kind, must, *_ in DICTIONARY[*place, "key"].rows} == expected


@pytest.mark.parametrize("table", tables._LANGUAGE)
def test_the_dictionary_has_the_keys_of_the_language(table: str) -> None:
    rows = DICTIONARY["norwegian.toml", f"[{table}]", "key"].rows
    expected = {key: "lines" if pattern else "words" for key, pattern in tables._LANGUAGE[table].items()}
    assert {code(key): holds for key, holds, _ in rows} == expected


def test_the_dictionary_has_the_kinds_of_names() -> None:
    rows = DICTIONARY["lexicon.toml", "[words]", "kind"].rows
    assert sorted(code(row[0]) for row in rows) == sorted([*KINDS, "near", "from"])


def test_the_dictionary_has_the_stances() -> None:
    rows = DICTIONARY["stances.toml", "[[stance]]", "stance"].rows
    assert tuple(code(row[0]) for row in rows) == tables.STANCES


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_key_in_data_is_in_the_dictionary(path: Path) -> None:
    for name, content in tomllib.loads(path.read_text("utf-8")).items():
        if isinstance(content, list):
            known = {code(row[0]) for row in DICTIONARY[path.name, f"[[{name}]]", "key"].rows}
            assert {key for record in content for key in record} <= known
        else:
            assert f"\n### `[{name}]`\n" in DATA_README
            if path.name == "norwegian.toml":
                assert set(content) == {code(row[0]) for row in DICTIONARY[path.name, f"[{name}]", "key"].rows}


# --- the texts -------------------------------------------------------------------------------------------------------


def test_the_page_on_the_texts_has_what_the_sources_have() -> None:
    (whose,) = (table for table in tables_of(SEEDS_README) if "source id" in table.head)
    said = {code(file): (code(source), code(actor), year, size) for file, source, actor, year, _, size in whose.rows}
    assert said == {
        source.file: (source.id, source.actor, str(source.year or "not stated"), str(_seed(source.file).stat().st_size))
        for source in Library.open().corpus.sources.values()
    }


def test_the_page_on_the_texts_has_their_checksums() -> None:
    (sums,) = (table for table in tables_of(SEEDS_README) if "sha256" in table.head)
    files = [code(file) for file, _ in sums.rows]
    assert sorted(files) == sorted(path.name for path in (ROOT / "seeds").glob("*.txt"))
    assert [code(found) for _, found in sums.rows] == [sha256(_seed(file).read_bytes()).hexdigest() for file in files]


def _seed(name: str) -> Path:
    return ROOT / "seeds" / name


# --- all pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_to_a_file_leads_there(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    missing = [to for to in targets if not re.match(r"\w+:", to) and not (path.parent / to).exists()]
    assert missing == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_statement_that_a_page_names_is_there(path: Path) -> None:
    library = Library.open()
    ids = set(re.findall(rf"\b(?:{'|'.join(library.corpus.sources)})-[bp]\d+\b", path.read_text("utf-8")))
    assert ids <= set(library.statements)


def test_the_picture_says_in_words_what_it_shows() -> None:
    pictures = re.findall(r"!\[([^]]*)\]\((\S+)\)", README)
    assert [target for _, target in pictures] == ["docs/compare.svg"]
    assert all(len(words) > 40 for words, _ in pictures)


def test_the_changelog_has_its_sections() -> None:
    first, *others = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert first == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", section) for section in others)
    assert __version__ in CHANGELOG
    kinds = set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE))
    assert kinds
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_licence_is_the_one_that_the_package_names() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.startswith("MIT License\n\nCopyright (c) 2026 rusq contributors\n")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text("utf-8")
