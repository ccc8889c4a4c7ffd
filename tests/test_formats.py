"""Data formats: what is written reads back the same, and no spreadsheet, browser or terminal obeys what is in it."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with Rich

from rusq.formats.delimited import csv_lines, tsv_lines
from rusq.formats.json import to_json, to_jsonl
from rusq.formats.markdown import to_markdown
from rusq.grid import Grid
from rusq.harmless import harmless
from rusq.sheet import MATCH, NOTE, QUOTE, SILENCE, STRONG, Run, Sheet, SheetRow

LOST = "\ufffd"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
OBEYED = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *BIDI, "\u2028", "\u2029", "\ufeff"} - {"\t", "\n"}

# All of Unicode but lone surrogates, and what is dangerous far more often than it would come up by itself.
NASTY = "'=+-@|\\`*_[]<>#~&\"!;,.:()^${}1\t\n \u00a0aåøæ"
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(NASTY + "".join(sorted(OBEYED))), max_size=20)
SOUND = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=OBEYED) | st.sampled_from(NASTY), max_size=20
)
THREE = st.lists(st.lists(SOUND, min_size=3, max_size=3), max_size=3)


def grid(rows: list[list[str]]) -> Grid:
    return Grid(("one", "two", "three"), tuple(tuple(row) for row in rows))


def without_guard(cell: str) -> str:
    """A cell as it was before an apostrophe kept it from running."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


# --- harmless --------------------------------------------------------------------------------------------------------


@given(TEXT)
def test_harmless_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    assert not OBEYED & set(harmless(text))


@given(TEXT)
def test_harmless_replaces_and_never_removes(text: str) -> None:
    made = harmless(text)
    assert len(made) == len(text)
    assert all(
        new == old or (new == LOST and old in OBEYED | set("\u202f")) for old, new in zip(text, made, strict=True)
    )


@given(SOUND)
def test_harmless_leaves_other_text_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31mrød\x1b[0m", f"{LOST}[31mrød{LOST}[0m", id="colour"),
        pytest.param("\x1b]0;tittel\x07", f"{LOST}]0;tittel{LOST}", id="window title"),
        pytest.param("\x1b]8;;http://x\x1b\\her", f"{LOST}]8;;http://x{LOST}\\her", id="hyperlink"),
        pytest.param("\x9b2J", f"{LOST}2J", id="an eight-bit escape"),
        pytest.param("a\rb\x08c\x0bd\x0ce", f"a{LOST}b{LOST}c{LOST}d{LOST}e", id="moves of the cursor"),
        pytest.param("abc\u202efdp.exe", f"abc{LOST}fdp.exe", id="text turned round"),
        pytest.param("\ufeffHøyre", f"{LOST}Høyre", id="a byte order mark"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_lost(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Ærlig talt: «avrusings-, behandlings- og rehabiliteringstilbud» – 2, 4 milliarder …",
        "to linjer\nog et\ttabulatortegn",
        "hardt\u00a0mellomrom, myk\u00adbindestrek og å av a + ring: a\u030a",
        "grønnkål 🥬 og 漢字",
    ],
    ids=["Norwegian", "line break and tab", "signs that print nothing", "other scripts"],
)
def test_text_that_does_no_harm_stays(text: str) -> None:
    assert harmless(text) == text


# --- CSV and TSV -----------------------------------------------------------------------------------------------------


@given(THREE)
def test_csv_reads_back_the_same(rows: list[list[str]]) -> None:
    text = "".join(csv_lines(grid(rows)))
    head, *read = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == ["one", "two", "three"]
    assert [[without_guard(cell) for cell in row] for row in read] == rows


@given(THREE)
def test_tsv_reads_back_the_same(rows: list[list[str]]) -> None:
    head, *lines = "".join(tsv_lines(grid(rows))).removesuffix("\n").split("\n")
    unescaped = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}

    def read(cell: str) -> str:
        return without_guard(re.sub(r"\\.", lambda found: unescaped[found.group()], cell))

    assert head == "one\ttwo\tthree"
    assert [[read(cell) for cell in line.split("\t")] for line in lines] == rows


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=3))
def test_no_cell_runs_as_a_formula_or_moves_a_cursor(rows: list[list[str]]) -> None:
    spread = "".join(csv_lines(grid(rows)))
    for row in csv.reader(io.StringIO(spread, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    tabbed = "".join(tsv_lines(grid(rows)))
    for line in tabbed.splitlines():
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.split("\t"))
    assert not (OBEYED - {"\r"}) & set(spread)
    assert not OBEYED & set(tabbed)


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=3))
def test_every_row_has_every_cell_whatever_the_text(rows: list[list[str]]) -> None:
    made = grid(rows)
    assert {len(row) for row in csv.reader(io.StringIO("".join(csv_lines(made)), newline=""))} == {3}
    assert {line.count("\t") for line in "".join(tsv_lines(made)).splitlines()} == {2}


