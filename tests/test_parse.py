"""Documents to statements and omissions: small invented texts, and what must hold for any text at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rusq.model import BULLET, Omission, Source, Statement
from rusq.parse import parse_document

SOURCE = Source(id="x", actor="A", file="x.txt", year=2020)


def statements(text: str) -> list[Statement]:
    return list(parse_document(text, SOURCE).statements)


def omissions(text: str) -> list[Omission]:
    return list(parse_document(text, SOURCE).omissions)


def ids_and_texts(text: str) -> list[tuple[str, str]]:
    return [(statement.id, statement.text) for statement in statements(text)]


def reasons_and_texts(text: str) -> list[tuple[str, str]]:
    return [(omission.why, omission.text) for omission in omissions(text)]


def sentences(text: str) -> list[str]:
    found = statements(text)
    assert [statement.kind for statement in found] == ["prose"] * len(found)
    return [statement.text for statement in found]


# -- List items


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param("•", id="bullet"),
        pytest.param("·", id="middle dot"),
        pytest.param("▪", id="small black square"),
        pytest.param("◦", id="white bullet"),
        pytest.param("‣", id="triangular bullet"),
        pytest.param("●", id="black circle"),
        pytest.param("○", id="white circle"),
        pytest.param("■", id="black square"),
        pytest.param("□", id="white square"),
        pytest.param("➢", id="arrowhead"),
        pytest.param("➤", id="black arrowhead"),
        pytest.param("✓", id="check mark"),
        pytest.param("*", id="asterisk"),
        pytest.param("+", id="plus"),
        pytest.param("-", id="hyphen"),
        pytest.param("1.", id="number with full stop"),
        pytest.param("12.", id="number of two digits"),
        pytest.param("3)", id="number with bracket"),
        pytest.param("a)", id="letter with bracket"),
    ],
)
def test_a_line_that_opens_with_a_mark_is_a_list_item_without_the_mark(mark: str) -> None:
    assert ids_and_texts(f"{mark} bygge flere boliger") == [("x-b01", "bygge flere boliger")]
    assert [(o.why, o.text.rstrip()) for o in omissions(f"{mark} bygge flere boliger")] == [("list mark", mark)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("– Vi skal bygge flere boliger.", id="an en dash opens spoken words"),
        pytest.param("— Vi skal bygge flere boliger.", id="so does an em dash"),
        pytest.param("-5 grader er kaldt.", id="a hyphen without a blank is a sign"),
        pytest.param("2,4 milliarder går til feltet.", id="a decimal number"),
        pytest.param("2016. Det var året.", id="a year"),
        pytest.param("13. november legger vi fram planen.", id="a date"),
        pytest.param("1. mai er en fridag.", id="a date of one digit"),
        pytest.param("24/7 er et tilbud i Oslo.", id="a name of numbers"),
    ],
)
def test_a_line_is_no_list_item_when_it_opens_with(line: str) -> None:
    assert {statement.kind for statement in statements(line)} == {"prose"}
    assert "".join(sentences(line)).replace(" ", "") == line.replace(" ", "")


def test_list_items_and_prose_are_counted_apart_from_the_top() -> None:
    text = "Først kommer ord. Så flere.\n\n• en\n• to\n\nTil slutt ord.\n\n1. tre\n"
    assert ids_and_texts(text) == [
        ("x-p01", "Først kommer ord."),
        ("x-p02", "Så flere."),
        ("x-b01", "en"),
        ("x-b02", "to"),
        ("x-p03", "Til slutt ord."),
        ("x-b03", "tre"),
    ]


def test_the_hundredth_list_item_has_three_digits() -> None:
    found = statements("• sak\n" * 101)
    assert [found[0].id, found[8].id, found[98].id, found[99].id, found[100].id] == [
        "x-b01",
        "x-b09",
        "x-b99",
        "x-b100",
        "x-b101",
    ]


def test_a_list_item_with_two_sentences_is_one_statement() -> None:
    text = "• Øke bevilgningene. Under denne regjeringen har køene vokst."
    assert ids_and_texts(text) == [("x-b01", "Øke bevilgningene. Under denne regjeringen har køene vokst.")]


def test_prose_right_after_the_last_bullet_is_not_part_of_it() -> None:
    text = "Vi vil:\n  • bygge boliger\n  • ansette leger\nAlle skal få hjelp."
    assert ids_and_texts(text) == [
        ("x-b01", "bygge boliger"),
        ("x-b02", "ansette leger"),
        ("x-p01", "Alle skal få hjelp."),
    ]


def test_bullets_count_as_one_list_whatever_their_indent() -> None:
    assert ids_and_texts(" • en\n\t• to\n    • tre") == [("x-b01", "en"), ("x-b02", "to"), ("x-b03", "tre")]


def test_a_mark_may_be_followed_by_a_tab_or_a_no_break_space() -> None:
    assert ids_and_texts("•\ten\n•\u00a0to") == [("x-b01", "en"), ("x-b02", "to")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("• en\n•\n• to", id="in a list"),
        pytest.param("• en\n\n•\n\n• to", id="between blank lines"),
        pytest.param("•\n\n• en\n• to", id="at the top"),
    ],
)
def test_a_mark_with_nothing_after_it_is_neither_a_statement_nor_a_heading(text: str) -> None:
    assert [(s.id, s.text, s.section) for s in statements(text)] == [("x-b01", "en", ""), ("x-b02", "to", "")]


# -- What the items hang on


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Vi vil:", id="colon"),
        pytest.param("Vi har fem mål:", id="colon after a noun"),
        pytest.param("Venstre vil", id="vil"),
        pytest.param("Venstre vil ikke", id="a refusal, which the items would lose"),
        pytest.param("Venstre vil ikkje", id="a refusal in nynorsk"),
        pytest.param("Regjeringen skal", id="skal"),
        pytest.param("Partiet ønsker", id="wishes"),
        pytest.param("Partiet ønskjer", id="nynorsk for ønsker"),
        pytest.param("Staten bør", id="should"),
        pytest.param("Kommunene må", id="must"),
        pytest.param("Partiet går inn for", id="for"),
        pytest.param("Det viktigste er å", id="infinitive mark"),
        pytest.param("Våre løsninger", id="solutions"),
        pytest.param("Våre løysingar", id="nynorsk for løsninger"),
    ],
)
@pytest.mark.parametrize("between", [pytest.param("\n", id="next line"), pytest.param("\n\n", id="blank line between")])
def test_a_line_before_a_list_is_its_lead_in_when_it_ends_in(line: str, between: str) -> None:
    text = f"{line}{between}• bygge boliger\n• ansette leger\n"
    assert [(s.text, s.lead_in) for s in statements(text)] == [("bygge boliger", line), ("ansette leger", line)]
    assert reasons_and_texts(text)[0] == ("lead-in", line)


def test_a_small_word_of_one_letter_ends_a_sentence_and_an_initial_does_not() -> None:
    text = "Dette er samfunnet vi lever i. Vi skal eie det vi er glade i. J. Hansen sa det.\n"
    assert [s.text for s in statements("Før.\n" + text)] == [
        "Før.",
        "Dette er samfunnet vi lever i.",
        "Vi skal eie det vi er glade i.",
        "J. Hansen sa det.",
    ]


def test_items_that_hang_on_one_have_its_words_and_its_lead_in() -> None:
    text = (
        "Vi vil ikke:\n• kutte i støtten, herunder:\n◦ støtte til bolig\n◦ støtte til skole\n• stenge sykehus\n"
        "◦ eller skoler\n\nNy start.\n◦ alene\n"
    )
    assert [(s.text, s.lead_in) for s in statements(text) if s.kind == "bullet"] == [
        ("kutte i støtten, herunder:", "Vi vil ikke:"),
        ("støtte til bolig", "Vi vil ikke: kutte i støtten, herunder:"),
        ("støtte til skole", "Vi vil ikke: kutte i støtten, herunder:"),
        ("stenge sykehus", "Vi vil ikke:"),
        ("eller skoler", "Vi vil ikke:"),
        ("alene", None),
    ]


def test_a_list_after_a_whole_sentence_has_no_lead_in() -> None:
    text = "Vi har flere forslag.\n• bygge boliger"
    assert [(s.id, s.text, s.lead_in) for s in statements(text)] == [
        ("x-p01", "Vi har flere forslag.", None),
        ("x-b01", "bygge boliger", None),
    ]


def test_a_lead_in_lasts_to_the_next_prose() -> None:
    text = "Vi vil:\n• bygge\n\n• ansette\n\nSå er det mer.\n• øke"
    assert [(s.text, s.lead_in) for s in statements(text)] == [
        ("bygge", "Vi vil:"),
        ("ansette", "Vi vil:"),
        ("Så er det mer.", None),
        ("øke", None),
    ]


def test_a_lead_in_lasts_to_the_next_heading() -> None:
    text = "Vi vil:\n• bygge\n\nArbeid\n\n• ansette"
    assert [(s.text, s.lead_in, s.section) for s in statements(text)] == [
        ("bygge", "Vi vil:", ""),
        ("ansette", None, "Arbeid"),
    ]


def test_a_second_lead_in_replaces_the_first() -> None:
    text = "Vi har to mål:\n1. bygge\n\nTiltakene er:\n• ansette"
    assert [(s.text, s.lead_in) for s in statements(text)] == [
        ("bygge", "Vi har to mål:"),
        ("ansette", "Tiltakene er:"),
    ]


def test_a_line_with_a_colon_and_no_list_after_it_is_prose() -> None:
    text = "Planen har to deler: bolig og arbeid.\n\nVi sier:\n\nDette er nytt."
    assert ids_and_texts(text) == [
        ("x-p01", "Planen har to deler: bolig og arbeid."),
        ("x-p02", "Vi sier:"),
        ("x-p03", "Dette er nytt."),
    ]


def test_a_whole_sentence_before_the_lead_in_on_its_line_is_a_statement() -> None:
    text = "Feltet har vært glemt i mange år. Derfor vil vi:\n• bygge boliger"
    assert [(s.id, s.text, s.lead_in) for s in statements(text)] == [
        ("x-p01", "Feltet har vært glemt i mange år.", None),
        ("x-b01", "bygge boliger", "Derfor vil vi:"),
    ]
    assert reasons_and_texts(text) == [("lead-in", "Derfor vil vi:"), ("list mark", "• ")]


# -- Headings


def test_a_short_line_without_an_end_mark_is_the_heading_of_what_follows() -> None:
    text = "Rusomsorg\n\nVi vil mer.\n\nBolig og arbeid\n\nAlle skal ha et hjem.\n• bygge"
    assert [(s.text, s.section) for s in statements(text)] == [
        ("Vi vil mer.", "Rusomsorg"),
        ("Alle skal ha et hjem.", "Bolig og arbeid"),
        ("bygge", "Bolig og arbeid"),
    ]
    assert reasons_and_texts(text)[:2] == [("heading", "Rusomsorg"), ("heading", "Bolig og arbeid")]


def test_markdown_headings_nest_by_their_level() -> None:
    text = "# Helse\n\n## Rus\n\nEn.\n\n### Bolig\n\nTo.\n\n## Tobakk ##\n\nTre.\n\n# Skole\n\nFire.\n"
    assert [(s.text, s.section) for s in statements(text)] == [
        ("En.", "Helse › Rus"),
        ("To.", "Helse › Rus › Bolig"),
        ("Tre.", "Helse › Tobakk"),
        ("Fire.", "Skole"),
    ]


def test_a_hash_sign_within_a_word_makes_no_heading() -> None:
    assert sentences("#rus er et emneord.") == ["#rus er et emneord."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Hvorfor nå?", ["Hvorfor nå?"], id="question"),
        pytest.param("Vi vil mer!", ["Vi vil mer!"], id="exclamation"),
        pytest.param("Vi sa «nei.»", ["Vi sa «nei.»"], id="full stop inside a quotation"),
        pytest.param("Og så…", ["Og så…"], id="ellipsis"),
        pytest.param("En setning.\nuten punktum", ["En setning.", "uten punktum"], id="not after a blank line"),
        pytest.param("ord " * 30 + "ord", ["ord " * 30 + "ord"], id="longer than a heading"),
    ],
)
def test_a_line_is_no_heading_when_it_is(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


# -- What else is left out


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param("Forsiden", "navigation", id="front page"),
        pytest.param("Historisk arkiv", "navigation", id="archive"),
        pytest.param("Skriv ut", "navigation", id="print"),
        pytest.param("Til toppen", "navigation", id="to the top"),
        pytest.param("Publisert under: Regjeringen Solberg", "navigation", id="published under"),
        pytest.param("Publisert: 3. mai 2015", "navigation", id="dateline"),
        pytest.param("Sist oppdatert 12.11.2015", "navigation", id="last updated"),
        pytest.param("Utgiver: Helse- og omsorgsdepartementet", "navigation", id="publisher"),
        pytest.param("Del på Facebook", "navigation", id="share"),
        pytest.param("Hopp til innhold", "navigation", id="skip to content"),
        pytest.param("Les mer om planen", "navigation", id="link label"),
        pytest.param("Les\u00a0planen for rusfeltet", "navigation", id="link label with a no-break space"),
        pytest.param("En hånd. Illustrasjonsfoto.", "caption", id="caption"),
        pytest.param("Illustrasjonsbilde: en hånd.", "caption", id="illustration"),
        pytest.param("Foto: Kari Li", "caption", id="credit"),
        pytest.param("FOTO: KARI LI", "caption", id="credit in capitals"),
        pytest.param("Illustrasjon: Kari Li", "caption", id="credit of a drawing"),
    ],
)
def test_a_line_is_left_out_when_it_is(line: str, why: str) -> None:
    text = f"{line}\n\nVi vil mer."
    assert ids_and_texts(text) == [("x-p01", "Vi vil mer.")]
    assert reasons_and_texts(text) == [(why, line)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Les mer i forslag til statsbudsjett for 2016.", id="reads on elsewhere"),
        pytest.param("Lesing er viktig.", id="begins as a link label"),
        pytest.param("Forsiden av avisen er svart.", id="begins as navigation"),
        pytest.param("Del på ansvaret mellom kommunene.", id="begins as a share button"),
        pytest.param("Fotografier av barn skal ikke deles.", id="begins as a credit"),
    ],
)
def test_a_whole_sentence_is_a_statement_even_if_it(line: str) -> None:
    assert ids_and_texts(line) == [("x-p01", line)]


def test_an_omission_knows_its_line_and_span() -> None:
    assert omissions("Forsiden\n\n  Rusomsorg  \n\nVi vil:\n • bygge") == [
        Omission(line=1, start=0, end=8, text="Forsiden", why="navigation"),
        Omission(line=3, start=12, end=21, text="Rusomsorg", why="heading"),
        Omission(line=5, start=25, end=32, text="Vi vil:", why="lead-in"),
        Omission(line=6, start=34, end=36, text="• ", why="list mark"),
    ]


# -- Where sentences end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Hva nå? Vi vil mer! Det er sant.",
            ["Hva nå?", "Vi vil mer!", "Det er sant."],
            id="question and exclamation",
        ),
        pytest.param(
            "Fredag 13. november kommer planen. Den er god.",
            ["Fredag 13. november kommer planen.", "Den er god."],
            id="date",
        ),
        pytest.param(
            "Den 13.\u00a0november kom den.", ["Den 13.\u00a0november kom den."], id="date with no-break space"
        ),
        pytest.param("Fra 1. Januar gjelder den.", ["Fra 1. Januar gjelder den."], id="date with a capital"),
        pytest.param(
            "Det er 13. Det er for mange.", ["Det er 13.", "Det er for mange."], id="sentence ending in a number"
        ),
        pytest.param(
            "Det var i 2016. I tillegg kom 2017.", ["Det var i 2016.", "I tillegg kom 2017."], id="ends in a year"
        ),
        pytest.param("Vi gir 100 mill. kroner til feltet.", ["Vi gir 100 mill. kroner til feltet."], id="mill."),
        pytest.param(
            "Vi gir 100 mill. NOK. Det er mye.", ["Vi gir 100 mill. NOK.", "Det er mye."], id="mill. and capital"
        ),
        pytest.param(
            "Innsatsen er 2, 4 milliarder. Den skal opp.",
            ["Innsatsen er 2, 4 milliarder.", "Den skal opp."],
            id="number with a blank in it",
        ),
        pytest.param("Den er på 2.400.000 kroner.", ["Den er på 2.400.000 kroner."], id="number with full stops"),
        pytest.param("Hus som 24/7 i Oslo må bestå.", ["Hus som 24/7 i Oslo må bestå."], id="24/7"),
        pytest.param(
            "Mange venter på behandling . Men køen går ned.",
            ["Mange venter på behandling .", "Men køen går ned."],
            id="blank before the full stop",
        ),
        pytest.param("Vi fulgte J. P. Hansen dit.", ["Vi fulgte J. P. Hansen dit."], id="initials"),
        pytest.param("Det gjelder bl.a. Oslo og Bergen.", ["Det gjelder bl.a. Oslo og Bergen."], id="bl.a."),
        pytest.param("Det gjelder f.eks. Oslo.", ["Det gjelder f.eks. Oslo."], id="f.eks."),
        pytest.param("Det koster ca. 500 kroner.", ["Det koster ca. 500 kroner."], id="ca."),
        pytest.param("Se kap. 3 og nr. 5 i loven.", ["Se kap. 3 og nr. 5 i loven."], id="kap. and nr."),
        pytest.param("Vi spurte dr. Hansen. Hun sa ja.", ["Vi spurte dr. Hansen.", "Hun sa ja."], id="title"),
        pytest.param("Bolig, arbeid osv. Dette er nytt.", ["Bolig, arbeid osv.", "Dette er nytt."], id="osv. can end"),
        pytest.param("Bolig, arbeid mv. Dette er nytt.", ["Bolig, arbeid mv.", "Dette er nytt."], id="mv. can end"),
        pytest.param("Bolig osv. skal økes.", ["Bolig osv. skal økes."], id="osv. need not end"),
        pytest.param(
            "Se Meld. St. 30 (2011–2012). Den er god.",
            ["Se Meld. St. 30 (2011–2012).", "Den er god."],
            id="white paper",
        ),
        pytest.param("Se Prop. 15 S (2015–2016).", ["Se Prop. 15 S (2015–2016)."], id="bill"),
        pytest.param("Jf. Innst. 40 S (2017–2018).", ["Jf. Innst. 40 S (2017–2018)."], id="committee's report"),
        pytest.param(
            "«Nei.» Han gikk. Så kom hun.", ["«Nei.»", "Han gikk.", "Så kom hun."], id="closing quotation mark"
        ),
        pytest.param("Hun sa ja. «Nei», sa han.", ["Hun sa ja.", "«Nei», sa han."], id="opening quotation mark"),
        pytest.param("Vi vil mer. (Se her.) Og der.", ["Vi vil mer.", "(Se her.)", "Og der."], id="brackets"),
        pytest.param("«Hvorfor?» spurte hun.", ["«Hvorfor?» spurte hun."], id="question within a sentence"),
        pytest.param("Vi må mer. – Ja, sa han.", ["Vi må mer.", "– Ja, sa han."], id="dash"),
        pytest.param("Og så … Ja. Vent... Nå kom den.", ["Og så …", "Ja.", "Vent...", "Nå kom den."], id="ellipses"),
        pytest.param(
            "Det er viktig. 500 plasser skal til.",
            ["Det er viktig.", "500 plasser skal til."],
            id="opens with a number",
        ),
        pytest.param(
            "Mange dør. Én av fire er kvinner.", ["Mange dør.", "Én av fire er kvinner."], id="opens with an accented E"
        ),
        pytest.param(
            "Køen vokser. Økt innsats må til.",
            ["Køen vokser.", "Økt innsats må til."],
            id="opens with a Norwegian letter",
        ),
        pytest.param(
            "Køen vokser. A\u030apne den!", ["Køen vokser.", "A\u030apne den!"], id="opens with a decomposed letter"
        ),
        pytest.param("Se regjeringen.no for mer.", ["Se regjeringen.no for mer."], id="web address"),
        pytest.param("En.  To.\u00a0 Tre.", ["En.", "To.", "Tre."], id="wide and no-break blanks between"),
        pytest.param("Det  er to blanke her.", ["Det  er to blanke her."], id="double blank stays"),
    ],
)
def test_prose_is_cut_into_sentences_by_its(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


# -- Files as they come


def test_an_empty_text_holds_nothing() -> None:
    assert parse_document("", SOURCE) == ((), ())


def test_a_text_of_white_space_holds_nothing() -> None:
    assert parse_document(" \n\t\n\u00a0\n\f\r\n", SOURCE) == ((), ())


def test_the_last_line_needs_no_line_break() -> None:
    assert ids_and_texts("Vi vil:\n• bygge") == ids_and_texts("Vi vil:\n• bygge\n") == [("x-b01", "bygge")]


def test_windows_line_ends_stay_out_of_statements_and_keep_the_lines() -> None:
    text = "Rusomsorg\r\n\r\nVi vil mer.\r\n\r\nVi vil:\r\n• bygge\r\n• ansette\r\n"
    assert [(s.id, s.line, s.start, s.end, s.text) for s in statements(text)] == [
        ("x-p01", 3, 13, 24, "Vi vil mer."),
        ("x-b01", 6, 39, 44, "bygge"),
        ("x-b02", 7, 48, 55, "ansette"),
    ]
    assert reasons_and_texts(text) == [
        ("heading", "Rusomsorg"),
        ("lead-in", "Vi vil:"),
        ("list mark", "• "),
        ("list mark", "• "),
    ]


def test_a_statement_carries_the_actor_source_and_year_of_its_text() -> None:
    assert statements("\n  Vi vil mer.") == [
        Statement(
            id="x-p01",
            actor="A",
            source="x",
            year=2020,
            kind="prose",
            line=2,
            page=None,
            start=3,
            end=14,
            text="Vi vil mer.",
        )
    ]


def test_a_text_without_form_feeds_has_no_pages() -> None:
    assert [statement.page for statement in statements("En.\n\nTo.")] == [None, None]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        pytest.param("En.\n\fTo.\n\n\fTre.", [1, 2, 3], id="at the start of a line"),
        pytest.param("En.\n\f\nTo.\n\f\nTre.", [1, 2, 3], id="on a line of its own"),
        pytest.param("En.\f\nTo.\f\nTre.", [1, 2, 3], id="at the end of a line"),
        pytest.param("En.\n\f\n\f\nTo.", [1, 3], id="around an empty page"),
        pytest.param("\fEn.", [2], id="before the first word"),
        pytest.param("Vi vil:\n• en\n\f• to", [1, 2], id="before a list item"),
    ],
)
def test_a_form_feed_begins_a_page(text: str, pages: list[int]) -> None:
    assert [statement.page for statement in statements(text)] == pages


# -- Who speaks


def speakers(text: str) -> list[tuple[str, str | None]]:
    return [(statement.id, statement.speaker) for statement in statements(text)]


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param("sier Kari Li.", id="sier"),
        pytest.param("seier Kari Li.", id="seier"),
        pytest.param("sa Kari Li.", id="sa"),
        pytest.param("mener Kari Li.", id="mener"),
        pytest.param("uttaler Kari Li.", id="uttaler"),
        pytest.param("sier statsråd Kari Li.", id="office before the name"),
        pytest.param("sier helse- og omsorgsminister Kari Li.", id="office of several words"),
    ],
)
def test_a_paragraph_is_spoken_by_whom_it_names_at_its_end(ending: str) -> None:
    assert speakers(f"– Vi må bygge. Vi må øke, {ending}") == [("x-p01", "Kari Li"), ("x-p02", "Kari Li")]


def test_a_name_may_hold_a_hyphen_and_norwegian_letters() -> None:
    assert speakers("– Vi må øke, sier Åse-Marie Østby Ødegård.") == [("x-p01", "Åse-Marie Østby Ødegård")]


def test_a_paragraph_that_opens_with_a_dash_takes_the_next_name_given() -> None:
    text = "– Vi må bygge.\n\n– Vi må øke. Det haster.\n\nVi må bli flere, sier Kari Li."
    assert speakers(text) == [
        ("x-p01", "Kari Li"),
        ("x-p02", "Kari Li"),
        ("x-p03", "Kari Li"),
        ("x-p04", "Kari Li"),
    ]


def test_a_surname_alone_stands_for_the_full_name_given_before() -> None:
    text = "– Vi må øke, sier statsråd Kari Li.\n\nPlanen er ny.\n\n– Vi må bygge, sier Li."
    assert speakers(text) == [("x-p01", "Kari Li"), ("x-p02", None), ("x-p03", "Kari Li")]


def test_another_surname_is_another_speaker() -> None:
    text = "– Vi må øke, sier Kari Li.\n\n– Vi må bygge, sier Ola Berg.\n\n– Ja, sier Li."
    assert speakers(text) == [("x-p01", "Kari Li"), ("x-p02", "Ola Berg"), ("x-p03", "Kari Li")]


def test_spoken_words_without_any_name_have_no_speaker() -> None:
    text = "– Vi må bygge.\n\nPlanen er ny.\n\n– Vi må øke, sier Kari Li."
    assert speakers(text) == [("x-p01", None), ("x-p02", None), ("x-p03", "Kari Li")]


def test_list_items_and_plain_prose_have_no_speaker() -> None:
    text = "– Vi må øke, sier Kari Li.\n\nPlanen er ny.\n\nVi vil:\n• bygge\n"
    assert speakers(text) == [("x-p01", "Kari Li"), ("x-p02", None), ("x-b01", None)]


def test_to_say_no_is_not_to_be_named() -> None:
    assert speakers("Partiet sier nei til heroin.") == [("x-p01", None)]


# -- For any text

_MARKS = ["• ", "– ", "- ", "1. ", "12) ", "a) ", "  • ", "•\u00a0", "# ", "## ", "\f", "\ufeff", ""]
_WORDS = [
    "Vi", "vil", "Høyre", "november", "mill.", "kroner", "bl.a.", "osv.", "2,", "4", "13.", "J.", "behandling .",
    "24/7", "«Nei.»", "(LAR).", "Hva?", "Ja!", "…", "sier Kari Li.", ", sier Li.", "–", "Foto:", "Les", "mer", "skal",
    "mål:", "a\u030a", "Én", "rus-", "\u00ad", "😀", "«", "»", "#", "•", ".", "?!",
]  # fmt: skip
_BLANKS = [" ", " ", " ", "  ", "\u00a0", "\t", "\f", "\r", "\u2028", "\x1c", ""]
_LINE_ENDS = ["\n", "\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n", "\f\n", "\n\f"]

_lines = st.builds(
    lambda mark, pairs: mark + "".join(word + blank for word, blank in pairs),
    st.sampled_from(_MARKS),
    st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_BLANKS)), max_size=8),
)
_policies = st.lists(st.tuples(_lines, st.sampled_from(_LINE_ENDS)), max_size=10).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)
documents = st.one_of(_policies, st.text(max_size=60))


@given(documents)
@settings(deadline=None)
def test_every_span_slices_back_to_its_text(text: str) -> None:
    parsed = parse_document(text, SOURCE)
    for piece in (*parsed.statements, *parsed.omissions):
        assert text[piece.start : piece.end] == piece.text


@given(documents)
@settings(deadline=None)
def test_every_character_but_white_space_is_in_one_statement_or_one_omission(text: str) -> None:
    parsed = parse_document(text, SOURCE)
    owners = [0] * len(text)
    for piece in (*parsed.statements, *parsed.omissions):
        for at in range(piece.start, piece.end):
            owners[at] += 1
    assert [count for count, sign in zip(owners, text, strict=True) if not sign.isspace()] == [1] * sum(
        not sign.isspace() for sign in text
    )
    assert max(owners, default=0) <= 1


@given(documents)
@settings(deadline=None)
def test_statements_stand_in_reading_order_and_are_never_blank(text: str) -> None:
    found = statements(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(statement.text and statement.text == statement.text.strip() for statement in found)


@given(documents)
@settings(deadline=None)
def test_ids_count_up_from_one_by_kind(text: str) -> None:
    found = statements(text)
    items = [statement.id for statement in found if statement.kind == BULLET]
    prose = [statement.id for statement in found if statement.kind != BULLET]
    assert items == [f"x-b{number:02d}" for number in range(1, len(items) + 1)]
    assert prose == [f"x-p{number:02d}" for number in range(1, len(prose) + 1)]


@given(documents)
@settings(deadline=None)
def test_lines_and_pages_are_counted_from_the_breaks_before_a_statement(text: str) -> None:
    for statement in statements(text):
        assert statement.line == 1 + text.count("\n", 0, statement.start)
        assert statement.page == (1 + text.count("\f", 0, statement.start) if "\f" in text else None)
