"""Tables as a corpus keeps them: what is written reads back the same, and every faulty row is told with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.model import Problem, Source, Statement
from rusq.rows import Placed, Row, cell, kept_rows, parse_rows, read_rows

H = Source("h-lofter", "H", "lofter.tsv", year=2013)
V = Source("v-lofter", "V", "lofter.tsv")

ROWS = [
    Row("V", "Vi vil dele ut kaker på torget.", "2025-09-08", 12, "Mat", "Venstre vil", "Kari Nordmann"),
    Row("H", "Flere benker i parken!"),
    Row("V", "Ingen skal fryse på bussen.", "2024"),
]
KEPT = (
    "actor\tdate\tpage\tsection\tlead_in\tspeaker\ttext\n"
    "V\t2025-09-08\t12\tMat\tVenstre vil\tKari Nordmann\tVi vil dele ut kaker på torget.\n"
    "H\t\t\t\t\t\tFlere benker i parken!\n"
    "V\t2024\t\t\t\t\tIngen skal fryse på bussen.\n"
)

ANY = st.text(st.characters() | st.sampled_from(" \t\n\r\x00\x85\u2028\ufeff\u202eæøå\xad"), max_size=12)
FILLED = ANY.filter(lambda text: cell(text) != "")
DATES = st.sampled_from(["", "1998", "2025-09", "2025-09-08"])
PAGES = st.none() | st.integers(0, 9999)
ANY_ROWS = st.lists(st.builds(Row, FILLED, FILLED, DATES, PAGES, ANY, ANY, ANY), max_size=6)


def problems(text: str, *sources: Source) -> list[str]:
    return [str(problem) for problem in parse_rows(text, sources or (H, V)).problems]


def tidied(row: Row) -> Row:
    return row._replace(
        actor=cell(row.actor),
        text=cell(row.text),
        section=cell(row.section),
        lead_in=cell(row.lead_in),
        speaker=cell(row.speaker),
    )


# --- written


def test_rows_are_kept_as_a_line_each_under_the_names_of_the_columns() -> None:
    assert kept_rows(ROWS) == KEPT


def test_columns_that_no_row_fills_are_left_out() -> None:
    assert kept_rows([Row("H", "Flere benker."), Row("V", "Færre benker.", page=3)]) == (
        "actor\tpage\ttext\nH\t\tFlere benker.\nV\t3\tFærre benker.\n"
    )


def test_no_rows_are_a_table_all_the_same() -> None:
    assert kept_rows([]) == "actor\ttext\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("to\tord", "to ord", id="a tab"),
        pytest.param(" første\r\n andre  tredje ", "første andre tredje", id="line breaks and double spaces"),
        pytest.param("første\x85andre\u2028tredje\x0bfjerde", "første andre tredje fjerde", id="rare line breaks"),
        pytest.param("\x1b[31mrød\x1b[0m\x00", "[31mrød[0m", id="escape sequences and a NUL"),
        pytest.param("abc\u202efdp", "abcfdp", id="a mark that turns the direction"),
        pytest.param("a \x00 b", "a b", id="a control character between spaces"),
        pytest.param("halv \ud83d bokstav", "halv \ufffd bokstav", id="half of a pair, which no file can hold"),
        pytest.param("på «ordentlig» – 50 % \U0001f600", "på «ordentlig» – 50 % \U0001f600", id="letters and signs"),
    ],
)
def test_a_cell_holds_letters_and_single_spaces(text: str, kept: str) -> None:
    assert cell(text) == kept


@given(st.text())
def test_a_cell_made_plain_stays_as_it_is(text: str) -> None:
    made = cell(text)
    assert cell(made) == made
    assert not {"\t", "\n", "\r", "\x00", "\x1b", "\x85"} & set(made)
    made.encode("utf-8")


# --- read back


@given(ANY_ROWS)
def test_what_is_kept_reads_back_the_same(rows: list[Row]) -> None:
    kept = kept_rows(rows)
    found = [placed for placed in read_rows(kept, "x.tsv") if isinstance(placed, Placed)]
    assert [placed.row for placed in found] == [tidied(row) for row in rows]
    assert [placed.line for placed in found] == list(range(2, len(rows) + 2))
    assert all(kept[placed.start : placed.end] == placed.row.text for placed in found)


@given(ANY_ROWS)
def test_every_row_is_a_statement_of_its_actors_source(rows: list[Row]) -> None:
    kept = kept_rows(rows)
    actors = list(dict.fromkeys(cell(row.actor) for row in rows))
    sources = [Source(f"s{number}", actor, "x.tsv") for number, actor in enumerate(actors)]
    parsed = parse_rows(kept, sources)
    assert parsed.problems == ()
    for source in sources:
        statements = parsed.documents[source.id].statements
        assert [s.text for s in statements] == [cell(row.text) for row in rows if cell(row.actor) == source.actor]
        assert all(kept[s.start : s.end] == s.text for s in statements)


def test_a_source_takes_the_rows_of_its_actor_and_counts_them() -> None:
    assert parse_rows(KEPT, [H, V]).documents["v-lofter"].statements == (
        Statement("v-lofter-b01", "V", "v-lofter", 2025, "bullet", 2, 12, 91, 122,
                  "Vi vil dele ut kaker på torget.", "Mat", "Venstre vil", "Kari Nordmann"),
        Statement("v-lofter-b02", "V", "v-lofter", 2024, "bullet", 4, None, 164, 191, "Ingen skal fryse på bussen."),
    )  # fmt: skip


def test_a_row_without_a_date_has_the_year_of_its_source() -> None:
    (statement,) = parse_rows(KEPT, [H, V]).documents["h-lofter"].statements
    assert (statement.id, statement.year, statement.line) == ("h-lofter-b01", 2013, 3)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("text\tactor\tpage\nFlere benker.\tH\t7\n", id="columns in another order"),
        pytest.param("actor\ttext\tpage\r\nH\tFlere benker.\t7\r\n", id="Windows line ends"),
        pytest.param("actor\tpage\ttext\r\nH\t7\tFlere benker.\r\n", id="Windows line ends after the text"),
        pytest.param("\ufeffactor\tpage\ttext\nH\t7\tFlere benker.", id="a byte order mark, no last line end"),
        pytest.param("actor\tpage\ttext\nH \t 7\t  Flere benker. \n", id="spaces around the cells"),
        pytest.param("actor\tpage\ttext\n\nH\t7\tFlere benker.\n\n", id="empty lines"),
    ],
)
def test_a_table_mended_by_hand_reads_as_it_is_meant(text: str) -> None:
    parsed = parse_rows(text, [H])
    (statement,) = parsed.documents["h-lofter"].statements
    assert parsed.problems == ()
    assert (statement.text, statement.page) == ("Flere benker.", 7)
    assert text[statement.start : statement.end] == "Flere benker."


# --- faults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("actor\ttext\nH\n", "lofter.tsv:2: 1 cells in a row of a table of 2 columns", id="too short"),
        pytest.param("actor\ttext\nH\ta\tb\n", "lofter.tsv:2: 3 cells in a row of a table of 2 columns", id="too long"),
        pytest.param("actor\ttext\nH\t \n", "lofter.tsv:2: a row without text", id="no text"),
        pytest.param("actor\ttext\nSp\tNei.\n", "lofter.tsv:2: no source of this table is by 'Sp'", id="no source"),
        pytest.param(
            "actor\tpage\ttext\nH\tsju\tNei.\n",
            "lofter.tsv:2: the page 'sju' should be a whole number",
            id="a page in words",
        ),
        pytest.param(
            "actor\tdate\ttext\nH\t8.9.2025\tNei.\n",
            "lofter.tsv:2: the date '8.9.2025' should be a year, or like 2025-09-08",
            id="a date of another kind",
        ),
        pytest.param(
            "text\nNei.\n",
            "lofter.tsv:1: no column 'actor'; the first line names the columns, "
            "of actor, date, page, section, lead_in, speaker, text",
            id="no actors",
        ),
        pytest.param(
            "actor\tparty\ttext\nH\tH\tNei.\n",
            "lofter.tsv:1: unknown column 'party'; known: actor, date, page, section, lead_in, speaker, text",
            id="a column that is none",
        ),
        pytest.param("actor\ttext\ttext\nH\ta\tb\n", "lofter.tsv:1: two columns 'text'", id="a column twice"),
        pytest.param(
            "",
            "lofter.tsv:1: no column 'actor'; the first line names the columns, "
            "of actor, date, page, section, lead_in, speaker, text",
            id="nothing at all",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, told: str) -> None:
    assert problems(text) == [told]


def test_a_faulty_row_hides_no_other() -> None:
    text = "actor\ttext\nH\tFørst.\nH\nSp\tNei.\nH\tSist.\n"
    parsed = parse_rows(text, [H])
    assert [s.text for s in parsed.documents["h-lofter"].statements] == ["Først.", "Sist."]
    assert [problem.line for problem in parsed.problems] == [3, 4]


def test_two_sources_cannot_take_the_same_rows() -> None:
    twin = H._replace(id="h-igjen")
    assert problems(KEPT, H, V, twin) == ["lofter.tsv:1: the rows of H are of 'h-lofter' and of 'h-igjen'"]


def test_problems_bear_the_name_that_the_caller_gives() -> None:
    assert parse_rows("", [H], "mappe/lofter.tsv").problems[0].file == "mappe/lofter.tsv"
    assert next(p for p in read_rows("actor\ttext\nH\n", "a.tsv") if isinstance(p, Problem)).file == "a.tsv"
