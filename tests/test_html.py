"""Sheets to HTML pages: whole, harmless, for the eye, the ear, paper and phone; with a look in a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.formats.html import to_html
from rusq.harmless import harmless
from rusq.library import Library
from rusq.sheet import (
    AGAINST,
    FOR,
    MATCH,
    NOTE,
    QUALIFIED,
    QUOTE,
    SILENCE,
    STRONG,
    Cell,
    Line,
    Run,
    Sheet,
    SheetRow,
)

# -- Reading a page back

VOID = {"meta", "br", "hr", "img", "input", "link", "col"}


@dataclass
class Element:
    """An element of a page; `children` are elements and texts in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", **attributes: str) -> Iterator[Element]:
        """Every element below, in order, with that tag and those attributes; `class_` is one of its classes."""
        for child in self.children:
            if isinstance(child, str):
                continue
            if tag in ("", child.tag) and all(child.has(name, value) for name, value in attributes.items()):
                yield child
            yield from child.all(tag, **attributes)

    def one(self, tag: str = "", **attributes: str) -> Element:
        [found] = self.all(tag, **attributes)
        return found

    def has(self, name: str, value: str) -> bool:
        if name == "class_":
            return value in self.attributes.get("class", "").split()
        return self.attributes.get(name.replace("_", "-")) == value


