"""Tables that others made: every row that has a text and a party is read, every other is told with its line and why."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.importing.cells import Record, delimited_records
from rusq.importing.mend import mended
from rusq.importing.table import ActorRow, Columns, Table, read_table, resolved
from rusq.model import Actor
from rusq.rows import Row

ACTORS = {
    "H": Actor("H", "Høyre"),
    "Ap": Actor("Ap", "Arbeiderpartiet", aliases=("A", "DNA")),
    "KrF": Actor("KrF", "Kristelig Folkeparti"),
}


def read(text: str, name: str = "lofter.csv", columns: Columns | None = None, actor: str = "") -> Table:
    return read_table(text.encode(), name, columns, actor=actor)


def said(table: Table) -> list[tuple[str, str]]:
    return [(row.actor, row.text) for row in table.rows]


def told(table: Table) -> list[str]:
    return [str(problem) for problem in table.problems]


# --- how a table is written

HERRING = [("H", "Mer sild, takk."), ("V", "Færre sild; flere torsk.")]


@pytest.mark.parametrize(
    ("raw", "name", "encoding"),
    [
        pytest.param(
            'Parti;Tekst\r\nH;Mer sild, takk.\r\nV;"Færre sild; flere torsk."\r\n'.encode(), "a.csv", "UTF-8",
            id="semicolons and Windows line ends",
        ),
        pytest.param(
            'Parti;Tekst\r\nH;Mer sild, takk.\r\nV;"Færre sild; flere torsk."'.encode("latin-1"), "a.csv",
            "ISO-8859-1", id="Latin-1, no last line end",
        ),
        pytest.param(
            'Parti,Tekst\nH,"Mer sild, takk."\nV,Færre sild; flere torsk.\n'.encode("utf-8-sig"), "a.csv", "UTF-8",
            id="commas and a byte order mark",
        ),
        pytest.param(
            "Parti\tTekst\nH\tMer sild, takk.\nV\tFærre sild; flere torsk.\n".encode("utf-16"), "a.tsv", "UTF-16",
            id="tabs in UTF-16",
        ),
        pytest.param(
            "Parti|Tekst\nH|Mer sild, takk.\nV|Færre sild; flere torsk.\n".encode(), "a.csv", "UTF-8", id="bars"
        ),
        pytest.param(
            "\nParti;Tekst\n\nH;Mer sild, takk.\n \nV;\"Færre sild; flere torsk.\"\n\n".encode(), "a.csv", "UTF-8",
            id="blank lines",
        ),
        pytest.param(
            'sep=,\r\nParti,Tekst\r\nH,"Mer sild, takk."\r\nV,Færre sild; flere torsk.\r\n'.encode(), "a.csv",
            "UTF-8", id="a delimiter that the first line names",
        ),
        pytest.param(
            '{"Parti":"H","Tekst":"Mer sild, takk."}\n\n{"Tekst":"Færre sild; flere torsk.","Parti":"V"}'.encode(),
            "a.jsonl", "UTF-8", id="JSON Lines",
        ),
        pytest.param(
            '{"Parti":"H","Tekst":"Mer sild, takk."}\n{"Tekst":"Færre sild; flere torsk.","Parti":"V"}'.encode(),
            "a.txt", "UTF-8", id="JSON Lines under another name",
        ),
    ],
)  # fmt: skip
def test_a_table_is_read_however_it_is_written(raw: bytes, name: str, encoding: str) -> None:
    table = read_table(raw, name)
    assert said(table) == HERRING
    assert (table.problems, table.encoding) == ((), encoding)


CELL = st.text(st.sampled_from('ab;,"\n æ|'), max_size=6).map(lambda text: text.strip(" "))
GRID = st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4)


@given(GRID, st.sampled_from(";,|"))
def test_what_pythons_csv_module_writes_with_quotes_reads_back_the_same(rows: list[list[str]], sign: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found = list(delimited_records(written.getvalue(), sign, "x.csv"))
    lines = [1 + sum(1 + "".join(row).count("\n") for row in rows[:at]) for at in range(len(rows))]
    assert found == [Record(line, row) for line, row in zip(lines, rows, strict=True)]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        pytest.param('H;"Han sa ""hei"" og gikk";1', ["H", 'Han sa "hei" og gikk', "1"], id="doubled quotes"),
        pytest.param('H; "Hei; og hå" ;1', ["H", "Hei; og hå", "1"], id="spaces around quotes"),
        pytest.param('H;"Ja" sa han;1', ["H", '"Ja" sa han', "1"], id="quotes that are a part of the text"),
        pytest.param('H;en 15" skjerm;1', ["H", 'en 15" skjerm', "1"], id="inches"),
        pytest.param('H;"aldri lukket;1', ["H", '"aldri lukket', "1"], id="a quote that is never closed"),
        pytest.param('"";"";', ["", "", ""], id="nothing in quotes"),
    ],
)
def test_quotes_come_off_only_where_they_hold_a_whole_cell(line: str, cells: list[str]) -> None:
    assert list(delimited_records(f"{line}\nV;b;2\n", ";", "x.csv")) == [Record(1, cells), Record(2, ["V", "b", "2"])]


# --- rows that are not as they should be


def test_a_line_break_in_quotes_is_a_space_and_the_lines_are_counted_on() -> None:
    table = read('Parti;Tekst;Side\nH;"Mer sild\n\nog mer torsk.";1\nV;Ingen sild.;2\n')
    assert said(table) == [("H", "Mer sild og mer torsk."), ("V", "Ingen sild.")]
    assert [row.line for row in table.rows] == [2, 5]


def test_an_open_quote_does_not_swallow_the_rows_after_it() -> None:
    table = read('Parti;Tekst;Side\nH;"Mer sild.;1\nV;Ingen sild.;2\nKrF;"Litt sild.;3\nH;Mest sild.;4\n')
    assert said(table) == [("H", '"Mer sild.'), ("V", "Ingen sild."), ("KrF", '"Litt sild.'), ("H", "Mest sild.")]


def test_a_text_in_quotes_may_hold_delimiters_and_line_breaks() -> None:
    table = read('Parti;Tekst;Side\nH;"Mer; sild\nog; mer torsk";1\nV;Ingen sild.;2\n')
    assert said(table) == [("H", "Mer; sild og; mer torsk"), ("V", "Ingen sild.")]


def test_rows_may_have_a_cell_more_or_less_than_the_header_names() -> None:
    table = read(
        "Parti;Tekst;Emne;Side;\nH;Mer sild.;FISK;1;\nV;Mer torsk.;FISK;2\nH;Mest hyse.;FISK;3;?\nV;Litt uer.\n"
    )
    assert said(table) == [("H", "Mer sild."), ("V", "Mer torsk."), ("H", "Mest hyse."), ("V", "Litt uer.")]
    assert [row.page for row in table.rows] == [1, 2, 3, None]
    assert table.problems == ()


RAGGED = "Parti;Tekst;Nytt;Side\nH;Mer sild.;Ja;1\nV;Mer torsk.;Nei;2\n"


def test_delimiters_in_a_text_without_quotes_stay_in_the_text() -> None:
    table = read(RAGGED + "H;Mer uer; mer laks; mer makrell.;Nei;7\n")
    assert (table.rows[2].text, table.rows[2].page) == ("Mer uer; mer laks; mer makrell.", 7)
    assert told(table) == ["lofter.csv:4: the text holds ';' without quotes; joined"]
    assert table.problems[0].doubt


def test_what_stands_behind_the_last_column_is_not_text() -> None:
    table = read(RAGGED + "H;Mer uer.;Nei;7;sjekk dette\n")
    assert (table.rows[2].text, table.rows[2].page) == ("Mer uer.", 7)
    assert told(table) == ["lofter.csv:4: what stands behind the last column is left out: 'sjekk dette'"]


def test_delimiters_in_a_text_that_is_the_last_column_stay_in_it() -> None:
    assert said(read("Parti;Tekst\nH;Sild; torsk; uer.\n")) == [("H", "Sild; torsk; uer.")]


def test_a_row_with_too_many_cells_to_tell_the_text_is_left_out_with_its_line() -> None:
    table = read("Parti;Tekst;Merknad\nH;Mer sild.;a\nV;Mer torsk.;b\nH;Mer uer; mer laks;c, d\n")
    assert said(table) == [("H", "Mer sild."), ("V", "Mer torsk.")]
    assert told(table) == ["lofter.csv:4: 4 cells under 3 columns, and no telling which are the text; put it in quotes"]
    assert not table.problems[0].doubt


def test_a_line_break_in_a_text_without_quotes_is_mended() -> None:
    table = read(RAGGED + "V;Mer uer\nog mer\nlaks.;Nei;12\nH;Mer hyse.;Ja;3\n")
    assert said(table)[2:] == [("V", "Mer uer og mer laks."), ("H", "Mer hyse.")]
    assert [(row.line, row.page) for row in table.rows[2:]] == [(4, 12), (7, 3)]
    assert told(table) == ["lofter.csv:4: the text goes on in line 6 without quotes; joined"]


def test_short_rows_are_not_run_together() -> None:
    table = read(RAGGED + "V;Mer uer.\nH;Mer hyse.;Ja;3\nV;Mer laks.\nH;Mer brosme.;3\n")
    assert said(table)[2:] == [("V", "Mer uer."), ("H", "Mer hyse."), ("V", "Mer laks."), ("H", "Mer brosme.")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param("H;;Ja;1", "no text", id="no text"),
        pytest.param("H; … ;Ja;1", "no text", id="a text of signs only"),
        pytest.param(" ;Mer uer.;Ja;1", "no actor", id="no party"),
        pytest.param(";;;", "an empty row", id="nothing at all"),
        pytest.param("H;" + "uer " * 30_000 + ";Ja;1", "a text of 119999 characters is no statement", id="a book"),
        pytest.param("H;" + "u" * 1_000_001, "a line of 1000003 characters is no row of a table", id="a huge line"),
    ],
)
def test_a_row_that_can_be_no_statement_is_left_out_with_its_line(row: str, why: str) -> None:
    table = read(f"{RAGGED}{row}\nH;Mer hyse.;Ja;3\n")
    assert said(table) == [("H", "Mer sild."), ("V", "Mer torsk."), ("H", "Mer hyse.")]
    assert told(table) == [f"lofter.csv:4: {why}"]
    assert not table.problems[0].doubt


ROWS = st.lists(
    st.sampled_from(["H;Mer uer.;Ja;1", "V;;Ja;2", ";;;", "Ap;Litt laks;;", ";Mer uer.;Nei;3", "H;a;b;c;d", "KrF;x"]),
    max_size=8,
)


@given(ROWS)
def test_every_row_is_taken_or_told(rows: list[str]) -> None:
    table = read(RAGGED + "".join(f"{row}\n" for row in rows))
    lost = [problem.line for problem in table.problems if not problem.doubt]
    assert sorted([*(row.line for row in table.rows), *lost]) == list(range(2, 4 + len(rows)))


# --- cells


def test_letters_stay_as_they_are_and_white_space_is_made_single_spaces() -> None:
    (row,) = read("Parti;Tekst\nFrP ;  Mer\u00a0 sild –  «takk» til a\u030all \n").rows
    assert row == ActorRow("FrP", "Mer sild – «takk» til åll", 2)


@given(st.text())
def test_cells_hold_what_every_importer_makes_of_their_text(text: str) -> None:
    line = json.dumps({"party": "H", "text": "a" + text})
    assert read(line, "a.jsonl").rows[0].text == mended(json.loads(line)["text"])


def test_signs_of_windows_that_came_over_as_control_characters_are_themselves_again() -> None:
    (row,) = read("Parti;Tekst\nH;Derfor \x85 vil vi \x96 og \x93I\x94 skal\n").rows
    assert row.text == "Derfor … vil vi – og “I” skal"


@pytest.mark.parametrize(
    ("said", "date"),
    [
        pytest.param("2025-09-08", "2025-09-08", id="ISO"),
        pytest.param("2025-09-08T12:30:00Z", "2025-09-08", id="ISO with a time"),
        pytest.param("20250908", "2025-09-08", id="ISO without hyphens"),
        pytest.param("8.9.2025", "2025-09-08", id="Norwegian"),
        pytest.param("08. 09. 2025 kl. 12", "2025-09-08", id="Norwegian with a time"),
        pytest.param("2009–2013", "2009", id="a period"),
        pytest.param("8/9/2025", "2025", id="day or month first"),
        pytest.param("31.02.2020", "2020", id="a day that is not"),
        pytest.param("våren 1998", "1998", id="a year in words"),
        pytest.param("", "", id="none"),
    ],
)
def test_a_date_is_an_iso_date_or_a_year(said: str, date: str) -> None:
    table = read(f"Parti;Tekst;Dato\nH;Mer sild.;{said}\n")
    assert (table.rows[0].date, table.problems) == (date, ())


def test_a_date_that_cannot_be_read_is_a_doubt_and_the_row_stays() -> None:
    table = read("Parti;Tekst;Dato\nH;Mer sild.;snart\n")
    assert (table.rows[0].date, told(table)) == ("", ["lofter.csv:2: the date 'snart' cannot be read"])
    assert table.problems[0].doubt


@pytest.mark.parametrize(
    ("said", "page"),
    [
        pytest.param("12", 12, id="a number"),
        pytest.param("s. 12", 12, id="with its word"),
        pytest.param("12–13", 12, id="several"),
        pytest.param("xii", None, id="Roman"),
        pytest.param("123456789", None, id="no page"),
    ],
)
def test_a_page_is_the_first_number_named(said: str, page: int | None) -> None:
    assert read(f"Parti;Tekst;Side\nH;Mer sild.;{said}\n").rows[0].page == page


# --- JSON Lines


def test_lines_that_are_no_json_objects_are_told() -> None:
    table = read('{"party":"H","text":"Mer sild."}\n[1]\n{"party":\n"tekst"\n', "a.jsonl")
    assert said(table) == [("H", "Mer sild.")]
    assert told(table) == [
        "a.jsonl:2: a JSON value, but not an object with a name for each value",
        "a.jsonl:3: not JSON: Expecting value",
        "a.jsonl:4: a JSON value, but not an object with a name for each value",
    ]


def test_values_within_objects_are_named_with_a_point() -> None:
    line = '{"by":{"party":"H","name":"Kari"},"text":["Mer sild","mer torsk"],"year":2013.0,"page":7,"topic":null}'
    (row,) = read(line, "a.jsonl", Columns(actor="by.party", speaker="by.name")).rows
    assert row == ActorRow("H", "Mer sild, mer torsk", 1, "2013", 7, "", "Kari")


def test_a_line_break_of_unicode_is_no_end_of_a_line() -> None:
    table = read('{"party":"H","text":"Mer\u2028sild"}\n{"party":"V","text":"x"}\n', "a.jsonl")
    assert [(row.line, row.text) for row in table.rows] == [(1, "Mer sild"), (2, "x")]


# --- which column is which


@pytest.mark.parametrize(
    ("head", "taken"),
    [
        pytest.param(
            "Parti;Løftetekst;Generelt;Emner;Kilde;Side",
            {"actor": "Parti", "text": "Løftetekst", "section": "Emner", "page": "Side"},
            id="Norwegian",
        ),
        pytest.param(
            "party_name;STATEMENT;Topic;Page No;date;Speaker",
            {"actor": "party_name", "text": "STATEMENT", "section": "Topic", "page": "Page No", "date": "date",
             "speaker": "Speaker"},
            id="English",
        ),
        pytest.param("Partinavn;Loftetekst;Ar;x;y;z", {"actor": "Partinavn", "text": "Loftetekst", "date": "Ar"},
                     id="ASCII"),
        pytest.param("Lovtekst;Parti;;;;", {"actor": "Parti", "text": "Lovtekst"}, id="a compound, and names missing"),
        pytest.param(
            "text;answered_by_party;party;year;date;session",
            {"actor": "party", "text": "text", "date": "date"},
            id="the plain name before one with others in it",
        ),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(head: str, taken: dict[str, str]) -> None:
    table = read(f"{head}\na b c;H;V;1;2;3\n")
    assert (dict(table.columns), dict(table.guessed)) == (taken, taken)


def test_of_several_columns_with_text_the_longest_is_taken() -> None:
    table = read("Parti;Tekst;Forslag\nH;Sild;Vi vil ha mer sild i alle fjorder.\nV;Torsk;Nei.\n")
    assert table.columns["text"] == "Forslag"


def test_what_the_user_names_goes_before_what_is_guessed_and_is_no_guess() -> None:
    table = read("Parti;Tekst;Forslag\nH;Mer sild i alle fjorder.;Sild\n", columns=Columns(text="forslag"))
    assert (said(table), dict(table.guessed)) == ([("H", "Sild")], {"actor": "Parti"})


def test_columns_can_be_named_by_number_where_there_is_no_header() -> None:
    table = read("H;1;Mer sild i alle fjorder.\nV;2;Mer torsk.\n", columns=Columns(text="3", actor="1", page="2"))
    assert [(row.line, row.actor, row.text, row.page) for row in table.rows] == [
        (1, "H", "Mer sild i alle fjorder.", 1),
        (2, "V", "Mer torsk.", 2),
    ]
    assert dict(table.guessed) == {}


def test_a_header_is_none_of_the_rows_where_columns_are_named_by_number() -> None:
    assert said(read("Fra;Hva\nH;Mer sild.\nV;Mer torsk.\n", columns=Columns(text="2", actor="1"))) == [
        ("H", "Mer sild."),
        ("V", "Mer torsk."),
    ]


@pytest.mark.parametrize("columns", [None, Columns(text="Hva", actor="Parti")], ids=["known", "named"])
def test_a_header_may_stand_below_a_title(columns: Columns | None) -> None:
    head = "Parti;Tekst" if columns is None else "Parti;Hva"
    table = read(f"Løfter, 2025\nsamlet av oss;\n\n{head}\nH;Mer sild.\nV;Torsk, uer.\nH;Ål.\n", columns=columns)
    assert said(table) == [("H", "Mer sild."), ("V", "Torsk, uer."), ("H", "Ål.")]
    assert told(table) == ["lofter.csv:1: above the header", "lofter.csv:2: above the header"]


def test_who_speaks_can_be_said_for_a_table_of_one_column() -> None:
    assert said(read("Tekst\nMer sild, mer torsk; alltid.\nNei!\n", actor="H")) == [
        ("H", "Mer sild, mer torsk; alltid."),
        ("H", "Nei!"),
    ]


def test_commas_in_a_column_of_texts_part_nothing() -> None:
    assert said(read("Tekst\nSild, takk.\nTorsk, takk.\nUer, takk.\n", actor="H"))[0] == ("H", "Sild, takk.")


def test_who_speaks_in_all_of_it_speaks_only_where_the_row_names_nobody() -> None:
    assert said(read("Parti;Tekst\nV;Sild.\n;Torsk.\n", actor="H")) == [("V", "Sild."), ("H", "Torsk.")]


# --- what is no table


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        pytest.param("", None, "'lofter.csv' is empty; expected a table with a statement a row", id="empty"),
        pytest.param(" \n\n", None, "'lofter.csv' is empty; expected a table with a statement a row", id="blank lines"),
        pytest.param(
            "H;Mer sild i alle fjorder.\nV;Nei.\n",
            None,
            "no column of 'lofter.csv' is clearly the text; name it with --text-column NAME or, where there is no "
            "header, NUMBER; its columns: 1 'H', 2 'Mer sild i alle fjorder.'",
            id="no header",
        ),
        pytest.param(
            "Tekst\nMer sild.\n",
            None,
            "no column of 'lofter.csv' is clearly the actor; name it with --actor-column NAME or NUMBER, or say with "
            "--actor who speaks in all of it; its columns: 1 'Tekst'",
            id="one column",
        ),
        pytest.param(
            "Parti;Tekst\nH;Sild\n",
            Columns(text="Løfte"),
            "no column 'Løfte' in 'lofter.csv'; its columns: 1 'Parti', 2 'Tekst'",
            id="a column that is not there",
        ),
        pytest.param(
            "Parti;Tekst\nH;Sild\n",
            Columns(text="3"),
            "no column '3' in 'lofter.csv'; its columns: 1 'Parti', 2 'Tekst'",
            id="a number too high",
        ),
        pytest.param(
            "Parti;Parti;Tekst\nH;Høyre;Sild\n",
            None,
            "columns 1 and 2 of 'lofter.csv' may both be the actor; name one with --actor-column NUMBER",
            id="two columns for the actor",
        ),
        pytest.param(
            "Parti;Tekst;tekst\nH;Sild;Torsk\n",
            Columns(text="TEKST"),
            "columns 2 and 3 of 'lofter.csv' are both called 'TEKST'; name one by number",
            id="a name that two columns have",
        ),
        pytest.param(
            "Parti;Tekst\nH;\n;Sild\n",
            None,
            "no row of 'lofter.csv' has both a text and an actor; lofter.csv:2: no text",
            id="no row",
        ),
        pytest.param(
            "a" * 1_000_001,
            None,
            "lofter.csv:1: a line of 1000001 characters is no row of a table; a table is expected to begin with "
            "the names of its columns",
            id="one huge line",
        ),
        pytest.param(
            "{\n[1]\n",
            None,
            "lofter.csv:1: not JSON: Expecting property name enclosed in double quotes: no line is a JSON object "
            "with a name for each value",
            id="no JSON object",
        ),
        pytest.param(
            '{"party":' * 100_000,
            None,
            "lofter.csv:1: not JSON: nested too deeply, or a number that is too long: no line is a JSON object with a "
            "name for each value",
            id="JSON as deep as the sea",
        ),
    ],
)
def test_what_is_no_table_gets_one_clear_line(text: str, columns: Columns | None, message: str) -> None:
    with pytest.raises(RusqError) as caught:
        read(text, columns=columns)
    assert str(caught.value) == message


def test_a_table_with_a_nul_byte_is_refused() -> None:
    with pytest.raises(RusqError, match="NUL"):
        read_table(b"Parti;Tekst\nH;Si\0ld\n", "a.csv")


def test_columns_of_the_same_name_and_the_same_values_are_one() -> None:
    assert said(read("Parti;Parti;Tekst\nH;h;Sild\n")) == [("H", "Sild")]


# --- who speaks


def test_names_of_actors_are_known_however_they_are_written() -> None:
    table = read(
        "Parti;Tekst;Side\nA;en;1\nDNA;to;2\nap;tre;3\n Krf ;fire;4\nHØYRE;fem;5\nHøyre (H);seks;6\nUnionen;sju;7\n"
        "Høyre (Ap);åtte;8\nUnionen;ni;9\n"
    )
    rows, unknown = resolved(table, ACTORS)
    assert rows == [
        Row("Ap", "en", page=1),
        Row("Ap", "to", page=2),
        Row("Ap", "tre", page=3),
        Row("KrF", "fire", page=4),
        Row("H", "fem", page=5),
        Row("H", "seks", page=6),
    ]
    assert unknown == {"Unionen": [8, 10], "Høyre (Ap)": [9]}


def test_progress_is_told_in_rows() -> None:
    calls: list[tuple[int, int]] = []
    read_table(b"Parti;Tekst\n" + b"H;Sild.\n" * 10_001, "a.csv", None, lambda done, of: calls.append((done, of)))
    assert calls == [(0, 10_001), (10_000, 10_001), (10_001, 10_001)]
