"""PDF in, blocks out. The documents are made here, text operator by text operator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document, kept_text
from rusq.importing.faces import weight_and_family
from rusq.importing.pdf import read_pdf
from rusq.model import Source
from rusq.parse import parse_document

WIDTH, HEIGHT = 420.0, 595.0
LEFT, TOP, LEADING = 50.0, 520.0, 13.0
FONTS = {"F": "Helvetica", "B": "Helvetica-Bold", "I": "Helvetica-Oblique", "T": "Times-Roman", "W": "Wingdings"}


# -- A small writer of PDF


class Show(NamedTuple):
    """Words at a place. `spread` is white space added after each letter, `turned` sets them from below upwards."""

    text: str
    x: float = LEFT
    y: float = TOP
    size: float = 10
    font: str = "F"
    spread: float = 0
    turned: bool = False
    askew: bool = False


class Dot(NamedTuple):
    """A small square that is drawn, not written."""

    x: float
    y: float
    side: float = 3


def pdf_of(
    *pages: Sequence[Show | Dot],
    trailer: str = "",
    title: str = "",
    rotate: int = 0,
    outline: Sequence[tuple[str, int]] = (),
) -> bytes:
    """A PDF with one content stream a page; signs outside cp1252 are set in a font that says what they stand for."""
    shown = [show.text for page in pages for show in page if isinstance(show, Show)]
    odd = sorted({sign for text in shown for sign in text if not _is_plain(sign)})
    codes = {sign: chr(0x61 + at) for at, sign in enumerate(odd)}
    objects = ["", "", *(_font(name) for name in FONTS.values()), _font("Helvetica", "/ToUnicode 9 0 R")]
    objects.append(_stream("".join(_meanings(codes))))
    kids = []
    fonts = " ".join(f"/{name} {at} 0 R" for at, name in enumerate([*FONTS, "X"], 3))
    for page in pages:
        objects.append(_stream("\n".join(_shown(show, codes) for show in page)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate}"
            f" /Contents {len(objects)} 0 R /Resources << /Font << {fonts} >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    extra = ""
    if outline:
        first = len(objects) + 2
        extra = f" /Outlines {first - 1} 0 R"
        objects.append(f"<< /First {first} 0 R /Last {first + len(outline) - 1} 0 R /Count {len(outline)} >>")
        for at, (title, page_number) in enumerate(outline):
            following = f" /Next {first + at + 1} 0 R" if at + 1 < len(outline) else ""
            objects.append(
                f"<< /Title <{title.encode('utf-16').hex()}> /Parent {first - 1} 0 R"
                f" /Dest [{kids[page_number - 1]} /Fit]{following} >>"
            )
    if title:
        objects.append(f"<< /Title ({title}) >>")
        trailer += f" /Info {len(objects)} 0 R"
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R{extra} >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects, trailer)


def _is_plain(sign: str) -> bool:
    try:
        return sign.encode("cp1252") >= b" " and sign != "\u00ad"
    except UnicodeEncodeError:
        return False


def _font(name: str, more: str = "/Encoding /WinAnsiEncoding") -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {more} >>"


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"


def _meanings(codes: dict[str, str]) -> list[str]:
    pairs = [f"<{ord(code):02x}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items()]
    return [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def\n",
        "1 begincodespacerange <00> <ff> endcodespacerange\n",
        f"{len(pairs)} beginbfchar\n",
        *pairs,
        "endbfchar endcmap end end",
    ]


def _shown(show: Show | Dot, codes: dict[str, str]) -> str:
    if isinstance(show, Dot):
        return f"{show.x} {show.y} {show.side} {show.side} re f"
    matrix = "0 1 -1 0" if show.turned else "0.8 0.6 -0.6 0.8" if show.askew else "1 0 0 1"
    parts = []
    for run in re.findall("|".join([r"[^" + re.escape("".join(codes)) + "]+", "."]) if codes else ".+", show.text):
        if run in codes:
            parts.append(f"/X {show.size} Tf ({codes[run]}) Tj")
        else:
            escaped = re.sub(r"([\\()])", r"\\\1", run).encode("cp1252").decode("latin-1")
            parts.append(f"/{show.font} {show.size} Tf ({escaped}) Tj")
    return f"BT {matrix} {show.x} {show.y} Tm {show.spread} Tc {' '.join(parts)} ET"


def _file(objects: Sequence[str], trailer: str) -> bytes:
    raw = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(raw)}\n%%EOF\n"
    return raw + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def down(
    *texts: str, y: float = TOP, step: float = LEADING, x: float = LEFT, size: float = 10, font: str = "F"
) -> list[Show]:
    """Lines below one another."""
    return [Show(text, x, y - at * step, size, font) for at, text in enumerate(texts)]


# Enough ordinary lines that a document knows what its own body looks like; pages begin and end unlike one another.
PLACES = (
    "Aurdal",
    "Bykle",
    "Dovre",
    "Evje",
    "Fyresdal",
    "Gausdal",
    "Hemsedal",
    "Iveland",
    "Kvam",
    "Lesja",
    "Moss",
    "Nes",
)


BODY = [
    "Aurdal skal ha gode tilbud, og de som bor der skal merke at noen har",
    "tenkt på dem. Vi vil bygge ut bredbånd og gi lån til nye hus i grendene,",
    "og sørge for at skoleveien er trygg hele året for alle barn i Aurdal.",
]
BODY_TEXT = " ".join(BODY)


def body(y: float) -> list[Show]:
    return down(*BODY, y=y)


def read(*pages: Sequence[Show | Dot]) -> Document:
    """What is read of pages; each names a place of its own, for no two pages of a real text begin or end alike."""
    return read_pdf(pdf_of(*(_moved(page, place) for page, place in zip(pages, PLACES, strict=False))), "program.pdf")


def _moved(page: Sequence[Show | Dot], place: str) -> list[Show | Dot]:
    return [
        show._replace(text=show.text.replace(PLACES[0], place)) if isinstance(show, Show) else show for show in page
    ]


def texts(document: Document, kind: str = "") -> list[str]:
    """The blocks' words, as if every page named the same place."""
    return [re.sub("|".join(PLACES), PLACES[0], block.text) for block in document.blocks if kind in ("", block.kind)]


