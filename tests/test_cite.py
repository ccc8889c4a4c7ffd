"""Citations: plain, BibTeX and CSL-JSON, and what none of them says because the corpus does not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from rusq.cite import bibtex, citation, csl_json
from rusq.library import Library
from rusq.model import Actor, Source, Statement
from rusq.wording import Wording

H = Actor("H", "Høyre")
H2017 = Source("h2017", "H", "hoyre-2017.txt", title="Rusomsorg", year=2017)
BARE = Source("x", "H", "x.txt")


def statement(text: str = "Nei.", **more: Any) -> Statement:
    fields = {"id": "x-p01", "actor": "H", "source": "x", "year": None, "kind": "prose", "line": 7, "page": None}
    return Statement(**{**fields, "start": 0, "end": len(text), "text": text, **more})


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open()


def cited(library: Library, name: str) -> tuple[Statement, Source, Actor]:
    found = library.statements[name]
    return found, library.corpus.sources[found.source], library.corpus.actors[found.actor]


# -- The built-in texts

PLAIN = [
    pytest.param(
        "h2017-b09", "en", "Høyre (2017): Rusomsorg. hoyre-2017.txt, line 19 [h2017-b09].", id="title and year"
    ),
    pytest.param("h2013-b01", "en", "Høyre (2013): hoyre-2013.txt, line 13 [h2013-b01].", id="no title"),
    pytest.param(
        "v-p11",
        "nb",
        "Venstre (år ikke oppgitt): Rusomsorg som tar mennesker på alvor. venstre.txt, linje 9 [v-p11].",
        id="no year",
    ),
    pytest.param(
        "reg2015-p16",
        "en",
        "Regjeringen Solberg (2015): 2,4 milliarder til rusfeltet de neste fem årene. regjeringen-2015.txt, "
        "line 27 [reg2015-p16] (said by Bent Høie).",
        id="speaker",
    ),
]


def test_a_row_of_a_table_is_cited_with_its_own_year_and_a_title_with_one_full_stop() -> None:
    said = statement("Nei.", year=2011)
    source = Source("x", "H", "x.tsv", title="Framover.")
    plain = citation(said, source, Actor("H", "Høyre"), Wording("en"))
    assert plain == "Høyre (2011): Framover. x.tsv, line 7 [x-p01]."
    assert "  year = {2011},\n" in bibtex(said, source, Actor("H", "Høyre"))
    assert csl_json(said, source, Actor("H", "Høyre"))["issued"] == {"date-parts": [[2011]]}


@pytest.mark.parametrize(("name", "language", "expected"), PLAIN)
def test_a_plain_citation_reads(library: Library, name: str, language: str, expected: str) -> None:
    assert citation(*cited(library, name), Wording(language)) == expected


BIBTEX = [
    pytest.param(
        "h2017-b09",
        "@misc{h2017-b09,\n"
        "  author = {{Høyre}},\n"
        "  title = {{Rusomsorg}},\n"
        "  year = {2017},\n"
        "  note = {«Styrke tilbudet om avrusing og rusmestring for innsatte med narkotikaproblemer i norske "
        "fengsler.», hoyre-2017.txt, line 19 [h2017-b09]},\n"
        "}\n",
        id="title and year",
    ),
    pytest.param(
        "v-p11",
        "@misc{v-p11,\n"
        "  author = {{Venstre}},\n"
        "  title = {{Rusomsorg som tar mennesker på alvor}},\n"
        "  note = {«LAR bør anses som både et skadereduserende tiltak og et rehabiliterende tiltak.», "
        "venstre.txt, line 9 [v-p11]; year not stated},\n"
        "}\n",
        id="no year",
    ),
    pytest.param(
        "h2013-p08",
        "@misc{h2013-p08,\n"
        "  author = {{Høyre}},\n"
        "  year = {2013},\n"
        "  note = {«De siste årene har det funnet sted en viss nedgang i antall rusavhengige som venter på "
        "behandling .», hoyre-2013.txt, line 5 [h2013-p08]},\n"
        "}\n",
        id="no title",
    ),
]


@pytest.mark.parametrize(("name", "expected"), BIBTEX)
def test_a_bibtex_entry_reads(library: Library, name: str, expected: str) -> None:
    assert bibtex(*cited(library, name)) == expected


def test_who_is_quoted_is_named_beside_the_actor(library: Library) -> None:
    assert bibtex(*cited(library, "reg2015-p17")).split("\n")[4] == (
        "  note = {«For mange begynner den aller tøffeste jobben når rusbehandlingen er over.», said by Bent Høie, "
        "regjeringen-2015.txt, line 29 [reg2015-p17]},"
    )


def test_a_csl_item_has_what_the_source_has(library: Library) -> None:
    assert csl_json(*cited(library, "h2017-b09")) == {
        "id": "h2017-b09",
        "type": "document",
        "author": [{"literal": "Høyre"}],
        "title": "Rusomsorg",
        "issued": {"date-parts": [[2017]]},
        "note": "«Styrke tilbudet om avrusing og rusmestring for innsatte med narkotikaproblemer i norske fengsler.», "
        "hoyre-2017.txt, line 19 [h2017-b09]",
        "custom": {"file": "hoyre-2017.txt", "line": 19},
    }


def test_a_csl_item_without_a_year_has_no_date(library: Library) -> None:
    item = csl_json(*cited(library, "v-p11"))
    assert "issued" not in item
    assert item["note"] == (
        "«LAR bør anses som både et skadereduserende tiltak og et rehabiliterende tiltak.», "
        "venstre.txt, line 9 [v-p11]; year not stated"
    )


def test_a_csl_item_without_a_title_has_none() -> None:
    assert csl_json(statement(page=3), BARE, H) == {
        "id": "x-p01",
        "type": "document",
        "author": [{"literal": "Høyre"}],
        "note": "«Nei.», x.txt, page 3, line 7 [x-p01]; year not stated",
        "custom": {"file": "x.txt", "line": 7, "page": 3},
    }


def test_a_page_is_given_where_the_document_has_pages() -> None:
    assert bibtex(statement(page=3), BARE, H) == (
        "@misc{x-p01,\n  author = {{Høyre}},\n  note = {«Nei.», x.txt, page 3, line 7 [x-p01]; year not stated},\n}\n"
    )


def test_no_field_is_there_that_the_corpus_cannot_fill(library: Library) -> None:
    """No address, publisher, place or day anywhere; a year and a title in four of the five texts."""
    fields, keys = set(), set()
    for name in library.statements:
        record = cited(library, name)
        fields |= set(re.findall(r"(?m)^  (\w+) = \{", bibtex(*record)))
        keys |= set(csl_json(*record))
    assert fields == {"author", "title", "year", "note"}
    assert keys == {"id", "type", "author", "title", "issued", "note", "custom"}


# -- Text from outside

NASTY = [
    pytest.param("50 % & $5 #1 a_b", r"50 \% \& \$5 \#1 a\_b", id="one sign each"),
    pytest.param("{a} b}", r"\textbraceleft{}a\textbraceright{} b\textbraceright{}", id="braces"),
    pytest.param(r"\end{x}", r"\textbackslash{}end\textbraceleft{}x\textbraceright{}", id="a command"),
    pytest.param("~ og ^", r"\textasciitilde{} og \textasciicircum{}", id="tilde and circumflex"),
    pytest.param("ærlig på «nøds»", "ærlig på «nøds»", id="Norwegian letters stay"),
    pytest.param("to \r\n  linjer\n\nog en", "to linjer og en", id="line breaks"),
    pytest.param("a\x1b[31mb\u202e", "a\ufffd[31mb\ufffd", id="escape sequences"),
    pytest.param('@misc{x, "a" = 1}', r'@misc\textbraceleft{}x, "a" = 1\textbraceright{}', id="an entry"),
]


@pytest.mark.parametrize(("text", "expected"), NASTY)
def test_tex_obeys_nothing_in_a_quotation(text: str, expected: str) -> None:
    entry = bibtex(statement(text), BARE, H)
    assert f"  note = {{«{expected}», x.txt, line 7 [x-p01]; year not stated}},\n" in entry


@pytest.mark.parametrize(("text", "expected"), NASTY)
def test_tex_obeys_nothing_in_names_titles_and_files(text: str, expected: str) -> None:
    entry = bibtex(statement(), Source("x", "H", text, title=text, year=2013), Actor("H", text))
    assert entry == (
        "@misc{x-p01,\n"
        f"  author = {{{{{expected}}}}},\n"
        f"  title = {{{{{expected}}}}},\n"
        "  year = {2013},\n"
        f"  note = {{«Nei.», {expected}, line 7 [x-p01]}},\n"
        "}\n"
    )


@pytest.mark.parametrize("text", [pytest.param(case.values[0], id=case.id) for case in NASTY])
def test_the_braces_of_an_entry_pair_up_whatever_it_quotes(text: str) -> None:
    """BibTeX counts them all, those behind a backslash too."""
    depth = 0
    for sign in bibtex(statement(text), BARE, Actor("H", text)).rstrip()[:-1]:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or sign in "@misc"
    assert depth == 1


@pytest.mark.parametrize("text", [pytest.param(case.values[0], id=case.id) for case in NASTY])
def test_a_csl_item_quotes_the_text_as_it_is(text: str) -> None:
    item = json.loads(json.dumps(csl_json(statement(text), BARE, H)))
    assert item["note"] == f"«{text}», x.txt, line 7 [x-p01]; year not stated"
