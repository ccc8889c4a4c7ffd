"""Tables for people: every word whole and in order at every width, columns where they fit."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rusq.layout import lay_out, width_of, wrap
from rusq.sheet import MATCH, NOTE, QUOTE, SILENCE, STRONG, Cell, Line, Run, Sheet, SheetRow
from rusq.terminal import plain

ROLES = st.sampled_from([QUOTE, MATCH, NOTE, STRONG, SILENCE, ""])
WIDTHS = st.integers(40, 200)
# Every cell's words begin with a sign of its own, so that they can be told apart where cells stand side by side.
SIGNS = "abcdefghijklmnopqrstuvwxyzæøåäöéèüñßðþαβγδεζηθικλμνξπρστυφχψω"
TEXTS = st.text("aeinrstæøåé-.,/:%()«»–…漢字🥬\u030a \u00a0" + " " * 6, max_size=60)
LONG = st.sampled_from(["", "", "", " " + "ø" * 30, "x" * 60, "-" * 210])


@st.composite
def lines(draw: st.DrawFn, sign: str) -> Line:
    """One line of words that begin with `sign`, cut anywhere into runs: a word may be half marked."""
    text = re.sub(r"(\S+)", sign + r"\1", draw(TEXTS) + draw(LONG))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=3)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return tuple(Run(piece, draw(ROLES)) for piece in pieces if piece)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A sheet as the program makes them: a list with a main column, a comparison with titled rows, facts."""
    signs = iter(SIGNS)

    def cell() -> Cell:
        sign = next(signs)
        return tuple(draw(lines(sign)) for _ in range(draw(st.integers(1, 2))))

    shape = draw(st.sampled_from(["list", "comparison", "facts"]))
    columns = 2 if shape == "facts" else draw(st.integers(1, 4))
    heads = () if shape == "facts" else tuple((draw(lines(next(signs))),) for _ in range(columns))
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        title = draw(lines(next(signs))) if shape == "comparison" else ()
        group = draw(st.sampled_from(["", "BEHANDLE", "FØLGE OPP"])) if shape != "facts" else ""
        rows.append(SheetRow(tuple(cell() for _ in range(columns)), title, group))
    main = None if shape == "comparison" else draw(st.integers(0, columns - 1))
    labelled = shape == "list" and draw(st.booleans())
    texts = [text_of(draw(lines(next(signs)))) for _ in range(2)]
    return Sheet(texts[0], heads, tuple(rows), (texts[1],), main, labelled)


def apart(text: str) -> list[str]:
    """The words of a text as lines break: a no-break space keeps two words one."""
    return [word.strip() for word in re.findall(r"[^ \t\n\r\f\v]+", text) if word.strip()]


def text_of(line: Line) -> str:
    return "".join(run.text for run in line)


def words_of(cell: Cell) -> list[str]:
    return [word for line in cell for word in apart(text_of(line))]


def pieces(sheet: Sheet) -> list[list[str]]:
    """The words of each cell, title and note: what must be printed whole and in order."""
    titles = [[line for line in (row.title,) if line] for row in sheet.rows]
    texts = [apart(text) for text in (sheet.title, *sheet.notes)]
    return [words_of(cell) for row in sheet.rows for cell in row.cells] + [words_of(tuple(t)) for t in titles] + texts


def printed(sheet: Sheet, width: int) -> list[str]:
    return plain(lay_out(sheet, width)).splitlines()


@given(sheets(), WIDTHS)
def test_every_cell_is_printed_whole_and_in_order(sheet: Sheet, width: int) -> None:
    tokens = [word for line in printed(sheet, width) for word in apart(line)]
    for words in pieces(sheet):
        assert [token for token in tokens if words and token[0] == words[0][0]] == words


@given(sheets(), WIDTHS)
def test_no_word_is_cut_or_run_together_with_another(sheet: Sheet, width: int) -> None:
    known = {word for words in pieces(sheet) for word in words}
    known.update(word for head in sheet.heads for word in words_of(head))
    known.update(("BEHANDLE", "FØLGE", "OPP", "·"))
    tokens = {word for line in printed(sheet, width) for word in apart(line)}
    assert {token for token in tokens - known if token.strip("─")} == set()


@given(sheets(), WIDTHS)
def test_no_line_is_wider_than_it_may_be_unless_one_word_is(sheet: Sheet, width: int) -> None:
    wide = [line for line in printed(sheet, width) if width_of(line) > width]
    assert [line for line in wide if len(apart(line)) > 1] == []


@given(sheets(), WIDTHS)
def test_no_line_ends_in_blanks(sheet: Sheet, width: int) -> None:
    assert [line for line in printed(sheet, width) if line.endswith(" ")] == []


@given(lines("x"), st.integers(1, 80))
def test_wrapping_keeps_words_roles_and_width(line: Line, width: int) -> None:
    wrapped = list(wrap(line, width))
    assert [word for part in wrapped for word in apart(text_of(part))] == apart(text_of(line))
    for role in (MATCH, NOTE, QUOTE):
        kept = "".join(run.text for part in wrapped for run in part if run.role == role)
        assert "".join(kept.split()) == "".join("".join(run.text for run in line if run.role == role).split())
    for part in wrapped:
        assert width_of(text_of(part)) <= width or len(apart(text_of(part))) == 1


# --- what it looks like ----------------------------------------------------------------------------------------------


def cell(*texts: str) -> Cell:
    return tuple((Run(text),) for text in texts)