def said(document: Document) -> list[tuple[str, str]]:
    """Each statement with the headings it stands under."""
    source = Source("x", "X", "x.txt")
    return [(each.text, each.section) for each in parse_document(kept_text(document.blocks), source).statements]


# -- Paragraphs


def test_the_lines_of_a_paragraph_are_one_line() -> None:
    assert read(body(TOP)).blocks == (Block(PARAGRAPH, BODY_TEXT, page=1),)


def test_a_wider_gap_begins_a_paragraph() -> None:
    document = read([*body(TOP), *body(TOP - 3 * LEADING - 8)])
    assert texts(document) == [BODY_TEXT, BODY_TEXT]


def test_an_indent_after_a_full_stop_begins_a_paragraph() -> None:
    more = Show("Dette er en ny tanke, og den begynner inne på linja for seg.", LEFT + 12, TOP - 39)
    assert texts(read([*body(TOP), more])) == [BODY_TEXT, more.text]


def test_a_paragraph_goes_on_over_the_page_and_says_where() -> None:
    document = read(down(*BODY[:2]), [*down(BODY[2]), *body(TOP - 40)])
    assert document.blocks[0]._replace(text="") == Block(PARAGRAPH, "", page=1, breaks=(len(" ".join(BODY[:2])) + 1,))
    assert texts(document)[0] == BODY_TEXT
    assert document.blocks[1].page == 2


def test_a_word_that_the_page_breaks_stands_on_the_page_it_ends_on() -> None:
    document = read(
        [*body(TOP), *down("Alle skal få hjelp når de trenger det mest, og først av alle ung-", y=400)],
        [*down("dommen vår, som har ventet lenge.", y=TOP), *body(TOP - 40)],
    )
    block = document.blocks[1]
    assert (
        block.text
        == "Alle skal få hjelp når de trenger det mest, og først av alle ungdommen vår, som har ventet lenge."
    )
    assert block.text[block.breaks[0] :] == "ungdommen vår, som har ventet lenge."


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        pytest.param("rusmiddel-", "bruk", "rusmiddelbruk", id="a word broken"),
        pytest.param("rus-", "og avhengighet", "rus- og avhengighet", id="suspended"),
        pytest.param("barne-", "eller ungdomstiltak", "barne- eller ungdomstiltak", id="suspended with eller"),
        pytest.param("EØS-", "avtalen", "EØS-avtalen", id="capitals"),
        pytest.param("Sør-", "Norge", "Sør-Norge", id="a name"),
        pytest.param("10-", "åringer", "10-åringer", id="a number"),
        pytest.param("e-", "resept", "e-resept", id="one letter"),
        pytest.param("2025–", "2029", "2025–2029", id="years"),
        pytest.param("og/", "eller", "og/eller", id="a stroke"),
        pytest.param("karbonfangst, -", "lagring", "karbonfangst, -lagring", id="suspended at its beginning"),
        pytest.param("Narvik–Tromsø–", "Svalbard", "Narvik–Tromsø–Svalbard", id="a dash between names"),
    ],
)
def test_a_line_that_ends_within_a_word(before: str, after: str, whole: str) -> None:
    lines = [f"Kommunene skal få betalt for det de gjør i arbeidet med {before}", f"{after} fra første dag i året."]
    document = read([*body(TOP), *down(*lines, y=400)])
    assert (
        texts(document)[1] == f"Kommunene skal få betalt for det de gjør i arbeidet med {whole} fra første dag i året."
    )


def test_the_documents_own_words_tell_whether_a_hyphen_is_real() -> None:
    lines = [
        "Vi vil ha offentlig-privat samarbeid når det gir bedre tjenester enn før, men ikke offentlig-",
        "privat samarbeid for enhver pris og i alle saker.",
    ]
    assert texts(read([*body(TOP), *down(*lines, y=400)]))[1].endswith(
        "men ikke offentlig-privat samarbeid for enhver pris og i alle saker."
    )


@pytest.mark.parametrize(("times", "whole"), [(1, "føre-var-loven."), (3, "føre-varloven.")], ids=["once", "often"])
def test_a_hyphen_at_a_lines_end_is_real_where_hardly_any_line_ends_in_one(times: int, whole: str) -> None:
    broken = down("Vi skal i alt vi gjør følge den loven som så mange kaller føre-var-", "loven.", y=TOP - 120)
    pages = [[show for at in (0, 40, 80, 160, 200, 240, 280, 320) for show in body(TOP - at)] for _ in range(5)]
    document = read(*pages[times:], *([*page, *broken] for page in pages[:times]))
    words = [word for text in texts(document) for word in text.split() if word.startswith("føre")]
    assert words == [whole] * times


def test_a_picture_beside_does_not_break_a_sentence_in_two() -> None:
    first = [*down(*BODY[:2]), Show("Fra møtet i mai", LEFT, 60, 8, "I")]
    document = read(first, [*down(BODY[2]), *body(TOP - 40)], body(TOP))
    assert texts(document)[:2] == [BODY_TEXT, "Fra møtet i mai"]


# -- Signs


@pytest.mark.parametrize(
    ("set_as", "meant"),
    [
        pytest.param("en ﬁn ﬂate", "en fin flate", id="ligatures"),
        pytest.param("a\u030apne dører", "åpne dører", id="a and a ring"),
        pytest.param("ressur\u00adser", "ressurser", id="soft hyphen"),
        pytest.param("ett\u00a0tre", "ett tre", id="no-break space"),
    ],
)
def test_signs_are_mended(set_as: str, meant: str) -> None:
    document = read([*body(TOP), *down(f"Vi vil ha {set_as} i alle kommuner.", y=400)])
    assert texts(document)[1] == f"Vi vil ha {meant} i alle kommuner."


