"""`rusq add`: files of others into a folder of one's own, told what was guessed, and the folder whole or as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import PROGRAM, Ran, Run, environment
from hypothesis import given
from hypothesis import strategies as st

from rusq import store
from rusq.cli import main
from rusq.importing.adding import Converted, Wish, plan
from rusq.importing.document import ITEM, PARAGRAPH, Block, Document
from rusq.importing.shelf import Plan, Shelf, runs, safe_name
from rusq.model import Actor, Source, Statement
from rusq.numbers import numbered
from rusq.parse import parse_document

SV = """\
# Arbeidsprogram 2025–2029

## Rus og helse

SV vil:

• gi flere tilbud om avrusning
• styrke ettervernet i kommunene
• bygge ut natteravn og feltarbeid

Mange venter for lenge på hjelp. Det skal ta slutt.
"""
TABLE = """\
Parti;Løftetekst;Side
Ap;Bygge flere lekeplasser i alle bydeler;12
KrF;Gi barnehagene flere voksne;28
A;Styrke bibliotekene i hele landet;13
Bygdelista;Holde veien åpen hele vinteren;3
"""


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command in an empty folder, in this process: `add("sv.txt", "-C", "valg")`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RUSQ_CORPUS", raising=False)

    def run(*args: str, command: str = "add") -> Ran:
        status = main([command, *args])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, text: str | bytes = SV) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


Write = Callable[..., Path]


def sources(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in tomllib.loads((folder / "sources.toml").read_text("utf-8"))["source"]}


def ids(add: Run, folder: str, source: str) -> dict[str, str]:
    """Statement id -> text, as any other command has them."""
    ran = add("-C", folder, "--no-builtin", "-s", source, "-f", "json", command="export")
    assert ran.status == 0
    return {statement["id"]: statement["text"] for statement in json.loads(ran.out)["statements"]}


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder there is, with what it holds."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


# -- One text


def test_a_folder_is_made_with_the_text_the_original_and_an_entry(add: Run, write: Write, tmp_path: Path) -> None:
    write("SV 2025.txt")
    ran = add("SV 2025.txt", "-C", "ny/valg", "--actor", "sv", "--year", "2025")
    assert ran.status == 0
    folder = tmp_path / "ny" / "valg"
    assert sorted(everything(folder)) == [
        "documents", "documents/sv2025.txt", "originals", "originals/sv-2025.txt", "sources.toml",
    ]  # fmt: skip
    assert (folder / "originals" / "sv-2025.txt").read_bytes() == SV.encode()
    assert sources(folder) == {
        "sv2025": {
            "id": "sv2025",
            "actor": "SV",
            "file": "sv2025.txt",
            "title": "Arbeidsprogram 2025–2029",
            "year": 2025,
            "dating": "«Arbeidsprogram 2025–2029» (its title): the first year of the period it is for.",
            "original": "sv-2025.txt",
        }
    }
    assert ids(add, "ny/valg", "sv2025") == {
        "sv2025-b01": "gi flere tilbud om avrusning",
        "sv2025-b02": "styrke ettervernet i kommunene",
        "sv2025-b03": "bygge ut natteravn og feltarbeid",
        "sv2025-p01": "Mange venter for lenge på hjelp.",
        "sv2025-p02": "Det skal ta slutt.",
    }


def test_it_shows_how_many_statements_there_are_and_the_first_of_them(add: Run, write: Write) -> None:
    write("sv.txt")
    ran = add("sv.txt", "-C", "valg", "--width", "80")
    assert [line.rstrip() for line in ran.out.splitlines() if line] == [
        "Id           Source                                                 Statements",
        "──────────   ────────────────────────────────────────────────────   ────────────",
        "sv2025       Sosialistisk Venstreparti 2025 «Arbeidsprogram         new",
        "             2025–2029»                                             3 list items",
        "             sv2025.txt                                             2 sentences",
        "sv2025-b01   SV vil:                                                line 5",
        "             gi flere tilbud om avrusning                           list item",
        "sv2025-b02   SV vil:                                                line 6",
        "             styrke ettervernet i kommunene                         list item",
        "sv2025-b03   SV vil:                                                line 7",
        "             bygge ut natteravn og feltarbeid                       list item",
    ]


def test_what_is_guessed_is_told_with_what_it_rests_on(add: Run, write: Write) -> None:
    write("sv.txt")
    assert add("sv.txt", "-C", "valg").err == (
        "rusq: sv.txt: guessed actor SV (the name of the file, 'sv.txt'), title «Arbeidsprogram 2025–2029» "
        "(the file says so), year 2025 («Arbeidsprogram 2025–2029» (its title): the first year of the period it is "
        "for)\n"
    )


def test_nothing_is_invented(add: Run, write: Write, tmp_path: Path) -> None:
    write("notat.txt", "Vi vil ha flere lærere i skolen.\n")
    ran = add("notat.txt", "-C", "valg", "--actor", "SV")
    assert (ran.status, ran.err) == (0, "")
    assert sources(tmp_path / "valg") == {
        "notat": {"id": "notat", "actor": "SV", "file": "notat.txt", "original": "notat.txt"}
    }


def test_a_year_that_is_only_said_is_dated_so(add: Run, write: Write, tmp_path: Path) -> None:
    write("notat.txt", "Vi vil ha flere lærere i skolen.\n")
    add("notat.txt", "-C", "valg", "--actor", "SV", "--year", "2021", "--title", " Om\tskolen ")
    found = sources(tmp_path / "valg")["sv2021"]
    assert (found["year"], found["dating"], found["title"]) == (2021, "Given when the text was added.", "Om skolen")


def test_data_say_what_was_added(add: Run, write: Write) -> None:
    write("sv.txt")
    found = json.loads(add("sv.txt", "-C", "valg", "-f", "json").out)
    (source,) = found["sources"]
    assert (found["corpus"], found["dry_run"], found["actors"], found["notes"]) == ("valg", False, [], [])
    assert [source[key] for key in ("id", "status", "statements", "kept", "new", "gone")] == [
        "sv2025",
        "new",
        5,
        0,
        5,
        0,
    ]
    assert [s["id"] for s in source["first"]] == ["sv2025-b01", "sv2025-b02", "sv2025-b03"]


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl", "md", "html"])
def test_every_format_prints_what_was_added(add: Run, write: Write, name: str) -> None:
    write("sv.txt")
    ran = add("sv.txt", "-C", "valg", "-f", name)
    assert ran.status == 0
    assert "sv2025" in ran.out


def test_a_dry_run_shows_the_same_and_writes_nothing(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    before = everything(tmp_path)
    dry = add("sv.txt", "-C", "valg", "--dry-run")
    assert everything(tmp_path) == before
    wet = add("sv.txt", "-C", "valg")
    assert (dry.status, dry.out) == (0, wet.out)
    assert dry.err == wet.err + "rusq: nothing is written: --dry-run\n"


def test_the_folder_may_come_from_the_environment(add: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("sv.txt")
    monkeypatch.setenv("RUSQ_CORPUS", "valg")
    assert add("sv.txt").status == 0
    assert Path("valg/sources.toml").is_file()


def test_several_files_are_added_together(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("frp-2021.md", "# Frihet\n\n- Vi vil ha lavere avgifter på bil\n")
    assert add("sv.txt", "frp-2021.md", "-C", "valg").status == 0
    assert list(sources(tmp_path / "valg")) == ["sv2025", "frp2021"]


def test_a_second_text_of_the_same_actor_and_year_gets_an_id_of_its_own(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("sv-kort.txt", "# Kort 2025–2029\n\nVi vil ha mer.\n")
    add("sv.txt", "-C", "valg")
    add("sv-kort.txt", "-C", "valg")
    assert list(sources(tmp_path / "valg")) == ["sv2025", "sv2025-2"]


def test_an_id_of_the_built_in_texts_is_not_taken(add: Run, write: Write, tmp_path: Path) -> None:
    write("program.txt", "Vi vil ha lavere skatt for alle.\n")
    add("program.txt", "-C", "valg", "-a", "Høyre", "--year", "2017")
    assert list(sources(tmp_path / "valg")) == ["h2017-2"]
    assert add("-C", "valg", command="check").status == 0


def test_an_actor_that_nobody_knows_is_added_with_its_full_name(add: Run, write: Write, tmp_path: Path) -> None:
    write("notat.txt", "Vi vil ha flere lærere i skolen.\n")
    ran = add("notat.txt", "-C", "valg", "-a", "KS", "--actor-name", "Kommunenes  forbund", "--year", "2020")
    assert ran.status == 0
    assert tomllib.loads((tmp_path / "valg" / "actors.toml").read_text("utf-8")) == {
        "actor": [{"id": "KS", "name": "Kommunenes forbund", "kind": "other"}]
    }
    assert list(ids(add, "valg", "ks2020")) == ["ks2020-p01"]


# -- The same again, and newer ones


def test_the_same_file_again_changes_nothing(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    add("sv.txt", "-C", "valg")
    before = everything(tmp_path)
    ran = add("sv.txt", "-C", "valg", "--actor", "SV", "--year", "2025")
    assert (ran.status, ran.err) == (0, "rusq: sv.txt is already there as sv2025; nothing to do\n")
    assert everything(tmp_path) == before


def test_the_same_words_under_another_name_are_there_already(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("kopi.txt")
    add("sv.txt", "-C", "valg")
    assert add("kopi.txt", "-C", "valg").err == "rusq: kopi.txt is already there as sv2025; nothing to do\n"
    assert list(sources(tmp_path / "valg")) == ["sv2025"]


def test_the_same_words_twice_in_one_go_are_one_text(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("kopi.txt")
    ran = add("sv.txt", "kopi.txt", "-C", "valg")
    assert ran.status == 0
    assert ran.err.splitlines()[-1] == "rusq: kopi.txt is already there as sv2025; nothing to do"
    assert list(sources(tmp_path / "valg")) == ["sv2025"]


def test_a_text_mended_by_hand_is_left_alone_when_the_same_file_comes_again(
    add: Run, write: Write, tmp_path: Path
) -> None:
    write("sv.txt")
    add("sv.txt", "-C", "valg")
    kept = tmp_path / "valg" / "documents" / "sv2025.txt"
    kept.write_text(kept.read_text("utf-8").replace("natteravn", "nattravn"), "utf-8")
    add("sv.txt", "-C", "valg")
    assert "nattravn" in kept.read_text("utf-8")


def test_the_same_file_with_other_options_changes_what_is_said_of_it(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    add("sv.txt", "-C", "valg")
    ran = add("sv.txt", "-C", "valg", "--year", "2024", "--title", "Vårt program")
    assert ran.err == "rusq: sv.txt is already there as sv2025; what is said of it is changed\n"
    found = sources(tmp_path / "valg")["sv2025"]
    assert (found["year"], found["title"], found["dating"]) == (2024, "Vårt program", "Given when the text was added.")


def test_a_newer_file_replaces_the_text_and_what_is_unchanged_keeps_its_id(
    add: Run, write: Write, tmp_path: Path
) -> None:
    write("sv.txt")
    add("sv.txt", "-C", "valg")
    newer = SV.replace("• styrke ettervernet i kommunene\n", "• la ingen vente\n• åpne flere mottak\n")
    write("sv.txt", newer)
    ran = add("sv.txt", "-C", "valg", "--width", "80")
    assert ran.err == "rusq: sv.txt replaces the text of sv2025\n"
    assert "4 kept, 2 new, 1 gone" in ran.out
    assert ids(add, "valg", "sv2025") == {
        "sv2025-b01": "gi flere tilbud om avrusning",
        "sv2025-b04": "la ingen vente",
        "sv2025-b05": "åpne flere mottak",
        "sv2025-b03": "bygge ut natteravn og feltarbeid",
        "sv2025-p01": "Mange venter for lenge på hjelp.",
        "sv2025-p02": "Det skal ta slutt.",
    }
    found = sources(tmp_path / "valg")["sv2025"]
    assert (found["numbers"], found["withdrawn"]) == ("b1 b4-5 b3", "b2")
    assert (tmp_path / "valg" / "originals" / "sv.txt").read_bytes() == newer.encode()


def test_a_number_is_never_given_again(add: Run, write: Write) -> None:
    for text in (SV, SV.replace("• bygge ut natteravn og feltarbeid\n", ""), SV.replace("natteravn", "nattravn")):
        write("sv.txt", text)
        add("sv.txt", "-C", "valg")
    found = ids(add, "valg", "sv2025")
    assert found["sv2025-b04"] == "bygge ut nattravn og feltarbeid"
    assert "sv2025-b03" not in found


def test_back_to_the_first_text_needs_no_numbers_but_for_what_was_withdrawn(
    add: Run, write: Write, tmp_path: Path
) -> None:
    for text in (SV, SV + "Vi skynder oss.\n", SV):
        write("sv.txt", text)
        add("sv.txt", "-C", "valg")
    found = sources(tmp_path / "valg")["sv2025"]
    assert ("numbers" in found, found["withdrawn"]) == (False, "p3")


def test_a_file_of_another_name_replaces_the_text_whose_id_is_said(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("endelig.txt", SV.replace("natteravn", "nattravn"))
    add("sv.txt", "-C", "valg")
    add("endelig.txt", "-C", "valg", "--id", "sv2025")
    found = sources(tmp_path / "valg")
    assert list(found) == ["sv2025"]
    assert (found["sv2025"]["original"], found["sv2025"]["withdrawn"]) == ("endelig.txt", "b3")


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        pytest.param(SV, ["-a", "V", "--year", "2025"], ["sv2025"], id="the same words: a correction"),
        pytest.param("Vi vil noe annet.\n", ["-a", "V", "--year", "2025"], ["sv2025", "v2025"], id="another's"),
        pytest.param("Vi vil noe annet.\n", ["-a", "SV", "--year", "2029"], ["sv2025", "sv2029"], id="of another year"),
        pytest.param(
            "# Program 2029–2033\n\nVi vil noe annet.\n", ["-a", "SV"], ["sv2025", "sv2029"], id="it says another year"
        ),
        pytest.param(SV + "Og mer til.\n", ["--year", "2026"], ["sv2025"], id="nearly the same of another year"),
        pytest.param("Vi vil noe annet.\n", ["-a", "SV"], ["sv2025"], id="nothing speaks against it"),
    ],
)
def test_a_file_called_the_same_may_be_another_text(
    add: Run, write: Write, tmp_path: Path, text: str, options: list[str], expected: list[str]
) -> None:
    write("program.txt")
    add("program.txt", "-C", "valg", "-a", "SV")
    write("program.txt", text)
    assert add("program.txt", "-C", "valg", *options).status == 0
    assert list(sources(tmp_path / "valg")) == expected
    assert add("-C", "valg", command="check").status == 0
    for one in expected:
        assert (tmp_path / "valg" / "originals" / sources(tmp_path / "valg")[one]["original"]).is_file()


def test_two_texts_called_the_same_are_told_apart_when_newer_ones_come(add: Run, write: Write, tmp_path: Path) -> None:
    for actor in ("SV", "V"):
        write("program.txt", f"{actor} har skrevet dette.\n")
        add("program.txt", "-C", "valg", "-a", actor, "--year", "2025")
    write("program.txt", "V har skrevet dette på nytt.\n")
    ran = add("program.txt", "-C", "valg", "-a", "V")
    assert sources(tmp_path / "valg")["v2025"]["original"] == "program.v2025.txt"
    assert ran.err == "rusq: program.txt replaces the text of v2025\n"
    assert ids(add, "valg", "sv2025") == {"sv2025-p01": "SV har skrevet dette."}


def test_what_people_wrote_in_the_table_stays(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    mine = (
        '# Mine tekster\n\n[[source]]\nid = \'v1\'   # den eldste\nactor = "V"\nfile = "v1.txt"\n\n# SV\n[[source]]\n'
        'id = "s"\nactor = "SV"\nfile = "s.txt"\noriginal = "sv.txt"\n\n# slutt\n'
    )
    write("valg/sources.toml", mine)
    write("valg/documents/v1.txt", "Vi vil mer.\n")
    write("valg/documents/s.txt", "Vi vil mindre.\n")
    write("frp-2021.txt", "Vi vil ha lavere avgifter.\n")
    assert add("sv.txt", "frp-2021.txt", "-C", "valg").status == 0
    assert (tmp_path / "valg" / "sources.toml").read_text("utf-8") == mine.replace(
        'original = "sv.txt"\n',
        'original = "sv.txt"\ntitle = "Arbeidsprogram 2025–2029"\nyear = 2025\ndating = "«Arbeidsprogram 2025–2029» '
        '(its title): the first year of the period it is for."\nwithdrawn = "p1"\n',
    ) + (
        '\n[[source]]\nid = "frp2021"\nactor = "FrP"\nfile = "frp2021.txt"\nyear = 2021\n'
        'dating = "The name of the file, \'frp-2021.txt\', says so."\noriginal = "frp-2021.txt"\n'
    )


def test_a_text_that_lies_there_unnamed_is_not_overwritten(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("valg/documents/sv2025.txt", "Mine notater.\n")
    add("sv.txt", "-C", "valg")
    assert (tmp_path / "valg" / "documents" / "sv2025.txt").read_text() == "Mine notater.\n"
    assert sources(tmp_path / "valg")["sv2025"]["file"] == "sv2025-2.txt"


def _blocks(letters: str) -> tuple[Block, ...]:
    """A sentence for each letter; of a capital a list item."""
    return tuple(Block(ITEM if letter.isupper() else PARAGRAPH, f"Vi vil ha {letter}.") for letter in letters)


def _planned(sources: dict[str, Source], files: dict[str, bytes], version: tuple[Block, ...]) -> Plan:
    """The plan for a version of one file, in a folder that stands in memory."""

    def statements(source: Source) -> Sequence[Statement]:
        text = files[f"documents/{source.file}"].decode()
        return numbered(parse_document(text, source).statements, source)

    def holds(name: str, raw: bytes) -> bool | None:
        return files[name] == raw if name in files else None

    shelf = Shelf(sources, (), {"SV": Actor("SV", "Sosialistisk Venstreparti")}, statements, holds)
    file = Converted("sv.txt", repr(version).encode(), document=Document(version))
    return plan(shelf, [file], Wish(actor="SV"), this_year=2026)


@given(st.lists(st.text("abcdABCD", min_size=1, max_size=7), min_size=2, max_size=6))
def test_through_any_number_of_newer_texts_an_id_never_means_other_words(versions: list[str]) -> None:
    sources: dict[str, Source] = {}
    files: dict[str, bytes] = {}
    words_of: dict[str, str] = {}
    before: set[str] = set()
    for version in versions:
        done = _planned(sources, files, _blocks(version))
        sources, files = dict(done.shelf.sources), {**files, **done.shelf.files}
        (added,) = done.added
        found = {statement.id: statement.text for statement in added.statements}
        assert len(found) == len(added.statements) == len(version)
        assert added.kept == len(before & set(found))
        assert all(words_of.setdefault(name, words) == words for name, words in found.items())
        reread = numbered(
            parse_document(files[f"documents/{added.source.file}"].decode(), added.source).statements, added.source
        )
        assert {statement.id: statement.text for statement in reread} == found
        before = set(found)


# -- Tables


def test_every_row_of_a_table_becomes_a_statement_of_its_party(add: Run, write: Write, tmp_path: Path) -> None:
    write("løfter.csv", TABLE)
    ran = add("løfter.csv", "-C", "valg")
    assert ran.status == 0
    assert {name: (row["actor"], row["file"]) for name, row in sources(tmp_path / "valg").items()} == {
        "lofter-ap": ("Ap", "lofter.tsv"),
        "lofter-krf": ("KrF", "lofter.tsv"),
        "lofter-bygdelista": ("Bygdelista", "lofter.tsv"),
    }
    assert ids(add, "valg", "lofter-ap") == {
        "lofter-ap-b01": "Bygge flere lekeplasser i alle bydeler",
        "lofter-ap-b02": "Styrke bibliotekene i hele landet",
    }
    assert ran.err == (
        "rusq: løfter.csv: nobody is known as 'Bygdelista' (line 5); added as the actor Bygdelista\n"
        "rusq: løfter.csv: columns by their names: text 'Løftetekst', actor 'Parti', page 'Side'\n"
    )


def test_rows_that_are_left_out_are_told_with_their_lines(add: Run, write: Write) -> None:
    write("t.csv", "Parti;Tekst\nAp;Bygge mer\nAp;\nV;Reise mer\nSV;\nSV; \n;Uten parti\n")
    err = add("t.csv", "-C", "valg").err.splitlines()
    assert [line for line in err if "line" in line] == [
        "rusq: t.csv: no text (line 3, 5–6)",
        "rusq: t.csv: no actor (line 7)",
    ]


def test_the_same_table_again_changes_nothing(add: Run, write: Write, tmp_path: Path) -> None:
    write("t.csv", TABLE)
    add("t.csv", "-C", "valg")
    before = everything(tmp_path)
    ran = add("t.csv", "-C", "valg")
    assert ran.err == "rusq: t.csv is already there as t-ap, t-krf, t-bygdelista; nothing to do\n"
    assert everything(tmp_path) == before


def test_a_newer_table_keeps_the_ids_of_rows_that_are_unchanged(add: Run, write: Write, tmp_path: Path) -> None:
    write("t.csv", TABLE)
    add("t.csv", "-C", "valg")
    write(
        "t.csv",
        TABLE.replace("Ap;Bygge flere lekeplasser i alle bydeler;12\n", "V;Reise mer med tog;1\n") + "Ap;Nytt;1\n",
    )
    assert add("t.csv", "-C", "valg").status == 0
    assert ids(add, "valg", "t-ap") == {"t-ap-b02": "Styrke bibliotekene i hele landet", "t-ap-b03": "Nytt"}
    assert ids(add, "valg", "t-v") == {"t-v-b01": "Reise mer med tog"}
    assert list(sources(tmp_path / "valg")) == ["t-ap", "t-krf", "t-bygdelista", "t-v"]


def test_a_party_that_a_newer_table_no_longer_has_keeps_its_withdrawn_numbers(add: Run, write: Write) -> None:
    for text in (TABLE, TABLE.replace("KrF;", "Ap;"), TABLE):
        write("t.csv", text)
        assert add("t.csv", "-C", "valg").status == 0
        assert add("-C", "valg", command="check").status == 0
    assert ids(add, "valg", "t-krf") == {"t-krf-b02": "Gi barnehagene flere voksne"}


def test_a_table_without_actors_is_all_by_the_one_that_is_said(add: Run, write: Write, tmp_path: Path) -> None:
    write("t.csv", "Dato;Tekst\n2021-03-01;Bygge mer\n2022-04-02;Reise mer\n")
    assert add("t.csv", "-C", "valg", "-a", "Venstre").status == 0
    assert list(sources(tmp_path / "valg")) == ["t-v"]
    ran = add("-C", "valg", "--no-builtin", "-f", "json", command="sources")
    assert [json.loads(ran.out)["sources"][0][key] for key in ("year", "first_year", "last_year")] == [None, 2021, 2022]


def test_columns_may_be_named(add: Run, write: Write) -> None:
    write("t.csv", "a;b;c\nAp;Bygge mer;x\nV;Reise mer;y\n")
    assert add("t.csv", "-C", "valg", "--text-column", "b", "--actor-column", "1").status == 0
    assert ids(add, "valg", "t-v") == {"t-v-b01": "Reise mer"}


def test_a_document_does_not_replace_rows_of_a_table(add: Run, write: Write) -> None:
    write("t.csv", TABLE)
    write("sv.txt")
    add("t.csv", "-C", "valg")
    assert add("sv.txt", "-C", "valg", "--id", "t-ap").err == (
        "rusq: t-ap is rows of the table t.tsv; a newer table replaces it, not 'sv.txt'\n"
    )


def test_parties_that_nobody_knows_are_one_actor_however_they_are_spelt(add: Run, write: Write, tmp_path: Path) -> None:
    write("t.csv", "Parti;Tekst\nBy & Land;Bygge mer\nby & land;Reise mer\n***;Bli her\n")
    assert add("t.csv", "-C", "valg").status == 0
    assert tomllib.loads((tmp_path / "valg" / "actors.toml").read_text("utf-8"))["actor"] == [
        {"id": "By-Land", "name": "By & Land", "kind": "other"},
        {"id": "actor", "name": "***", "kind": "other"},
    ]
    assert add("-C", "valg", command="check").status == 0


# -- Wrong use and unusable input


def _escape(folder: Path) -> None:
    (folder / "valg").mkdir()
    (folder / "ute").mkdir()
    (folder / "valg" / "documents").symlink_to(folder / "ute")


def _escape_of_a_table(folder: Path) -> None:
    (folder / "valg").mkdir()
    (folder / "ute.toml").write_text("")
    (folder / "valg" / "sources.toml").symlink_to(folder / "ute.toml")


def _link(folder: Path) -> None:
    (folder / "ute").mkdir()
    (folder / "ute" / "x.md").write_text(SV)
    (folder / "x.md").symlink_to(folder / "ute" / "x.md")


def _broken_table(folder: Path) -> None:
    (folder / "valg").mkdir()
    (folder / "valg" / "sources.toml").write_text('[[source]]\nid = "x\n')


def _file_for_a_folder(folder: Path) -> None:
    (folder / "valg").write_text("")


def _inline(folder: Path) -> None:
    (folder / "valg" / "documents").mkdir(parents=True)
    (folder / "valg" / "documents" / "v.txt").write_text("Vi vil mer.\n")
    (folder / "valg" / "sources.toml").write_text('source = [{id = "v1", actor = "V", file = "v.txt"}]\n')


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.txt")


def _nothing(folder: Path) -> None: ...


VALG = ["-C", "valg", "-a", "SV"]
UNUSABLE = {
    "no folder": (_nothing, ["sv.txt"], "rusq add needs the one folder to add to; say which with -C DIR"),
    "two folders": (_nothing, ["sv.txt", "-C", "a", "-C", "b"], "rusq add needs the one folder to add to; -C names 2"),
    "a file for the folder": (
        _file_for_a_folder, ["sv.txt", *VALG], "'valg' is a file, not a folder; -C takes the folder of a corpus"
    ),
    "a missing file": (_nothing, ["ute.txt", *VALG], "cannot read 'ute.txt': No such file or directory"),
    "a folder for a file": (_nothing, [".", *VALG], "'.' is a folder; name the files in it"),
    "a pipe": (_pipe, ["x.txt", *VALG], "'x.txt' is no plain file; save what it gives to a file and name that"),
    "a link out of its folder": (
        _link, ["x.md", *VALG], "'x.md' is a link to a file in another folder; name that file itself"
    ),
    "documents lead out of the folder": (
        _escape, ["sv.txt", *VALG], "'valg/documents' is a link that leads out of the folder; nothing is added"
    ),
    "the table leads out of the folder": (
        _escape_of_a_table,
        ["sv.txt", *VALG],
        "'valg/sources.toml' is a link that leads out of the folder; nothing is added"
    ),
    "a broken table": (_broken_table, ["sv.txt", *VALG], "valg/sources.toml:2: not TOML: Illegal character '\\n'"),
    "a table written otherwise": (
        _inline,
        ["sv.txt", *VALG],
        "sources.toml is written in a way that cannot be added to; write each source under [[source]]",
    ),
    "two files of one name": (
        _nothing,
        ["sv.txt", "SV.txt", *VALG],
        "'sv.txt' and 'SV.txt' would both be kept as 'sv.txt'; rename one, or add them one at a time with --id",
    ),
    "an id for two files": (
        _nothing, ["sv.txt", "b.txt", *VALG, "--id", "x"], "--id goes with one file, not 2; add them one at a time"
    ),
    "no id": (
        _nothing,
        ["sv.txt", *VALG, "--id", "x:y"],
        "'x:y' is no id: letters, digits and hyphens only, such as --id sv2025"
    ),
    "a built-in id": (
        _nothing,
        ["sv.txt", *VALG, "--id", "h2017"],
        "there is a source 'h2017' among the built-in texts; choose another --id"
    ),
    "no year": (
        _nothing, ["sv.txt", *VALG, "--year", "25"], "--year 25 is no year; it takes four digits, such as 2025"
    ),
    "an unknown actor": (
        _nothing,
        ["sv.txt", "-C", "valg", "-a", "Qwxz"],
        "no actor 'Qwxz'; 'rusq actors' lists them; --actor-name 'FULL NAME' adds a new one",
    ),
    "a name without an actor": (
        _nothing,
        ["sv.txt", "-C", "valg", "--actor-name", "Xyz"],
        "--actor-name goes with --actor: its id, such as --actor KS"
    ),
    "whose text it is": (
        _nothing,
        ["b.txt", "-C", "valg"],
        "it is not clear whose text 'b.txt' is; say it with --actor, such as --actor SV"
    ),
    "an empty file": (
        _nothing, ["tom.txt", *VALG], "'tom.txt' is empty; expected a text, a PDF, a Word document or a web page"
    ),
    "no statement": (
        _nothing, ["h.md", *VALG], "'h.md' holds no statement: no list item and no sentence; nothing is added"
    ),
    "one good, one bad": (
        _nothing,
        ["sv.txt", "tom.txt", *VALG],
        "'tom.txt' is empty; expected a text, a PDF, a Word document or a web page"
    ),
}  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_added_is_one_line_and_leaves_all_as_it_was(
    add: Run, write: Write, tmp_path: Path, case: str
) -> None:
    prepare, args, line = UNUSABLE[case]
    write("sv.txt")
    write("SV.txt", "Noe annet.\n")
    write("b.txt", "Vi vil mer.\n")
    write("tom.txt", "")
    write("h.md", "# Bare en overskrift\n")
    prepare(tmp_path)
    before = everything(tmp_path)
    ran = add(*args)
    assert (ran.status, ran.out, ran.err) == (2, "", f"rusq: {line}\n")
    assert everything(tmp_path) == before


def test_of_several_that_cannot_be_added_each_has_its_line(add: Run, write: Write, tmp_path: Path) -> None:
    for name, text in (("sv.txt", SV), ("tom.txt", ""), ("x.doc", "x"), ("b.txt", "Vi vil mer.\n"), ("c.md", "# A\n")):
        write(name, text)
    assert add("sv.txt", "tom.txt", "x.doc", "-C", "valg").err.splitlines() == [
        "rusq: 'tom.txt' is empty; expected a text, a PDF, a Word document or a web page",
        "rusq: 'x.doc' cannot be read; open it and save it as .docx or PDF",
    ]
    assert add("sv.txt", "b.txt", "c.md", "-C", "valg").err.splitlines() == [
        "rusq: it is not clear whose text 'b.txt' is; say it with --actor, such as --actor SV",
        "rusq: it is not clear whose text 'c.md' is; say it with --actor, such as --actor SV",
    ]
    assert not (tmp_path / "valg").exists()


@pytest.mark.skipif(os.name != "posix", reason="such names")
def test_a_name_with_signs_that_a_terminal_obeys_is_shown_and_kept_harmless(
    add: Run, write: Write, tmp_path: Path
) -> None:
    write("sv\x1b[31m\n2025.txt", "Vi vil mer.\n")
    ran = add("sv\x1b[31m\n2025.txt", "-C", "valg")
    assert ran.status == 0
    assert [line for line in ran.err.splitlines() if not line.startswith("rusq: ")] == []
    assert "\x1b" not in ran.err + ran.out
    assert sources(tmp_path / "valg")["sv2025"]["original"] == "sv-31m-2025.txt"
    missing = add("ute\n\x1b[2J.txt", "-C", "valg")
    assert missing.err == "rusq: cannot read 'ute\ufffd\ufffd[2J.txt': No such file or directory\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Høyre 2017.PDF", "hoyre-2017.pdf", id="Norwegian letters and capitals"),
        pytest.param("../../etc/passwd", "passwd", id="a path"),
        pytest.param("..txt", "text.txt", id="dots"),
        pytest.param("日本.txt", "text.txt", id="another script"),
        pytest.param("a" * 300 + ".md", "a" * 80 + ".md", id="long"),
        pytest.param("A\u030arets program.docx", "arets-program.docx", id="letters of two signs"),
    ],
)
def test_a_name_is_kept_in_plain_signs(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param([], "", id="none"),
        pytest.param([7], "7", id="one"),
        pytest.param([9, 3, 4, 5, 4], "3–5, 9", id="a run, unordered, one twice"),
    ],
)
def test_lines_are_told_as_runs(numbers: list[int], expected: str) -> None:
    assert runs(numbers) == expected


# -- Whole or not at all


class Failing:
    """`Path.replace` that fails the n-th time it is called, as a full disk may."""

    def __init__(self, fail_at: int) -> None:
        self.left, self.real = fail_at, Path.replace

    def __call__(self, path: Path, target: Path) -> Path:
        self.left -= 1
        if self.left == 0:
            raise OSError(28, "No space left on device")
        return self.real(path, target)


@pytest.mark.parametrize("fail_at", [1, 2, 3])
@pytest.mark.parametrize("links", [True, False], ids=["with hard links", "without"])
def test_a_failure_half_way_leaves_the_folder_as_it_was(
    add: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_at: int, links: bool
) -> None:
    write("sv.txt")
    add("sv.txt", "-C", "valg")
    write("sv.txt", SV + "Og mer til.\n")
    before = everything(tmp_path)
    failing = Failing(fail_at)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda path, target: failing(path, target))
        if not links:
            patch.setattr(Path, "hardlink_to", _no_links)
        ran = add("sv.txt", "-C", "valg")
    assert (ran.status, ran.err) == (2, "rusq: cannot write in 'valg': No space left on device; nothing is added\n")
    assert everything(tmp_path) == before


KILLED = """
import os, sys
from pathlib import Path
from rusq.cli import main

