"""The map to a picture: well-formed, harmless, nothing overlapping, no colour that says something alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.formats.svg import to_svg
from rusq.sheet import AGAINST, FOR, NOTE, QUALIFIED, SILENCE, STRONG, Cell, Run, Sheet, SheetRow

SPACE = "{http://www.w3.org/2000/svg}"


def cell(*runs: Run) -> Cell:
    return (runs,)


def topic(name: str, english: str = "") -> Cell:
    return cell(Run(name, STRONG), *([Run(f" — {english}", NOTE)] if english else []))


def head(name: str, *remarks: str) -> Cell:
    return (*cell(Run(name, STRONG)), *((Run(remark, NOTE),) for remark in remarks))


SILENT = cell(Run("silent", SILENCE))
LEGEND = "+ for, − against, ~ on conditions; the number is that of the statements. "
MAP = Sheet(
    "Where they stand: 3 topics",
    (head("Topic"), head("H", "2 texts"), head("Regjeringen Solberg"), head("FrP")),
    (
        SheetRow(
            (
                topic("Pakkeforløp og helhetlige forløp", "Care pathways and continuity of treatment"),
                cell(Run("+", FOR), Run("for", FOR), Run(" 5")),
                SILENT,
                cell(Run("12")),
            ),
            group="Behandle",
        ),
        SheetRow(
            (
                topic("Tvang"),
                (*cell(Run("+ for", FOR), Run(" 1")), *cell(Run("~ on conditions", QUALIFIED), Run(" 1"))),
                cell(Run("−", AGAINST), Run(" 2")),
                cell(Run("–", NOTE)),
            ),
            group="Behandle",
        ),
        SheetRow(
            (topic("Fengsel"), cell(Run("+ for", FOR), Run(" − against", AGAINST)), cell(Run("·", SILENCE)), ()),
            group="Reagere",
        ),
    ),
    (LEGEND * 4, "silent: not mentioned"),
    main=0,
    labelled=True,
)


def drawn(sheet: Sheet, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(sheet, language=language))


def texts(sheet: Sheet) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(sheet).iter(f"{SPACE}text")]


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name])


def around(text: ElementTree.Element, picture: ElementTree.Element) -> ElementTree.Element:
    """The smallest rectangle in which a text begins."""
    x, y = number(text, "x"), number(text, "y") - 4
    holding = [
        rect
        for rect in picture.iter(f"{SPACE}rect")
        if float(rect.get("x", 0)) <= x <= float(rect.get("x", 0)) + number(rect, "width")
        and float(rect.get("y", 0)) <= y <= float(rect.get("y", 0)) + number(rect, "height")
    ]
    return min(holding, key=lambda rect: number(rect, "width") * number(rect, "height"))


def plate(word: str) -> ElementTree.Element:
    picture = drawn(MAP)
    found = next(text for text in picture.iter(f"{SPACE}text") if "".join(text.itertext()) == word)
    return around(found, picture)


# -- What is on it


def test_each_cell_says_sign_word_and_number_in_the_order_of_the_rows() -> None:
    said = texts(MAP)
    assert said[0] == "Where they stand: 3 topics"
    assert said[said.index("Tvang") : said.index("Reagere")] == [
        "Tvang",
        "+ for 1",
        "~ on conditions 1",
        "− against 2",
        "–",
    ]
    assert said[said.index("Fengsel") :][:4] == ["Fengsel", "+ for", "− against", "· silent"]


def test_a_long_name_is_wrapped_with_all_its_words() -> None:
    said = " ".join(texts(MAP))
    assert "Pakkeforløp og helhetlige forløp — Care pathways and continuity of treatment" in said


def test_groups_are_bands_that_repeat_the_names_of_the_columns() -> None:
    said = texts(MAP)
    assert said[1:7] == ["Behandle", "H", "2 texts", "Regjeringen", "Solberg", "FrP"]
    assert said[said.index("Reagere") :][:5] == ["Reagere", "H", "Regjeringen", "Solberg", "FrP"]


def test_without_groups_the_first_head_has_its_place() -> None:
    sheet = MAP._replace(rows=tuple(row._replace(group="") for row in MAP.rows))
    assert texts(sheet)[1:4] == ["Topic", "H", "2 texts"]


def test_a_row_title_is_the_first_column() -> None:
    sheet = Sheet("x", (head("H"),), (SheetRow((cell(Run("+ for", FOR)),), (Run("Bolig", STRONG),)),))
    assert texts(sheet) == ["x", "H", "Bolig", "+ for"]


def test_the_notes_are_the_legend_whole_and_wrapped() -> None:
    said = texts(MAP)
    legend = said[said.index("· silent") + 1 :]
    assert len(legend) > 2
    assert " ".join(legend) == f"{LEGEND * 4}silent: not mentioned"


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(Sheet("", (), ()), id="nothing at all"),
        pytest.param(Sheet("Tom", (head("Topic"), head("H")), ()), id="no rows"),
        pytest.param(Sheet("x", (), (SheetRow((topic("Bolig"),)),)), id="one column"),
        pytest.param(Sheet("x", (), (SheetRow(((), (), SILENT)),)), id="empty cells"),
    ],
)
def test_little_makes_a_picture_too(sheet: Sheet) -> None:
    picture = drawn(sheet)
    assert number(picture, "width") >= 480
    assert number(picture, "height") > 40


# -- For those who cannot see it, and for those who print it


@pytest.mark.parametrize("language", ["en", "nb"])
def test_it_has_a_name_and_a_description_for_the_ear(language: str) -> None:
    picture = drawn(MAP, language)
    assert (picture.attrib["role"], picture.attrib["lang"]) == ("img", language)
    title, description = picture.find(f"{SPACE}title"), picture.find(f"{SPACE}desc")
    assert title is not None
    assert description is not None
    assert picture.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert title.text == "Where they stand: 3 topics"
    assert "H, Regjeringen Solberg, FrP." in str(description.text)
    assert "silent: not mentioned" in str(description.text)


def test_the_description_begins_with_how_much_there_is() -> None:
    description = drawn(MAP).find(f"{SPACE}desc")
    assert description is not None
    assert str(description.text).startswith("A table of 3 rows and 3 columns.")


def test_it_scales() -> None:
    picture = drawn(MAP)
    assert picture.attrib["viewBox"] == f"0 0 {picture.attrib['width']} {picture.attrib['height']}"


def test_kinds_of_plates_differ_in_outline_not_only_in_colour() -> None:
    outlines = {word: plate(word) for word in ("+ for 5", "− against 2", "~ on conditions 1", "silent", "12")}
    dashes = {word: rect.get("stroke-dasharray") for word, rect in outlines.items()}
    assert dashes == {
        "+ for 5": None,
        "− against 2": None,
        "~ on conditions 1": "5 3",
        "silent": "1 3",
        "12": None,
    }
    assert outlines["+ for 5"].attrib["fill"] == outlines["+ for 5"].attrib["stroke"]
    assert outlines["− against 2"].attrib["fill"] != outlines["− against 2"].attrib["stroke"]
    assert "stroke" not in outlines["12"].attrib


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_word_can_be_read_on_its_ground() -> None:
    picture = drawn(MAP)
    found = {}
    for text in picture.iter(f"{SPACE}text"):
        ground = around(text, picture).attrib["fill"]
        inks = [text.get("fill", picture.attrib["fill"]), *(span.get("fill", "#1b1c20") for span in text)]
        found.update({(ink, ground): round(contrast(ink, ground), 1) for ink in inks})
    assert found == {
        ("#1b1c20", "#ffffff"): 17.0,
        ("#1b1c20", "#f2f3f6"): 15.3,
        ("#565b66", "#ffffff"): 6.8,
        ("#565b66", "#f2f3f6"): 6.1,
        ("#ffffff", "#00594f"): 8.3,
        ("#a3200f", "#fdeeec"): 6.7,
        ("#6b4500", "#fff6df"): 7.9,
    }
    assert min(found.values()) >= 4.5


# -- Nothing overlaps


def check_room(sheet: Sheet) -> None:
    """Every text has room for letters of 0.6 em, in its plate and before the next text of its line."""
    picture = drawn(sheet)
    lines: dict[float, list[tuple[float, float]]] = {}
    for text in picture.iter(f"{SPACE}text"):
        size = number(text, "font-size")
        wide = sum(
            len(part) * 0.6 * float(span.get("font-size", size)) for span in text.iter() for part in [span.text or ""]
        )
        left = number(text, "x")
        room = around(text, picture)
        assert left + wide <= float(room.get("x", 0)) + number(room, "width")
        lines.setdefault(number(text, "y"), []).append((left, left + wide))
    for spans in lines.values():
        for (_, end), (begin, _) in pairwise(sorted(spans)):
            assert end <= begin


def test_no_text_runs_into_another_or_over_its_plate() -> None:
    check_room(MAP)


@given(st.lists(st.text("abcæøåW ,", max_size=90), min_size=4, max_size=4))
def test_no_text_overlaps_whatever_its_length(names: list[str]) -> None:
    said = cell(Run(f"+ {names[0]}", FOR))
    check_room(
        Sheet(
            names[1],
            (head(names[2]), head(names[3]), head(names[0])),
            (SheetRow((topic(names[3], names[1]), said, SILENT), group=names[0]),),
            (" ".join(names),),
        )
    )


def test_plates_and_rows_stand_below_one_another() -> None:
    picture = drawn(MAP)
    rects = [rect for rect in picture.iter(f"{SPACE}rect") if "rx" in rect.attrib]
    for column in {rect.attrib["x"] for rect in rects}:
        stack = sorted((number(r, "y"), number(r, "height")) for r in rects if r.attrib["x"] == column)
        for (top, height), (below, _) in pairwise(stack):
            assert top + height < below
    last = max(number(text, "y") for text in picture.iter(f"{SPACE}text"))
    assert last < number(picture, "height")


# -- Text from outside


def test_nothing_comes_from_outside_and_nothing_runs() -> None:
    picture = drawn(MAP)
    assert {element.tag.removeprefix(SPACE) for element in picture.iter()} == {
        "svg", "title", "desc", "rect", "text", "tspan", "path",
    }  # fmt: skip
    for element in picture.iter():
        assert not [name for name in element.attrib if "href" in name or name.startswith("on") or name == "style"]
    assert re.findall(r"\w+://[^\"]*", to_svg(MAP)) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="script"),
        pytest.param("</text></svg><a>", "</text></svg><a>", id="closing tags"),
        pytest.param("&amp;&#60;\"'", "&amp;&#60;\"'", id="references and quotation marks"),
        pytest.param("a|b", "a|b", id="bar"),
        pytest.param("=1+1", "=1+1", id="formula"),
        pytest.param("]]><![CDATA[", "]]><![CDATA[", id="section marks"),
        pytest.param("\x1b[31mrødt\x1b[0m", "\ufffd[31mrødt\ufffd[0m", id="escape sequence"),
        pytest.param("x\x00\x9b\u202e\ufffe\udcffx", "x\ufffd\ufffd\ufffd\ufffd\ufffdx", id="what XML may not hold"),
    ],
)
def test_whatever_a_text_says_it_is_shown_whole_and_does_nothing(text: str, shown: str) -> None:
    row = SheetRow((topic(text), cell(Run(f"+ {text}", FOR)), cell(Run(text, SILENCE))), group=text)
    sheet = Sheet(text, (head("Topic"), head(text), head("V")), (row,), (text,))
    words = " ".join(texts(sheet))  # long ones are wrapped
    assert words == " ".join((shown, shown, shown, "V", shown, f"+ {shown}", shown, shown))
    assert drawn(sheet).findtext(f"{SPACE}title") == shown


def test_a_line_break_is_a_blank() -> None:
    assert texts(Sheet("en\nto", (), (SheetRow((topic("tre\r\nfire"), cell(Run("fem\tseks")))),))) == [
        "en to",
        "tre\ufffd fire",
        "fem seks",
    ]


@given(st.text(), st.sampled_from(["", NOTE, STRONG, SILENCE, FOR, AGAINST, QUALIFIED]))
def test_no_text_in_any_role_breaks_the_picture(text: str, role: str) -> None:
    line = cell(Run(text, role), Run("end"))
    sheet = Sheet(text, (line, line), (SheetRow((line, line), group=text),), (text,))
    assert drawn(sheet).attrib["role"] == "img"
    assert sum(said.endswith("end") for said in texts(sheet)) >= 2