def test_a_font_that_names_its_letters_wrongly_is_read_right() -> None:
    lines = ["Den oWentlige delen skal skaWe 1000 kWh.", "Vi vil straWe grove brudd, og gi eWektive svar."]
    document = read([*body(TOP), *down(lines[0], y=400), *down(lines[1], y=370)])
    assert texts(document)[1:] == [
        "Den offentlige delen skal skaffe 1000 kWh.",
        "Vi vil straffe grove brudd, og gi effektive svar.",
    ]


def test_a_second_broken_font_is_told_by_the_words_of_the_first() -> None:
    lines = ["Skattene og avgiftene skal ned for bedrifter.", "De lave ska6ene og avgi>ene gir nye bedri>er."]
    document = read(
        [
            *body(TOP),
            *down(lines[0], "Bedriftene betaler skattene, og nye bedrifter skal ha lettere.", y=400),
            *down(lines[1], y=340, font="T"),
        ]
    )
    assert texts(document)[-1] == "De lave skattene og avgiftene gir nye bedrifter."


def test_the_number_of_a_note_is_no_part_of_a_word() -> None:
    line = [
        Show("Dette sier avtalen", LEFT, 400),
        Show("3", LEFT + 83.5, 404, 6),
        Show("om alle barn.", LEFT + 90, 400),
    ]
    assert texts(read([*body(TOP), *line]))[1] == "Dette sier avtalen om alle barn."


def test_small_figures_below_the_line_stay() -> None:
    line = [Show("Utslipp av CO", LEFT, 400), Show("2", LEFT + 68, 398, 6), Show("skal ned.", LEFT + 76, 400)]
    assert "CO2 skal ned" in re.sub("CO 2", "CO2", texts(read([*body(TOP), *line]))[1])


def test_a_large_first_letter_belongs_to_its_word() -> None:
    page = [
        Show("F", LEFT, 473, 40, "B"),
        *down(
            "olk skal bo der de vil, og det skal",
            "være trygt der de bor. Det er vår",
            "tanke om et land for alle.",
            y=499,
            x=LEFT + 28,
        ),
        *down("Derfor vil vi bygge ut mer, og la folk få styre mer selv i bygda si.", y=460),
        *body(420),
    ]
    assert texts(read(page))[0].startswith("Folk skal bo der de vil, og det skal være trygt der de bor.")


def test_words_drawn_twice_for_their_shadow_are_read_once() -> None:
    page = [Show("Trygg skolevei", LEFT + 0.6, 560.4, 20, "B"), Show("Trygg skolevei", LEFT, 561, 20, "B"), *body(TOP)]
    assert texts(read(page, body(TOP))) == ["Trygg skolevei", BODY_TEXT, BODY_TEXT]


def test_no_control_sign_is_left() -> None:
    document = read([*body(TOP), *down("Vi vil\x1b[31m ha\u202e mer\x08 ro.", y=400)])
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", kept_text(document.blocks).replace("\n", ""))


# -- List items


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param("•", id="bullet"),
        pytest.param("–", id="en dash"),
        pytest.param("-", id="hyphen"),
        pytest.param("\uf0b7", id="private use"),
        pytest.param("\x07", id="bell"),
        pytest.param("✓", id="tick"),
        pytest.param("►", id="arrow"),
        pytest.param("🌹", id="emoji"),
        pytest.param("o", id="letter o"),
    ],
)
@pytest.mark.parametrize("apart", [True, False], ids=["set apart", "in one line"])
def test_a_mark_makes_a_list_item(mark: str, apart: bool) -> None:
    page = [*body(TOP), *down("Vi vil:", y=440)]
    for at, words in enumerate(
        ["gi støtte til lag og foreninger som får med seg alle i bygda, store", "kutte i byråkratiet"]
    ):
        y = 426 - 28 * at
        page += [Show(mark, LEFT, y), Show(words, LEFT + 14, y)] if apart else [Show(f"{mark} {words}", LEFT, y)]
        if not at:
            page.append(Show("som små, hele året", LEFT + (14 if apart else 9), y - 13))
    document = read(page)
    assert texts(document, ITEM) == [
        "gi støtte til lag og foreninger som får med seg alle i bygda, store som små, hele året",
        "kutte i byråkratiet",
    ]
    assert texts(document, PARAGRAPH) == [BODY_TEXT, "Vi vil:"]


@pytest.mark.parametrize(
    "marks", [("1.", "2.", "3."), ("a)", "b)", "c)"), ("1)", "2)", "3)")], ids=lambda marks: marks[0]
)
def test_numbers_and_letters_are_list_marks_and_left_off(marks: tuple[str, ...]) -> None:
    page = [*body(TOP), *down("Partiet vil:", y=440)]
    for at, mark in enumerate(marks):
        page += [Show(f"{mark} Styrke tilbud nummer {at} i hele landet.", LEFT, 426 - 14 * at)]
    assert texts(read(page), ITEM) == [f"Styrke tilbud nummer {at} i hele landet." for at in range(3)]


def test_sentences_counted_by_chapter_are_list_items() -> None:
    page = [
        *body(TOP),
        *(Show(f"2.1.{at} Styrke tilbud {at} i hele landet.", LEFT, 440 - 20 * at) for at in range(1, 4)),
    ]
    assert texts(read(page), ITEM) == [f"Styrke tilbud {at} i hele landet." for at in range(1, 4)]


def test_a_date_that_a_line_begins_with_is_no_list_mark() -> None:
    lines = [
        "Loven skal gjelde fra den dagen Stortinget har sagt at den gjelder, altså",
        "17. mai i det året som kommer etter.",
    ]
    assert texts(read([*body(TOP), *down(*lines, y=400)]))[1] == " ".join(lines)