COMPARISON = Sheet(
    "Høyre og Venstre",
    (cell("Høyre", "2 tekster"), cell("Venstre", "1 tekst")),
    (
        SheetRow((cell("Åpne for mer rusbehandling"), cell("(ikke nevnt)")), (Run("Tvang"),), "Behandle"),
        SheetRow((cell("Trygg bosituasjon"), cell("Flere boliger med bemanning")), (Run("Bolig"),), "Følge opp"),
    ),
    ("Ingen av dem nevner: Naltrekson.",),
)
LIST = Sheet(
    "2 utsagn",
    (cell("Aktør"), cell("Utsagn"), cell("Kilde")),
    (
        SheetRow(
            (cell("H 2017"), cell("Ha forsøk med skadebegrensende tiltak for svært tunge brukere."), cell("h2017-b15"))
        ),
        SheetRow((cell("V"), cell("Kort."), cell("v-b01"))),
    ),
    main=1,
)


def test_columns_stand_side_by_side_where_they_fit() -> None:
    assert plain(lay_out(COMPARISON, 51)) == (
        "Høyre og Venstre\n"
        "\n"
        "── BEHANDLE ───────────────────────────────────────\n"
        "Høyre                      Venstre\n"
        "2 tekster                  1 tekst\n"
        "────────────────────────   ────────────────────────\n"
        "Tvang\n"
        "Åpne for mer               (ikke nevnt)\n"
        "rusbehandling\n"
        "\n"
        "── FØLGE OPP ──────────────────────────────────────\n"
        "Høyre                      Venstre\n"
        "2 tekster                  1 tekst\n"
        "────────────────────────   ────────────────────────\n"
        "Bolig\n"
        "Trygg bosituasjon          Flere boliger med\n"
        "                           bemanning\n"
        "\n"
        "Ingen av dem nevner: Naltrekson.\n"
    )


def test_columns_stand_below_one_another_where_it_is_narrow() -> None:
    assert plain(lay_out(COMPARISON, 50)) == (
        "Høyre og Venstre\n"
        "\n"
        "── BEHANDLE ──────────────────────────────────────\n"
        "Høyre 2 tekster\n"
        "Venstre 1 tekst\n"
        "\n"
        "Tvang\n"
        "  Høyre\n"
        "    Åpne for mer rusbehandling\n"
        "  Venstre\n"
        "    (ikke nevnt)\n"
        "\n"
        "── FØLGE OPP ─────────────────────────────────────\n"
        "Bolig\n"
        "  Høyre\n"
        "    Trygg bosituasjon\n"
        "  Venstre\n"
        "    Flere boliger med bemanning\n"
        "\n"
        "Ingen av dem nevner: Naltrekson.\n"
    )


def test_a_list_gives_its_main_column_the_room_that_is_left() -> None:
    assert plain(lay_out(LIST, 60)) == (
        "2 utsagn\n"
        "\n"
        "Aktør    Utsagn                                    Kilde\n"
        "──────   ───────────────────────────────────────   ─────────\n"
        "H 2017   Ha forsøk med skadebegrensende tiltak     h2017-b15\n"
        "         for svært tunge brukere.\n"
        "\n"
        "V        Kort.                                     v-b01\n"
    )


def test_a_list_puts_who_and_where_above_the_words_where_it_is_narrow() -> None:
    assert plain(lay_out(LIST, 40)) == (
        "2 utsagn\n"
        "\n"
        "H 2017 · h2017-b15\n"
        "  Ha forsøk med skadebegrensende tiltak\n"
        "  for svært tunge brukere.\n"
        "\n"
        "V · v-b01\n"
        "  Kort.\n"
    )


def test_a_sheet_without_rows_is_its_title() -> None:
    assert plain(lay_out(Sheet("0 utsagn", (cell("Aktør"), cell("Utsagn")), (), main=1), 80)) == "0 utsagn\n\n"


def test_a_head_that_is_one_long_word_does_not_run_into_the_next() -> None:
    heads = (cell("Arbeidsgiverorganisasjonene"), cell("Arbeidstakerorganisasjonene"))
    sheet = Sheet("", heads, (SheetRow((cell("ja"), cell("nei")), (Run("Bolig"),)),))
    assert "Arbeidsgiverorganisasjonene" in apart(plain(lay_out(sheet, 51)))


def test_wide_letters_take_two_columns() -> None:
    sheet = Sheet("", (), (SheetRow((cell("漢字"), cell("x"))), SheetRow((cell("abc"), cell("y")))), main=1)
    assert plain(lay_out(sheet, 60)) == "漢字   x\nabc    y\n"


def test_a_combining_ring_takes_no_column() -> None:
    sheet = Sheet("", (), (SheetRow((cell("a\u030apen"), cell("x"))), SheetRow((cell("åpen"), cell("y")))), main=1)
    assert plain(lay_out(sheet, 60)) == "a\u030apen   x\nåpen   y\n"


def test_tabs_and_line_breaks_in_a_cell_leave_its_column_straight() -> None:
    row = SheetRow((cell("Navn"), cell("en\ttabulator og\nen ny linje"), cell("sist")))
    (line,) = plain(lay_out(Sheet("", (), (row,), main=1), 80)).split("\n")[:-1]
    assert apart(line) == ["Navn", "en", "tabulator", "og", "en", "ny", "linje", "sist"]
    assert "\t" not in line