real, left = Path.replace, int(sys.argv[1])

def replace(path, target):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), 9)
    return real(path, target)

Path.replace = replace
main(["add", "sv.txt", "-C", "valg"])
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_what_a_killed_process_has_left_half_done_is_undone_first(
    add: Run, write: Write, tmp_path: Path, killed_at: int
) -> None:
    write("sv.txt")
    add("sv.txt", "-C", "valg")
    write("sv.txt", SV.replace("• styrke ettervernet i kommunene\n", ""))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(killed_at)], env=environment(tmp_path), cwd=tmp_path, capture_output=True
    )
    assert killed.returncode == -9
    assert add("sv.txt", "-C", "valg").err == "rusq: sv.txt replaces the text of sv2025\n"
    assert ids(add, "valg", "sv2025")["sv2025-b03"] == "bygge ut natteravn og feltarbeid"
    assert sorted(everything(tmp_path / "valg")) == [
        "documents", "documents/sv2025.txt", "originals", "originals/sv.txt", "sources.toml",
    ]  # fmt: skip


@pytest.mark.parametrize("why", ["Permission denied", "No space left on device"])
@pytest.mark.parametrize("touching", [(store.Path, "mkdir"), (store.os, "fsync")], ids=["a folder", "a file"])
def test_a_folder_that_cannot_be_written_is_one_line(
    add: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, touching: tuple[object, str], why: str
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(1, why)

    write("sv.txt")
    with monkeypatch.context() as patch:
        patch.setattr(*touching, refuse)
        ran = add("sv.txt", *VALG)
    assert (ran.status, ran.err) == (2, f"rusq: cannot write in 'valg': {why}; nothing is added\n")
    assert everything(tmp_path) == {"sv.txt": SV.encode()}


def _no_links(_path: Path, _target: Path) -> None:
    raise OSError(1, "Operation not permitted")


def test_a_failure_on_the_first_text_leaves_no_folder(
    add: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sv.txt")
    failing = Failing(3)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda path, target: failing(path, target))
        assert add("sv.txt", "-C", "ny/valg").status == 2
    assert everything(tmp_path) == {"sv.txt": SV.encode()}


def test_a_table_changed_while_files_were_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("# ny\n")
    with pytest.raises(store.RusqError) as caught:
        store.replace_all(tmp_path, {"sources.toml": b"x", "documents/a.txt": b"y"}, {"sources.toml": b"# gammel\n"})
    assert str(caught.value) == f"'{tmp_path}/sources.toml' was changed meanwhile; nothing is added, try again"
    assert everything(tmp_path) == {"sources.toml": b"# ny\n"}


def test_what_a_killed_process_left_behind_is_cleared_away(add: Run, write: Write, tmp_path: Path) -> None:
    write("sv.txt")
    write("valg/documents/.rusq-part-sv2025.txt", "halv")
    assert add("sv.txt", "-C", "valg").status == 0
    assert [path.name for path in (tmp_path / "valg" / "documents").iterdir()] == ["sv2025.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="locks of folders")
def test_of_many_at_the_same_time_none_is_lost(write: Write, tmp_path: Path) -> None:
    names = [f"notat-{number}.txt" for number in range(6)]
    for number, name in enumerate(names):
        write(name, f"Vi vil gi {number + 2} nye løfter.\n")
    started = [
        subprocess.Popen(
            [*PROGRAM, "add", name, "-C", "valg", "-a", "SV"],
            env=environment(tmp_path),
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 6
    assert sorted(sources(tmp_path / "valg")) == [name.removesuffix(".txt") for name in names]
    assert sorted(path.name for path in (tmp_path / "valg").rglob("*.txt")) == sorted(names * 2)


# -- Progress


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that tells of three pages."""
    from rusq.importing import adding
    from rusq.importing.document import PARAGRAPH, Block, Document

    def read(_raw: bytes, _name: str, progress: Callable[[int, int], None]) -> Document:
        for page in (1, 2, 3):
            progress(page, 3)
        return Document((Block(PARAGRAPH, "Vi vil mer."),))

    monkeypatch.setattr(adding, "read_file", read)


@pytest.mark.usefixtures("pages")
def test_on_a_terminal_it_tells_how_far_it_is_and_clears_that_away(
    add: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sv.pdf", b"%PDF")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = add("sv.pdf", *VALG).err
    assert err == "\rsv.pdf: 33 %\x1b[K\rsv.pdf: 66 %\x1b[K\r\x1b[K\r\x1b[K"


@pytest.mark.usefixtures("pages")
def test_in_a_pipe_it_tells_nothing_of_how_far_it_is(add: Run, write: Write) -> None:
    write("sv.pdf", b"%PDF")
    assert add("sv.pdf", *VALG).err == ""