def test_an_item_goes_on_over_the_page() -> None:
    first = [
        *body(TOP),
        *down("Vi vil:", y=440),
        *down("• gi alle barn et sted å være etter skoletid, med mat og leksehjelp hver dag", y=80),
    ]
    document = read(first, [Show("og trygge voksne som har tid", LEFT + 5.8, TOP), *body(480)])
    assert texts(document, ITEM) == [
        "gi alle barn et sted å være etter skoletid, med mat og leksehjelp hver dag og trygge voksne som har tid"
    ]


def test_a_note_between_two_items_comes_after_the_list() -> None:
    document = read(
        [*body(TOP), *down("Vi vil:", "• gi mer til skolene", y=440), Show("1 Se meldingen om dette.", y=40, size=7)],
        [*down("• ta mer av de rike", y=TOP), *body(440)],
    )
    assert texts(document) == [
        BODY_TEXT, "Vi vil:", "gi mer til skolene", "ta mer av de rike", "1 Se meldingen om dette.", BODY_TEXT,
    ]  # fmt: skip


def test_a_box_between_a_lead_in_and_its_items_comes_after_the_list() -> None:
    box = [Show("Visste du?", y=420, size=8, font="B"), Show("Fjorden er dyp.", y=408, size=8)]
    document = read([*body(TOP), *down("Vi vil:", y=440), *box, *down("• ta mer av de rike", y=390)])
    assert texts(document)[1:] == ["Vi vil:", "ta mer av de rike", "Visste du?", "Fjorden er dyp."]


def test_a_paragraph_that_opens_a_page_does_not_go_on_with_a_finished_item() -> None:
    document = read(
        [*body(TOP), *down("Vi vil:", "• gi mer til skolene", y=440)],
        [Show("Vi har et mål om at alle skal få det de trenger, og at", LEFT + 9), *down("det skjer nå.", y=TOP - 13)],
    )
    assert texts(document, ITEM) == ["gi mer til skolene"]


def test_a_small_lead_in_between_two_lists_stays_there() -> None:
    lists = [*down("Vi vil:", "• gi mer til skolene", y=440), Show("VI VIL OGSÅ:", y=400, size=8)]
    document = read([*body(TOP), *lists, *down("• ta mer av de rike", y=384)])
    assert texts(document)[2:] == ["gi mer til skolene", "VI VIL OGSÅ:", "ta mer av de rike"]


def test_figures_alone_are_no_statement() -> None:
    document = read([Show("2025–2029", y=300, size=14), Show("Et land for alle", y=330, size=30)], body(TOP))
    assert texts(document, PARAGRAPH) == [BODY_TEXT]


def test_items_further_in_after_a_colon_hang_on_the_item_before() -> None:
    page = [
        *body(TOP),
        *down("Vi vil:", y=440),
        Show("• styrke skolen, blant annet med:", LEFT, 426),
        Show("– flere lærere", LEFT + 14, 412),
        Show("– mindre klasser", LEFT + 14, 398),
        Show("• styrke barnehagen", LEFT, 384),
    ]
    document = read(page)
    assert [block.level for block in document.blocks if block.kind == ITEM] == [1, 2, 2, 1]
    assert "◦ flere lærere\n◦ mindre klasser\n• styrke barnehagen\n" in kept_text(document.blocks)


def test_a_letter_of_a_picture_font_is_a_mark() -> None:
    page = [*body(TOP), *down("Vi vil:", y=440)]
    for at, words in enumerate(["bygge vei", "bygge bane"]):
        page += [Show("n", LEFT, 426 - 14 * at, font="W"), Show(words, LEFT + 14, 426 - 14 * at)]
    assert texts(read(page), ITEM) == ["bygge vei", "bygge bane"]


def test_items_below_items_are_items() -> None:
    page = [
        *body(TOP),
        *down("Vi vil:", y=440),
        Show("• styrke skolen", LEFT, 426),
        Show("– med flere lærere", LEFT + 14, 412),
        Show("– med mindre klasser", LEFT + 14, 398),
        Show("• styrke barnehagen", LEFT, 384),
    ]
    assert texts(read(page), ITEM) == ["styrke skolen", "med flere lærere", "med mindre klasser", "styrke barnehagen"]


def test_items_whose_marks_are_only_drawn_are_told_by_their_place() -> None:
    page = [
        *body(TOP),
        *down("Partiet vil:", y=440),
        *down("Gi mer til skolene", y=424, x=LEFT + 14),
        *down("Ta mer av de rike", y=408, x=LEFT + 14),
        *down("Dele ut resten", y=392, x=LEFT + 14),
    ]
    assert texts(read(page), ITEM) == ["Gi mer til skolene", "Ta mer av de rike", "Dele ut resten"]


def test_marks_that_are_drawn_part_items_that_words_alone_would_not() -> None:
    items = ("gi mer til skolene i grendene der folk bor", "ta mer av de rike", "dele ut resten til alle")
    page: list[Show | Dot] = [*body(TOP), *down("Partiet vil:", y=440)]
    for at, words in enumerate(items):
        page += [Dot(LEFT, 429 - 13 * at), Show(words, LEFT + 14, 427 - 13 * at)]
    assert texts(read(page), ITEM) == list(items)


def test_a_drawing_that_stands_elsewhere_too_is_no_mark() -> None:
    dots = [Dot(LEFT - 10, TOP + 2 - 40 * at) for at in range(3)] + [Dot(LEFT + 60, 200 + 9 * at) for at in range(4)]
    assert texts(read([*body(TOP), *body(TOP - 40), *body(TOP - 80), *dots]), ITEM) == []


def test_dashes_before_small_letters_are_marks_though_no_line_is_set_in() -> None:
    items = [
        ("– gi støtte til lag og foreninger som får med seg alle i bygda, hjelpe", "Norge ut av krisa"),
        ("– sørge for at skoleveien er trygg hele året for alle barn i hele", "Aurdal og grendene rundt"),
        ("– bygge ut bredbånd og gi lån til nye hus i grendene, slik at alle på", "Hadeland kan bo der de vil"),
    ]
    page = [*body(TOP), *down("Partiet vil arbeide for å", *(line for item in items for line in item), y=440)]
    assert texts(read(page), ITEM) == [" ".join(item).removeprefix("– ") for item in items]