def test_csv_is_written_as_rfc_4180_says() -> None:
    made = Grid(("id", "year", "text"), (("v-b01", None, 'sa «ja», og "nei"'), ("v-b02", 2017, "to\nlinjer")))
    assert "".join(csv_lines(made)) == 'id,year,text\r\nv-b01,,"sa «ja», og ""nei"""\r\nv-b02,2017,"to\nlinjer"\r\n'


def test_tsv_is_written_one_line_a_row() -> None:
    made = Grid(("id", "year", "text"), (("v-b01", None, "a\tb\\c"), ("v-b02", 2017, "to\nlinjer")))
    assert "".join(tsv_lines(made)) == "id\tyear\ttext\nv-b01\t\ta\\tb\\\\c\nv-b02\t2017\tto\\nlinjer\n"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+47 22 00 00 00", "'+47 22 00 00 00"),
        ("- et krav", "'- et krav"),
        ("@sum", "'@sum"),
        ("\t=1+1", "'\t=1+1"),
        ("– sier Høie", "– sier Høie"),
        ("2 = 1 + 1", "2 = 1 + 1"),
        ("'sitat'", "'sitat'"),
    ],
    ids=["equals", "plus", "minus", "at", "tab", "dash", "inside", "apostrophe"],
)
def test_a_formula_gets_an_apostrophe(cell: str, written: str) -> None:
    assert "".join(csv_lines(Grid(("a", "b"), ((cell, "x"),)))) == f"a,b\r\n{written},x\r\n"


def test_numbers_are_not_mistaken_for_formulas() -> None:
    assert "".join(csv_lines(Grid(("a", "b"), ((-1, 0.5),)))) == "a,b\r\n-1,0.5\r\n"


# --- JSON ------------------------------------------------------------------------------------------------------------


@given(st.dictionaries(TEXT, TEXT | st.integers() | st.none() | st.lists(TEXT, max_size=3), max_size=3))
def test_json_reads_back_the_same_and_moves_no_cursor(data: object) -> None:
    text = to_json(data)
    assert json.loads(text) == data
    assert text.endswith("\n")
    assert not OBEYED & set(text)


@given(st.lists(st.fixed_dictionaries({"id": TEXT, "text": TEXT}), max_size=3))
def test_json_lines_reads_back_one_record_a_line(records: list[dict[str, str]]) -> None:
    text = to_jsonl(records)
    assert [json.loads(line) for line in text.splitlines()] == records
    assert not OBEYED & set(text)


def test_json_keeps_norwegian_letters_as_they_are() -> None:
    assert to_json({"text": "Sprøyterom «nå»"}) == '{\n  "text": "Sprøyterom «nå»"\n}\n'
    assert to_jsonl([{"a": "å"}, {"a": None}]) == '{"a": "å"}\n{"a": null}\n'
    assert to_jsonl([]) == ""