class Reader(HTMLParser):
    """Reads a page to elements, and does not forgive: what is opened must be closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


def page_of(sheet: Sheet, language: str = "en") -> Element:
    return read(to_html(sheet, language=language))


# -- Sheets to make pages of


def cell(*runs: Run) -> Cell:
    return (runs,)


def told(text: str, ref: str = "", role: str = QUOTE) -> Line:
    return (Run(text, role, ref),)


def head(name: str, remark: str = "") -> Cell:
    return ((Run(name, STRONG),), *(((Run(remark, NOTE),),) if remark else ()))


def said(text: str, ref: str, year: str = "2017") -> Line:
    return (Run(text, QUOTE, ref), Run("  "), Run(f"[{ref}, {year}]", NOTE))


SILENT = cell(Run("(not mentioned in these texts)", SILENCE))
COMPARED = Sheet(
    "Høyre and FrP, topic by topic",
    (head("Høyre (H)", "2017: 1 text"), head("Fremskrittspartiet (FrP)")),
    (
        SheetRow(
            (
                (
                    (Run("~", QUALIFIED), Run("trial", QUALIFIED)),
                    said("Ha forsøk med  heroinassistert behandling.", "h2017-b15"),
                ),
                ((Run("− against", AGAINST),), said("Fremskrittspartiet sier nei.", "frp2017-p26")),
            ),
            (Run("Heroinassistert behandling", STRONG), Run(" — Heroin-assisted treatment", NOTE)),
            "Legemidler",
        ),
        SheetRow((SILENT, (said("Utvide bruk at av vaksinen", "frp2017-b04"),)), told("Naltrekson"), "Legemidler"),
        SheetRow(
            ((said("Først", "h2017-b01"), (), said("Så", "h2017-b02")), (said("nei.", "frp2017-p26"),)),
            told("Fengsel", role=STRONG),
            "Reagere",
        ),
    ),
    ("None of them mentions: Bolig.", "More on h2017-b15."),
)
FOUND = Sheet(
    "2 statements on «rus»",
    (head("Actor"), head("Statement"), head("Source")),
    (
        SheetRow(
            (
                cell(Run("H", STRONG), Run(" 2017")),
                (
                    (Run("Høyre vil:", NOTE),),
                    (Run("Styrke ", QUOTE, "h2017-b1"), Run("rus", MATCH), Run("omsorgen", QUOTE)),
                    (Run("rus", ""), Run(" → "), Run("rus", MATCH), Run("  exact, 1.00", NOTE)),
                ),
                (*cell(Run("h2017-b1")), *cell(Run("line 3", NOTE))),
            )
        ),
        SheetRow((cell(Run("V", STRONG)), (told("Mindre rus", "h2017-b10"),), cell(Run("line 4", NOTE)))),
    ),
    main=1,
)
MAP = Sheet(
    "Where they stand",
    (head("Topic"), head("H"), head("V"), head("FrP")),
    (
        SheetRow(
            (
                cell(Run("Bolig", STRONG)),
                cell(Run("+", FOR), Run("for", FOR), Run(" 5")),
                cell(Run("–", SILENCE)),
                cell(Run("–", NOTE)),
            ),
            group="Følge opp",
        ),
        SheetRow(
            (cell(Run("Tvang", STRONG)), cell(Run("−", AGAINST)), cell(Run("12")), cell(Run("?", QUALIFIED))),
            group="Reagere",
        ),
    ),
    main=0,
    labelled=True,
)
FACTS = Sheet(
    "Naltrekson",
    (),
    (
        SheetRow((cell(Run("Broader", STRONG)), cell(Run("Legemidler")))),
        SheetRow((cell(Run("H", STRONG)), (told("«nei»"),))),
    ),
    main=1,
)
SHEETS = [
    pytest.param(COMPARED, id="comparison"),
    pytest.param(FOUND, id="search"),
    pytest.param(MAP, id="map"),
    pytest.param(FACTS, id="facts"),
    pytest.param(Sheet("Nothing", (), ()), id="nothing"),
    pytest.param(Sheet("", (), (SheetRow(((), cell(Run(""))), ()),)), id="empty cells"),
    pytest.param(
        Sheet("", (), (SheetRow(SILENT and (SILENT,), told("h2017-b01", role=STRONG)),), main=0), id="no title"
    ),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open()


# -- The page as a whole


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_page_is_well_formed(sheet: Sheet) -> None:
    page = page_of(sheet)
    assert [child.tag for child in page.one("html").children if isinstance(child, Element)] == ["head", "body"]
    assert to_html(sheet).startswith("<!DOCTYPE html>\n<html ")
    for tag in ("title", "h1", "style"):
        assert page.one(tag).text.strip()


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_id_stands_twice_and_no_link_leads_nowhere(sheet: Sheet) -> None:
    page = page_of(sheet)
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert sorted(ids) == sorted(set(ids))
    for link in page.all("a"):
        assert unquote(link.attributes["href"]) in {f"#{at}" for at in ids}


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_comes_from_outside_and_nothing_runs(sheet: Sheet) -> None:
    page = page_of(sheet)
    known = "a blockquote body caption footer h1 h2 head header html li main mark meta nav p q section small span"
    known += " strong style table tbody td th thead title tr ul"
    assert {element.tag for element in page.all()} <= set(known.split())
    for element in page.all():
        assert not {"src", "srcset", "style", "action", "data", "background"} & set(element.attributes)
        assert not [name for name in element.attributes if name.startswith("on")]
        assert element.attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import|@font-face|//", page.one("style").text)
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")


def test_title_and_heading_are_the_title_of_the_sheet() -> None:
    page = page_of(COMPARED)
    assert page.one("title").text == page.one("h1").text == "Høyre and FrP, topic by topic"


def test_a_sheet_without_a_title_takes_those_of_its_rows() -> None:
    titles = ((Run("h2017-b01", STRONG), Run("  line 3", NOTE)), told("v-b02"))
    rows = (SheetRow((SILENT,), titles[0]), SheetRow((SILENT,)), SheetRow((SILENT,), titles[1]))
    assert page_of(Sheet("", (), rows)).one("h1").text == "h2017-b01, v-b02"


def test_a_page_named_after_its_first_group_does_not_say_it_twice() -> None:
    rows = (SheetRow((SILENT,), group="Bolig"), SheetRow((SILENT,), group="Who says what"))
    page = page_of(Sheet("", (), rows, main=0))
    assert [page.one("h1").text, *(heading.text for heading in page.all("h2"))] == ["Bolig", "Who says what"]


def test_a_sheet_without_any_title_is_named_after_the_program() -> None:
    assert page_of(Sheet("", (), ())).one("title").text == "rusq"


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_page_says_its_language_and_quotations_say_theirs(language: str) -> None:
    page = page_of(COMPARED, language)
    assert page.one("html").attributes["lang"] == language
    assert {quoted.attributes["lang"] for quoted in [*page.all("blockquote"), *page.all("q")]} == {"nb"}


def test_an_empty_sheet_says_that_there_is_nothing() -> None:
    assert page_of(Sheet("Nothing", (), ())).one("main").text.strip() == "Nothing to show."


def test_groups_are_sections_that_the_page_begins_by_listing() -> None:
    page = page_of(MAP)
    assert [(link.attributes["href"], link.text) for link in page.one("nav").all("a")] == [
        ("#f%C3%B8lge-opp", "Følge opp"),
        ("#reagere", "Reagere"),
    ]
    assert [(s.attributes["aria-labelledby"], s.one("h2").text) for s in page.all("section")] == [
        ("følge-opp", "Følge opp"),
        ("reagere", "Reagere"),
    ]


def test_one_group_needs_no_list_of_contents() -> None:
    assert not list(page_of(COMPARED._replace(rows=COMPARED.rows[:2])).all("nav"))


def test_a_group_named_like_a_statement_leaves_the_id_to_the_statement() -> None:
    rows = (SheetRow(((told("ja", "fengsel"),),), group="Fengsel"), SheetRow(((told("nei"),),), group="content"))
    page = page_of(Sheet("x", (), rows, main=0))
    assert page.one(id="fengsel").tag == "blockquote"
    assert [heading.attributes["id"] for heading in page.all("h2")] == ["fengsel-2", "content"]
    assert page.one("a", class_="skip").attributes["href"] == "#content-2"


def test_the_first_stop_of_the_keyboard_leads_past_the_contents() -> None:
    page = page_of(COMPARED)
    first = next(page.all("a"))
    assert (first.attributes["href"], first.text) == ("#content", "Skip to the content")
    assert page.one(id="content").tag == "main"


def test_remarks_are_the_footer() -> None:
    assert [line.text for line in page_of(COMPARED).one("footer").all("p")] == [
        "None of them mentions: Bolig.",
        "More on h2017-b15.",
    ]


# -- Quotations


def test_statements_stand_on_the_page_as_in_their_documents(library: Library) -> None:
    rows = tuple(SheetRow(((told(s.text, s.id),), cell(Run(s.id)))) for s in library.corpus.statements)
    page = page_of(Sheet("All", (head("Statement"), head("Id")), rows, main=0))
    quoted = {element.attributes["id"]: element.text for element in page.all("blockquote")}
    assert quoted == {statement.id: statement.text for statement in library.corpus.statements}


def test_blanks_in_a_quotation_survive() -> None:
    page = page_of(COMPARED)
    assert page.one(id="h2017-b15").text == "Ha forsøk med  heroinassistert behandling."
    assert re.search(r"blockquote,q\{[^}]*white-space:pre-wrap", page.one("style").text)


def test_no_quotation_marks_are_added() -> None:
    style = page_of(FACTS).one("style").text
    assert "q::before,q::after{content:none}" in style
    assert page_of(FACTS).one("q").text == "«nei»"


def test_what_matched_is_marked_and_underlined() -> None:
    page = page_of(FOUND)
    assert page.one(id="h2017-b1").text == "Styrke rusomsorgen"
    assert page.one(id="h2017-b1").one("mark").text == "rus"
    assert re.search(r"mark\{[^}]*text-decoration:underline", page.one("style").text)


def test_a_statement_quoted_twice_has_its_id_where_it_stands_first() -> None:
    page = page_of(COMPARED)
    first, second = (quoted for quoted in page.all("blockquote") if quoted.text.endswith("nei."))
    assert first.attributes["id"] == "frp2017-p26"
    assert "id" not in second.attributes


def test_the_id_named_beside_a_quotation_links_to_it() -> None:
    page = page_of(COMPARED)
    links = [(link.attributes["href"], link.text) for link in page.one("main").all("a")]
    assert links == [
        ("#h2017-b15", "h2017-b15"),
        ("#frp2017-p26", "frp2017-p26"),
        ("#frp2017-b04", "frp2017-b04"),
        ("#h2017-b01", "h2017-b01"),
        ("#h2017-b02", "h2017-b02"),
        ("#frp2017-p26", "frp2017-p26"),
    ]
    assert page.one("footer").one("a").attributes["href"] == "#h2017-b15"


def test_a_quotation_whose_row_does_not_name_it_is_followed_by_its_link() -> None:
    page = page_of(FOUND)
    assert [link.attributes["href"] for link in page.one("main").all("a")] == ["#h2017-b1", "#h2017-b10"]
    [follows] = [e for e in page.all("td") if e.text == "Mindre rush2017-b10"]
    assert follows.one("small").one("a").text == "h2017-b10"


def test_an_id_inside_a_longer_word_is_no_link() -> None:
    sheet = Sheet("x", (), (SheetRow(((told("ja", "v-b1"),), cell(Run("v-b1 v-b10 av-b1 v-b1-2 (v-b1)")))),), main=0)
    assert [link.text for link in page_of(sheet).one("main").all("a")] == ["v-b1", "v-b1"]


def test_an_id_inside_a_quotation_is_left_alone() -> None:
    sheet = Sheet("x", (), (SheetRow(((told("som v-b1 sier", "v-b1"),),)),), main=0)
    assert page_of(sheet).one("blockquote").children == ["som v-b1 sier"]


def test_a_row_title_that_refers_to_something_is_its_place() -> None:
    title = (Run("Bolig", STRONG, "bolig"), Run(" — Housing", NOTE))
    page = page_of(Sheet("x", (head("H"),), (SheetRow((SILENT,), title),), ("See bolig.",)))
    assert page.one(id="bolig").text == "Bolig"
    assert page.one("footer").one("a").attributes["href"] == "#bolig"


# -- Tables


def test_a_comparison_is_a_table_with_a_body_for_each_topic() -> None:
    page = page_of(COMPARED)
    first, second = page.all("table")
    assert first.one("caption").text == "Høyre and FrP, topic by topic: Legemidler"
    assert [th.text for th in first.one("thead").all("th", scope="col")] == [
        "Høyre (H)2017: 1 text",
        "Fremskrittspartiet (FrP)",
    ]
    titles = list(first.all("th", scope="rowgroup"))
    assert [th.text for th in titles] == ["Heroinassistert behandling — Heroin-assisted treatment", "Naltrekson"]
    assert {th.attributes["colspan"] for th in titles} == {"2"}
    assert [len(list(body.all("tr"))) for body in first.all("tbody", class_="titled")] == [2, 2]
    assert len(list(second.all("tbody"))) == 1


def test_rows_without_a_title_belong_to_the_one_above() -> None:
    rows = (SheetRow((SILENT,), told("Bolig")), SheetRow((SILENT,)), SheetRow((SILENT,), told("Tvang")))
    page = page_of(Sheet("x", (head("H"),), rows))
    assert [len(list(body.all("tr"))) for body in page.all("tbody")] == [3, 2]


def test_each_cell_knows_the_head_of_its_column() -> None:
    cells = page_of(COMPARED).all("td")
    assert [td.attributes["data-label"] for td in cells] == ["Høyre (H)", "Fremskrittspartiet (FrP)"] * 3
    assert [td.attributes["data-label"] for td in page_of(MAP).all("td")] == ["H", "V", "FrP"] * 2


def test_the_first_cell_of_a_row_heads_it_where_there_is_no_title() -> None:
    assert [th.text for th in page_of(FOUND).all("th", scope="row")] == ["H 2017", "V"]
    assert [th.text for th in page_of(FACTS).all("th", scope="row")] == ["Broader", "H"]
    assert not list(page_of(COMPARED).all("th", scope="row"))


@pytest.mark.parametrize("sheet", SHEETS)
def test_tables_stay_tables_for_a_reader_when_a_phone_stacks_them(sheet: Sheet) -> None:
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    scopes = {"col": "columnheader", "row": "rowheader", "rowgroup": "rowheader"}
    for element in page_of(sheet).all():
        if element.tag in roles:
            assert element.attributes["role"] == roles[element.tag]
        if element.tag == "th":
            assert element.attributes["role"] == scopes[element.attributes["scope"]]


def test_an_empty_line_sets_what_follows_apart() -> None:
    page = page_of(COMPARED)
    assert page.one(id="h2017-b02").has("class_", "apart")
    assert not page.one(id="h2017-b01").has("class_", "apart")


def test_columns_of_words_are_stacked_before_words_must_be_cut() -> None:
    cells = (SILENT,) * 4
    wide = page_of(Sheet("x", (head("A"),) * 4, (SheetRow(cells, told("t")),))).one("style").text
    assert "max-width:944px" in wide
    assert "max-width:640px" in page_of(FOUND).one("style").text


def test_on_paper_heads_come_back_and_no_row_is_cut() -> None:
    paper = page_of(COMPARED).one("style").text.partition("@media print{")[2]
    assert "thead{display:table-header-group}" in paper
    assert re.search(r"h2,tr,tbody.titled,[^{]*\{break-inside:avoid\}", paper)
    assert "--paper:#fff;--ink:#000" in paper


# -- Signs, stances, silence


def test_a_stance_is_a_chip_whose_sign_is_seen_and_whose_word_is_heard() -> None:
    chip = page_of(MAP).one("span", class_="for")
    assert chip.text == "+\u00a0for"
    assert [(child.text, child.attributes) for child in chip.all("span")] == [("+", {"aria-hidden": "true"})]


def test_sign_and_word_in_one_run_are_told_apart_too() -> None:
    chip = page_of(COMPARED).one("span", class_="against")
    assert chip.text == "−\u00a0against"
    assert chip.one("span").text == "−"


def test_a_sign_alone_is_given_its_word_for_the_ear() -> None:
    page = page_of(MAP)
    assert page.one("span", class_="against").one("span", class_="unseen").text == "against"
    assert page.one("span", class_="qualified").one("span", class_="unseen").text == "with reservations"


def test_a_verdict_is_a_chip_without_the_brackets_it_has_on_a_terminal() -> None:
    title = (Run("Bolig", STRONG), Run("   "), Run("[≠ conflict]", AGAINST))
    chip = page_of(Sheet("x", (head("H"),), (SheetRow((SILENT,), title),))).one("span", class_="against")
    assert chip.text == "≠\u00a0conflict"


def test_a_dash_is_heard_as_what_it_means_and_silence_is_said() -> None:
    silent, none = (cell for cell in page_of(MAP).all("td") if "–" in cell.text)
    assert [span.attributes for span in silent.all("span")] == [{"aria-hidden": "true"}, {"class": "silent"}]
    assert silent.text == "– silent"
    assert [span.attributes for span in none.all("span")] == [{"aria-hidden": "true"}, {"class": "unseen"}]
    assert none.text == "–none"


def test_stances_and_silence_differ_in_more_than_colour() -> None:
    style = page_of(COMPARED).one("style").text
    assert re.search(r"\.for\{background:", style)
    assert re.search(r"\.against\{[^}]*border:2px solid", style)
    assert re.search(r"\.qualified\{[^}]*border:2px dashed", style)
    assert re.search(r"\.silent\{[^}]*font-style:italic", style)
    assert page_of(COMPARED).one("span", class_="silent").text == "(not mentioned in these texts)"


# -- Text from outside

NASTY = [
    pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="script"),
    pytest.param("</blockquote></td></table><h1>", "</blockquote></td></table><h1>", id="closing tags"),
    pytest.param('" onmouseover="x" \'', '" onmouseover="x" \'', id="quotation marks"),
    pytest.param("&amp; &lt;b> &#60; &copy", "&amp; &lt;b> &#60; &copy", id="character references"),
    pytest.param("a | b", "a | b", id="bar"),
    pytest.param("en\nto", "en\nto", id="line break"),
    pytest.param("en\r\nto", "en\ufffd\nto", id="carriage return"),
    pytest.param("=1+1", "=1+1", id="formula"),
    pytest.param("\x1b[31mrødt\x1b[0m", "\ufffd[31mrødt\ufffd[0m", id="escape sequence"),
    pytest.param("nul\x00, \x9b og \u202eomvendt", "nul\ufffd, \ufffd og \ufffdomvendt", id="control characters"),
    pytest.param("<!-- -->]]><![CDATA[", "<!-- -->]]><![CDATA[", id="comment and section marks"),
    pytest.param("[/b] :smile: **x**", "[/b] :smile: **x**", id="markup of others"),
]


@pytest.mark.parametrize(("text", "shown"), NASTY)
def test_whatever_a_text_says_it_is_shown_whole_and_does_nothing(text: str, shown: str) -> None:
    spoken = (told(text, "x-b01"), (Run("w "), *told(text, role="")), (Run(text, NOTE), Run(" w")))
    row = SheetRow((spoken, cell(Run("s "), Run(text, SILENCE))), (Run("t "), Run(text, STRONG)), f"g {text}")
    page = page_of(Sheet(f"x {text}", (head(f"h {text}"), head("b")), (row,), (f"n {text}",)))
    assert page.one("title").text == page.one("h1").text == f"x {shown}"
    assert page.one("h2").text == f"g {shown}"
    assert page.one("blockquote").text == shown
    assert page.one("span", class_="silent").text == shown
    assert page.one("th", scope="rowgroup").text == f"t {shown}"
    assert next(page.all("td")).attributes["data-label"] == f"h {shown}"
    assert page.one("footer").one("p").text == f"n {shown}"
    assert {"script", "b", "copy"}.isdisjoint(element.tag for element in page.all())


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5), st.booleans())
def test_any_quotation_reads_back_as_it_went_in(parts: list[str], begins_marked: bool) -> None:
    runs = [Run(part, MATCH if (at % 2 == 0) == begins_marked else QUOTE) for at, part in enumerate(parts)]
    quoted = (runs[0]._replace(ref="x-b01"), *runs[1:])
    row = SheetRow(((quoted, (Run("after"),)), (tuple(runs),)))
    page = page_of(Sheet("x", (), (row,), main=0))
    assert page.one("blockquote").text == page.one("q").text == harmless("".join(parts))
    marked = [harmless(run.text) for run in runs if run.role == MATCH]
    assert [mark.text for mark in page.one("blockquote").all("mark")] == marked


@given(st.text(), st.sampled_from(["", QUOTE, MATCH, NOTE, STRONG, SILENCE, FOR, AGAINST, QUALIFIED]))
def test_no_text_in_any_role_breaks_the_page(text: str, role: str) -> None:
    line = (Run(text, role), Run("end"))
    sheet = Sheet(text, ((line,),), (SheetRow(((line, ()),), line, text),), (text,))
    words = page_of(sheet).one("td").text
    assert words.endswith("end")
    assert "".join(harmless(text).split()) in "".join(words.split())


# -- Contrast


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 reckons it, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_in_the_guidelines() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("ink", "ground", "light", "dark"),
    [
        pytest.param("ink", "paper", 17.0, 14.5, id="text"),
        pytest.param("ink", "band", 15.3, 12.7, id="text on a band"),
        pytest.param("ink", "mark", 14.2, 7.3, id="what matched"),
        pytest.param("soft", "paper", 6.8, 8.0, id="remarks"),
        pytest.param("soft", "band", 6.1, 7.0, id="remarks on a band"),
        pytest.param("link", "paper", 8.4, 9.8, id="links"),
        pytest.param("link", "band", 7.6, 8.6, id="links on a band"),
        pytest.param("paper", "for", 8.3, 10.3, id="for"),
        pytest.param("against", "paper", 7.6, 8.9, id="against"),
        pytest.param("qualified", "paper", 8.5, 10.7, id="with reservations"),
    ],
)
def test_every_pair_of_colours_can_be_read(ink: str, ground: str, light: float, dark: float) -> None:
    style = page_of(COMPARED).one("style").text
    day, night, paper = (dict(re.findall(r"--(\w+):(#\w+)", block)) for block in re.findall(r":root\{([^}]*)\}", style))
    assert contrast(day[ink], day[ground]) == pytest.approx(light, abs=0.06)
    assert contrast(night[ink], night[ground]) == pytest.approx(dark, abs=0.06)
    assert min(light, dark) >= 4.5
    if ground != "for":  # on paper it is not filled
        assert contrast(paper[ink], paper[ground]) >= 4.5


# -- In a real browser

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
)
MEASURE = """
addEventListener("load", () => {
  const page = document.querySelector("iframe").contentDocument, root = page.documentElement;
  const look = (what, pseudo) => getComputedStyle(page.querySelector(what), pseudo);
  const measured = {
    room: root.clientWidth, wide: root.scrollWidth, high: root.scrollHeight,
    cell: look("td").display, label: look("td", "::before").content, quoted: look("blockquote").whiteSpace,
    paper: look("body").backgroundColor, scripts: page.scripts.length,
    left: page.querySelector("#h2017-b15").getBoundingClientRect().left,
    right: page.querySelector("#frp2017-p26").getBoundingClientRect().left,
  };
  document.title = JSON.stringify(measured);
});
"""


@pytest.fixture(scope="module")
def browser() -> str:
    """Chromium or Chrome on this machine."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0:
            return path
    pytest.skip("neither chromium nor google-chrome is installed: the page was not looked at in a browser")