def test_a_dash_that_opens_a_speech_is_kept() -> None:
    page = [
        *body(TOP),
        *down("– Dette er en gledens dag for oss alle, sier lederen i laget og ler.", y=440),
        *body(400),
    ]
    assert texts(read(page), PARAGRAPH)[1].startswith("– Dette er en gledens dag")


def test_a_lead_in_is_kept_for_the_items_below_it() -> None:
    page = [*body(TOP), Show("Partiet vil:", LEFT, 440, 10, "B"), *down("• bygge vei", "• bygge bane", y=426)]
    source = Source("x", "X", "x.txt")
    items = [each for each in parse_document(kept_text(read(page).blocks), source).statements if each.kind == "bullet"]
    assert [(each.text, each.lead_in) for each in items] == [
        ("bygge vei", "Partiet vil:"),
        ("bygge bane", "Partiet vil:"),
    ]


# -- Headings


def chapter(*title: Show, y: float = 440) -> Sequence[Show]:
    return [*title, *body(y), *down("Vi vil:", "• gi folk mer ro", y=y - 60), *body(y - 110)]


@pytest.mark.parametrize(
    ("title", "section"),
    [
        pytest.param([Show("Helse og omsorg", LEFT, 500, 20, "B")], "Helse og omsorg", id="large"),
        pytest.param(
            down("En trygg by", "der alle får plass", y=520, size=24, step=28, font="B"),
            "En trygg by der alle får plass",
            id="two lines",
        ),
        pytest.param(down("HELSE", y=500, size=11, font="B"), "HELSE", id="capitals"),
        pytest.param([Show("RUS OG HELSE", LEFT, 440 + LEADING)], "RUS OG HELSE", id="capitals at the body's size"),
        pytest.param([Show("1.2 Rus og helse", LEFT, 500, 14)], "1.2 Rus og helse", id="numbered"),
        pytest.param(
            [Show("2", LEFT, 540, 40, "B"), Show("Skole for alle", LEFT, 500, 20, "B")],
            "2 Skole for alle",
            id="number above",
        ),
        pytest.param(
            [Show("3", LEFT, 500, 20, "B"), Show("Skole for alle", LEFT + 40, 500, 20, "B")],
            "3 Skole for alle",
            id="number beside",
        ),
        pytest.param([Show("KLIMA OG NATUR", LEFT, 500, 18, "B", 6)], "KLIMA OG NATUR", id="letters spread"),
        pytest.param([Show("Rus", LEFT, 500, 10, "B")], "Rus", id="bold at the body's size"),
        pytest.param(
            [Show("Fiskeri og hav-", LEFT, 528, 24, "B"), Show("bruk", LEFT, 500, 24, "B")],
            "Fiskeri og havbruk",
            id="hyphen",
        ),
        pytest.param([Show("Hva vil vi med skolen?", LEFT, 500, 16, "B")], "Hva vil vi med skolen?", id="question"),
    ],
)
def test_a_chapters_title_is_the_section_of_what_stands_under_it(title: Sequence[Show], section: str) -> None:
    document = read([*body(TOP), *body(460)], chapter(*title), [*body(TOP), *body(460)])
    assert ("gi folk mer ro", section) in said(document)
    assert section not in [text for text, _ in said(document)]


def test_the_number_over_a_chapters_title_belongs_to_it() -> None:
    pages = []
    for number, title in enumerate(["Helse", "Skole", "Klima", "Kultur"], 3):
        over = Show(f"Kapittel {number}", LEFT, 560, 12, "B")
        pages += [chapter(over, Show(title, LEFT, 500, 24, "B")), body(TOP - number)]
    sections = [section for text, section in said(read(*pages)) if text == "gi folk mer ro"]
    assert sections == ["Kapittel 3 Helse", "Kapittel 4 Skole", "Kapittel 5 Klima", "Kapittel 6 Kultur"]


def test_a_title_on_a_page_of_its_own_stands_over_the_next_pages() -> None:
    document = read(
        body(TOP),
        [Show("Trygghet", LEFT, 300, 40, "B")],
        chapter(Show("Politi", LEFT, 480, 14, "B")),
        [Show("Frihet", LEFT, 300, 40, "B")],
        chapter(Show("Kultur", LEFT, 480, 14, "B")),
    )
    assert [section for text, section in said(document) if text == "gi folk mer ro"] == [
        "Trygghet › Politi",
        "Frihet › Kultur",
    ]


def test_the_levels_of_headings_follow_their_size() -> None:
    page = [
        Show("Velferd", LEFT, 540, 24, "B"),
        *body(510),
        Show("Skole", LEFT, 455, 16, "B"),
        *body(435),
        Show("Lærere", LEFT, 380, 12, "B"),
        *body(362),
    ]
    document = read(page, [*body(TOP), *body(460)])
    assert [(block.text, block.level) for block in document.blocks if block.kind == HEADING][:3] == [
        ("Velferd", 1),
        ("Skole", 2),
        ("Lærere", 3),
    ]


def test_a_large_lead_in_does_not_take_the_place_of_the_chapters_title() -> None:
    page = [
        Show("Rus", LEFT, 560, 18, "B"),
        *body(540),
        Show("Partiet vil:", LEFT, 480, 14, "B"),
        Show("• lytte", y=462),
    ]
    document = read(page, [*body(TOP), *body(440)])
    assert ("lytte", "Rus") in said(document)


def test_the_cover_stands_over_nothing() -> None:
    cover = [Show("Et land for alle", LEFT, 300, 44, "B"), Show("Program 2025–2029", LEFT, 250, 16)]
    document = read(cover, chapter(Show("Helse", LEFT, 480, 20, "B")), chapter(Show("Skole", LEFT, 480, 20, "B")))
    assert [section for text, section in said(document) if text == "gi folk mer ro"] == ["Helse", "Skole"]