# --- Markdown --------------------------------------------------------------------------------------------------------

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class Page(HTMLParser):
    """What a reader of a page sees: the text of every cell, and which tags there are."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self._in_cell = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self._in_cell = True
            self.cells.append("")
        elif tag == "br" and self._in_cell:
            self.cells[-1] += "\n"
        assert attrs == []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def shown(*cells: str, role: str = QUOTE) -> Page:
    """The page made of one row of cells under the heads «Hode 0», «Hode 1» and so on."""
    heads = tuple(((Run(f"Hode {number}", STRONG),),) for number in range(len(cells)))
    row = SheetRow(tuple(((Run(cell, role),),) for cell in cells))
    return Page(GITHUB.render(to_markdown(Sheet("", heads, (row,)))))


def words(text: str) -> list[str]:
    return text.split()


@given(st.lists(TEXT, min_size=2, max_size=3), st.sampled_from([QUOTE, NOTE, STRONG, MATCH, SILENCE, ""]))
def test_a_markdown_cell_shows_its_words_and_nothing_else(cells: list[str], role: str) -> None:
    page = shown(*cells, role=role)
    assert page.tags <= {"table", "thead", "tbody", "tr", "th", "td", "br", "strong", "small"}
    assert [words(cell) for cell in page.cells[len(cells) :]] == [words(harmless(cell)) for cell in cells]


@pytest.mark.parametrize(
    "cell",
    [
        "a | b || c",
        "<script>alert(1)</script> <b>fet</b> <!-- borte -->",
        "=1+1",
        r"C:\mappe\fil \| slutt\\",
        "[x](http://example.org) ![bilde](x.png) [^1] [ ]",
        "**fet** _kursiv_ ~~strøket~~ `kode` ``to``",
        "&lt;script&gt; &amp; &#124; &nbsp;",
        "# overskrift",
        "- punkt",
        "1. punkt",
        "--- | ---",
        "<http://example.org>",
        "<br>",
    ],
    ids=[
        "bars", "tags", "formula", "backslashes", "links", "emphasis", "entities", "heading", "bullet", "number",
        "rule", "address", "line break tag",
    ],
)  # fmt: skip
def test_markup_in_a_document_is_shown_letter_by_letter(cell: str) -> None:
    assert shown("før", cell).cells == ["Hode 0", "Hode 1", "før", cell]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_line_break_in_a_cell_breaks_its_line_and_not_the_table(ending: str) -> None:
    page = shown("før", f"to{ending}linjer")
    assert page.cells == ["Hode 0", "Hode 1", "før", "to\nlinjer"]


def test_escape_sequences_do_not_reach_a_page() -> None:
    assert shown("før", "\x1b[31mrød\x9b0m").cells[-1] == f"{LOST}[31mrød{LOST}0m"


def test_a_match_inside_a_word_is_bold_and_the_word_whole() -> None:
    row = SheetRow((((Run("for", QUOTE), Run("behandling", MATCH), Run("en, ", QUOTE), Run("(LAR)", MATCH)),),))
    html = GITHUB.render(to_markdown(Sheet("", (((Run("Utsagn", STRONG),),),), (row,))))
    assert "<td>for<strong>behandling</strong>en, <strong>(LAR)</strong></td>" in html


def test_titles_groups_and_notes_are_harmless_too() -> None:
    row = SheetRow((((Run("x"),),),), title=(Run("a | b", STRONG), Run(" <i>", NOTE)), group="<u> # _g_")
    sheet = Sheet("Treff på «<script>» *", (((Run("Hode|", STRONG),),),), (row,), ("Ingen: [x](y) <hr>", "- punkt"))
    page = Page(GITHUB.render(to_markdown(sheet)))
    assert page.tags <= {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "small"}
    assert page.cells == ["", "Hode|", "a | b <i>", "x"]


def test_a_sheet_is_one_table_a_group() -> None:
    cell = ((Run("nei", SILENCE),),)
    rows = (
        SheetRow((cell, cell), title=(Run("Tvang", STRONG),), group="Behandle"),
        SheetRow((cell, cell), title=(Run("Bolig", STRONG),), group="Følge opp"),
    )
    heads = (((Run("Høyre", STRONG),),), ((Run("Venstre", STRONG),),))
    assert to_markdown(Sheet("H og V", heads, rows, ("Slutt.",))) == (
        "# H og V\n\n"
        "## Behandle\n\n"
        "|  | **Høyre** | **Venstre** |\n| --- | --- | --- |\n"
        "| **Tvang** | <small>nei</small> | <small>nei</small> |\n\n"
        "## Følge opp\n\n"
        "|  | **Høyre** | **Venstre** |\n| --- | --- | --- |\n"
        "| **Bolig** | <small>nei</small> | <small>nei</small> |\n\n"
        "Slutt.\n"
    )