def rows_of_png(path: Path) -> tuple[int, int, bytes]:
    """Width, height and the unpacked bytes of a picture."""
    raw = path.read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", raw[16:24])
    at, packed = 8, b""
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        if raw[at + 4 : at + 8] == b"IDAT":
            packed += raw[at + 8 : at + 8 + length]
        at += length + 12
    return width, height, zlib.decompress(packed)


@pytest.mark.parametrize(
    ("width", "dark"),
    [pytest.param(390, False, id="phone"), pytest.param(1280, True, id="desktop in the dark")],
)
def test_a_browser_shows_the_page(browser: str, tmp_path: Path, width: int, dark: bool) -> None:
    # In a frame, since the window of a headless Chromium is never narrower than 500 pixels.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><script>{MEASURE}</script><body style="margin:0">'
        f'<iframe width="{width}" height="900" style="border:0" srcdoc="{escape(to_html(COMPARED))}"></iframe>',
        "utf-8",
    )
    picture = tmp_path / "page.png"
    ran = subprocess.run(
        [
            *(browser, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={max(width, 500)},900"),
            *(["--blink-settings=preferredColorScheme=0"] if dark else []),
            *(f"--screenshot={picture}", "--dump-dom", frame.as_uri()),
        ],
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
        timeout=120,
    )
    found = re.search("<title>(.*?)</title>", ran.stdout.decode("utf-8"))
    assert found, ran.stderr.decode("utf-8", "replace")
    measured = json.loads(found[1])
    assert measured["room"] == measured["wide"] == width
    assert measured["scripts"] == 0
    assert measured["quoted"] == "pre-wrap"
    if width < 640:
        assert (measured["cell"], measured["label"]) == ("block", '"Høyre (H)"')
        assert measured["left"] == measured["right"]
    else:
        assert (measured["cell"], measured["label"]) == ("table-cell", "none")
        assert measured["left"] < measured["right"]
    assert measured["paper"] == ("rgb(21, 23, 28)" if dark else "rgb(255, 255, 255)")
    across, _, drawn = rows_of_png(picture)
    assert across == max(width, 500)
    assert len(set(drawn)) > 20