def test_a_slogan_late_in_a_chapter_stands_over_nothing() -> None:
    chapters = [chapter(Show(title, LEFT, 480, 20, "B")) for title in ("Helse", "Skole", "Kultur", "Klima")]
    slogan = [*body(TOP), Show("Vi bygger landet", LEFT, 440, 34, "B"), Show("Fjell", LEFT, 410, 13, "B"), *body(390)]
    document = read(
        *chapters, slogan, chapter(Show("Hav", LEFT, 480, 13, "B")), chapter(Show("Slutt", LEFT, 480, 20, "B"))
    )
    assert all(
        "Klima" in section or "Slutt" in section or section in ("Helse", "Skole", "Kultur")
        for _, section in said(document)[-8:]
    )


def test_bookmarks_say_which_titles_are_chapters() -> None:
    pages = [chapter(Show(title, LEFT, 480, 10.4, "B")) for title in ("Helse", "Skole", "Klima")]
    raw = pdf_of(*map(_moved, pages, PLACES), outline=[("Helse", 1), ("Skole", 2), ("Klima", 3)])
    assert [section for text, section in said(read_pdf(raw, "x.pdf")) if text == "gi folk mer ro"] == [
        "Helse",
        "Skole",
        "Klima",
    ]


def test_bold_words_that_open_a_paragraph_are_no_heading() -> None:
    page = [
        *body(TOP),
        Show("Vårt første løfte er trygg økonomisk styring i hele landet hver dag og", LEFT, 440, 10, "B"),
        *down("det skal vi holde fram til neste valg.", y=427),
    ]
    assert texts(read(page), HEADING) == []


# -- What is not text


def with_furniture(number: int, head: str = "Program 2025–2029") -> list[Show]:
    return [
        Show(head, LEFT, 570, 8),
        Show(str(number), WIDTH / 2, 25, 9),
        *body(TOP - number),
        *body(TOP - 60 - number),
    ]


def test_running_heads_and_page_numbers_are_left_out_and_noted() -> None:
    document = read(*[with_furniture(number) for number in range(1, 7)])
    assert texts(document) == [BODY_TEXT] * 12
    assert [note.what for note in document.notes] == ["running heads left out, such as «Program #–#»"]


@pytest.mark.parametrize(
    "foot",
    ["{}", "Side {}", "– {} –", "{} | Vårt program", "Side {} av 12", "Vårt program {}"],
)
def test_a_foot_is_told_by_how_it_recurs(foot: str) -> None:
    pages = [
        [Show(foot.format(number), LEFT if number % 2 else 300, 25, 9), *body(TOP), *body(460 - number)]
        for number in range(1, 9)
    ]
    assert set(texts(read(*pages))) == {BODY_TEXT}


def test_heads_that_name_the_chapter_are_left_out() -> None:
    names = ["Helse", "Helse", "Helse", "Skole", "Skole", "Skole", "Klima", "Klima"]
    pages = [with_furniture(number, name) for number, name in enumerate(names, 1)]
    assert set(texts(read(*pages))) == {BODY_TEXT}


def test_heads_that_repeat_a_title_are_left_out_though_few_pages_have_them() -> None:
    pages = []
    for at, title in enumerate(["Helse", "Skole", "Klima"]):
        pages += [
            chapter(Show(title, LEFT, 500, 20, "B")),
            [Show(title, LEFT, 570, 10), *body(TOP - at), *body(450 - at)],
        ]
    assert texts(read(*pages)).count("Skole") == 1


def test_a_lead_in_that_two_pages_happen_to_begin_with_is_kept() -> None:
    begun = [*down("Vi vil:", "• gi folk mer ro", y=540), *body(480)]
    document = read(begun, body(TOP), body(TOP), begun, body(TOP), body(TOP), body(TOP), begun, body(TOP))
    assert texts(document, ITEM) == ["gi folk mer ro"] * 3
    assert texts(document).count("Vi vil:") == 3


def test_the_numbers_of_lines_are_left_out() -> None:
    def page(first: int) -> list[Show]:
        lines = BODY * 4
        return [
            show
            for at, text in enumerate(lines)
            for show in (Show(str(first + at), 20, TOP - at * LEADING), Show(text, LEFT, TOP - at * LEADING))
        ]

    document = read(page(1), page(13), page(25))
    assert not re.search(r"\d", "".join(texts(document)))
    assert " ".join(texts(document)).count(BODY_TEXT) == 12


def test_every_fifth_lines_number_is_left_out() -> None:
    lines = BODY * 8
    page = [Show(text, LEFT, TOP - at * LEADING) for at, text in enumerate(lines)]
    page += [Show(str(at), 20, TOP - (at - 1) * LEADING) for at in range(5, 25, 5)]
    assert not re.search(r"\d", "".join(texts(read(page, page))))


def contents(style: str, entries: Sequence[tuple[str, int]]) -> list[Show]:
    shows = [Show("Innhold", LEFT, 550, 18, "B")]
    for at, (title, page) in enumerate(entries):
        y = 520 - 16 * at
        if style == "dots":
            shows.append(Show(f"{title} {'.' * (60 - len(title))} {page}", LEFT, y))
        elif style == "right":
            shows += [Show(title, LEFT, y), Show(str(page), 350, y)]
        elif style == "first":
            shows += [Show(str(page), LEFT, y), Show(title, LEFT + 40, y)]
        else:
            shows.append(Show(f"{title} s. {page}", LEFT, y))
    return shows


@pytest.mark.parametrize("style", ["dots", "right", "first", "s."])
def test_contents_are_left_out_and_noted(style: str) -> None:
    entries = [("Helse", 3), ("Skole", 5), ("Klima og natur", 9), ("Kultur", 12), ("Justis", 12), ("Utenriks", 17)]
    document = read(contents(style, entries), chapter(Show("Helse", LEFT, 480, 20, "B")), body(TOP))
    assert [text for text in texts(document) if re.search(r"\d|\.\.", text)] == []
    assert not {"Skole", "Kultur", "Klima og natur"} & set(texts(document))
    assert ("contents left out", 1) in [(note.what, note.page) for note in document.notes]


def test_contents_go_on_over_the_page() -> None:
    entries = [("Helse", 3), ("Skole", 5), ("Klima og natur", 9), ("Kultur", 12), ("Justis", 12), ("Utenriks", 17)]
    more = [Show(f"Forsvar {'.' * 50} 19", LEFT, 540)]
    document = read(
        contents("dots", entries), more, [Show("Del 1", LEFT, 300, 30, "B")], chapter(Show("Helse", LEFT, 480, 20))
    )
    assert [note.page for note in document.notes if note.what == "contents left out"] == [1, 2]
    assert texts(document, HEADING) == ["Del 1", "Helse"]


def test_a_numbered_list_is_no_contents() -> None:
    page = [
        *body(TOP),
        *down("Partiet vil:", *(f"{at}. Styrke tilbud {at} i hele landet" for at in range(1, 9)), y=440),
    ]
    assert len(texts(read(page), ITEM)) == 8


def test_contents_without_page_numbers_are_told_by_the_titles_of_later_pages() -> None:
    titles = ["Helse", "Skole", "Klima og natur", "Kultur", "Justis", "Utenriks"]
    listed = [Show("Innhold", LEFT, 550, 18, "B"), *down(*titles, y=520, step=16)]
    document = read(listed, *(chapter(Show(title, LEFT, 480 + at, 20, "B")) for at, title in enumerate(titles)))
    assert [block.text for block in document.blocks if block.page == 1] == []
    assert [section for text, section in said(document) if text == "gi folk mer ro"] == titles


@pytest.mark.parametrize("words", ["34", "Helse og omsorg"], ids=["a number", "a chapter's name"])
def test_what_stands_at_one_spot_in_the_margin_of_many_pages_is_left_out(words: str) -> None:
    pages = [[Show(words, 395, TOP - 2 * LEADING, 8), *body(TOP), *body(450 - at)] for at in range(6)]
    assert set(texts(read(*pages))) == {BODY_TEXT}


def test_numbers_of_pages_halfway_up_the_margin_are_left_out_however_wide() -> None:
    pages = [[*body(TOP), *body(300), Show(str(at), 370 - (3 if at > 9 else 0), 287, 8)] for at in range(7, 13)]
    assert texts(read(*pages)) == [BODY_TEXT] * 12


def test_the_numbers_of_items_at_the_top_of_pages_are_no_page_numbers() -> None:
    pages = [
        [Show(f"{at}."), Show(f"styrke skolene i Aurdal, nummer {at}", LEFT + 24), *body(440), Show(f"{at}", 200, 30)]
        for at in range(1, 8)
    ]
    assert texts(read(*pages), ITEM) == [f"styrke skolene i Aurdal, nummer {at}" for at in range(1, 8)]


def test_turned_words_are_left_out_and_noted() -> None:
    tabs = [
        Show(word, 410, 200 + 60 * at, 9, turned=True) for at, word in enumerate(["HELSE", "OMSORG", "RUS", "TRYGD"])
    ]
    document = read([*body(TOP), *tabs])
    assert texts(document) == [BODY_TEXT]
    assert [(note.what, note.page) for note in document.notes] == [
        ("text set at right angles to the page's is left out", 1)
    ]


def test_words_across_the_whole_page_are_left_out() -> None:
    draft = Show("UTKAST", 120, 250, 60, "B", askew=True)
    assert texts(read([*body(TOP), draft, *body(TOP - 300)])) == [BODY_TEXT] * 2


def test_a_page_that_lies_on_its_side_is_read() -> None:
    lines = [Show(text, 100 + LEADING * at, 60, turned=True) for at, text in enumerate(BODY)]
    assert texts(read_pdf(pdf_of(lines, rotate=90), "x.pdf")) == [BODY_TEXT]


def test_who_took_a_photograph_is_no_statement() -> None:
    document = read([*body(TOP), Show("Foto: Kari Normann", LEFT, 30, 8), Show("BILDEBYRÅET", 300, 30, 5)])
    assert texts(document) == [BODY_TEXT]


# -- Columns

NARROW = ["Skolen skal være et sted", "for alle, og det er vår", "plikt å se hvert barn."]
OTHER = ["Havet gir oss mat og", "arbeid, og vi må ta vare", "på det for barna våre."]


def column(texts_: Sequence[str], x: float, times: int, y: float = TOP) -> list[Show]:
    return [show for at in range(times) for show in down(*texts_, x=x, y=y - at * 52)]


@pytest.mark.parametrize("in_rows", [False, True], ids=["column by column", "row by row"])
def test_two_columns_are_read_one_after_the_other(in_rows: bool) -> None:
    page = [*column(NARROW, LEFT, 3), *column(OTHER, 220, 3)]
    if in_rows:
        page.sort(key=lambda show: (-show.y, show.x))
    assert texts(read(page)) == [" ".join(NARROW)] * 3 + [" ".join(OTHER)] * 3


def test_a_column_of_one_line_is_still_read_last() -> None:
    item = "• gi folk mer ro og et hjem de kan"
    page = [*down(*NARROW, y=480), *down(item, y=420), Show("leve i.", 226, 530), *body(330)]
    assert "gi folk mer ro og et hjem de kan leve i." in texts(read(page[:-3]), ITEM)


def test_a_title_over_two_columns_goes_first() -> None:
    page = [
        *column(NARROW, LEFT, 3),
        *column(OTHER, 220, 3),
        Show("Et langt liv i et godt og trygt land", LEFT, 560, 18, "B"),
    ]
    assert texts(read(page))[:2] == ["Et langt liv i et godt og trygt land", " ".join(NARROW)]


def test_words_over_both_columns_part_what_is_above_from_what_is_below() -> None:
    page = [
        *column(NARROW, LEFT, 2),
        *column(OTHER, 220, 2),
        *body(400),
        *column(NARROW, LEFT, 2, 340),
        *column(OTHER, 220, 2, 340),
    ]
    left, right = " ".join(NARROW), " ".join(OTHER)
    assert texts(read(page)) == [left, left, right, right, BODY_TEXT, left, left, right, right]


def test_columns_whose_lines_stand_half_a_line_apart_are_read_one_after_the_other() -> None:
    left = down("Folk skal merke at noen", "har tenkt på dem, og at", "noen har gjort det også.", y=440)
    right = down("Det gjelder i bygd og by,", "for gammel og ung, enten", "det er sommer eller vinter.", y=446, x=230)
    document = read([*body(TOP), *(show for pair in zip(right, left, strict=True) for show in pair)])
    assert texts(document) == [
        BODY_TEXT,
        "Folk skal merke at noen har tenkt på dem, og at noen har gjort det også.",
        "Det gjelder i bygd og by, for gammel og ung, enten det er sommer eller vinter.",
    ]


def test_headings_in_the_margin_go_before_the_words_beside_them() -> None:
    page = [
        Show("Skole", 30, TOP, 10, "B"),
        *column(NARROW, 150, 2),
        Show("Hav", 30, TOP - 130, 10, "B"),
        *column(OTHER, 150, 2, TOP - 130),
    ]
    left, right = " ".join(NARROW), " ".join(OTHER)
    assert texts(read(page))[:6] == ["Skole", left, left, "Hav", right, right]


# -- Files that cannot be read

DAMAGED = "'x.pdf' is damaged and cannot be read as PDF; download it or save it again"
CUT_OFF = "'x.pdf' is cut off: the end of the PDF is missing; download or copy it again"
LOCKED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] "
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"
)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(
            b"hei", "'x.pdf' is no PDF: it does not begin with %PDF; check what the file really is", id="no PDF"
        ),
        pytest.param(pdf_of(body(TOP))[:900], CUT_OFF, id="cut off"),
        pytest.param(b"%PDF-1.7\nrot\n%%EOF", DAMAGED, id="damaged"),
        pytest.param(pdf_of([]), "'x.pdf' has pages but no text: it is a scan; run OCR on it first", id="scan"),
        pytest.param(pdf_of(), DAMAGED, id="no pages"),
        pytest.param(
            pdf_of(body(TOP), trailer=LOCKED),
            "'x.pdf' needs a password; save a copy of it without one",
            id="password",
        ),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_clear_line(raw: bytes, message: str) -> None:
    with pytest.raises(RusqError) as error:
        read_pdf(raw, "x.pdf")
    assert str(error.value) == message


def test_a_page_that_cannot_be_read_is_noted_and_the_others_are_read() -> None:
    raw = pdf_of(body(TOP), body(TOP)).replace(b"/Type /Page /Parent", b"/Type /Nope /Parent", 1)
    document = read_pdf(raw, "x.pdf")
    assert texts(document)[-1] == BODY_TEXT


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Et land for alle", "Et land for alle"), ("Microsoft Word - program_v3.docx", ""), ("Layout 1", ""), ("", "")],
)
def test_a_title_that_is_a_files_name_is_none(stated: str, title: str) -> None:
    raw = pdf_of(body(TOP), title=stated)
    assert read_pdf(raw, "x.pdf").title == title


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 2000), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    raw = bytearray(pdf_of(with_furniture(1), [*body(TOP), Show("2", 200, 20)]))
    for at, new in changes:
        raw[at : at + len(new)] = new
    with suppress(RusqError):  # anything else is a fault
        read_pdf(bytes(raw), "x.pdf")


def test_progress_is_told_for_each_page() -> None:
    told: list[tuple[int, int]] = []
    read_pdf(pdf_of(body(TOP), body(TOP), body(TOP)), "x.pdf", lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# -- Whatever the layout, the words come out as they went in

WORDS = "bygd skole sjø veier helse rus omsorg tilbud kommunene samferdsel barnehagene ettervern flere bedre".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30).map(
    lambda words: " ".join(["Alle", *words]) + "."
)


def set_in_lines(text: str, longest: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), SENTENCES), min_size=6, max_size=24), st.integers(28, 60), st.integers(9, 12))
def test_what_is_set_is_what_is_read(blocks: list[tuple[bool, str]], longest: int, size: int) -> None:
    pages: list[list[Show]] = [[]]
    y = TOP
    for is_item, text in blocks:
        lines = set_in_lines(text, longest)
        if y - len(lines) * 1.25 * size < 60:
            pages.append([])
            y = TOP
        for at, line in enumerate(lines):
            mark = "• " if is_item and not at else ""
            x = LEFT + (0.628 * size if is_item and at else 0)
            pages[-1].append(Show(mark + line, x, y, size))
            y -= 1.25 * size
        y -= 0.75 * size
    places = [(show.text, show.y) for page in pages for show in page]
    assume(len(set(places)) == len(places))  # or they are running heads
    assert [(block.kind, block.text) for block in read(*pages).blocks] == [
        (ITEM if is_item else PARAGRAPH, text) for is_item, text in blocks
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (b"ABCDEF+Calibri", (400, "calibri")),
        (b"ABCDEF+Calibri-Bold", (700, "calibri")),
        (b"Sora-Light", (300, "sora")),
        (b"Arial,BoldItalic", (700, "arial italic")),
        (b"GHIJKL+SourceSans3-SemiboldIt", (600, "sourcesans3")),
        (b"CIDFont+F3", None),
        (b"F1", None),
        (b"", None),
    ],
)
def test_a_fonts_name_tells_its_weight_and_family(name: bytes, says: tuple[int, str] | None) -> None:
    assert weight_and_family(name) == says
