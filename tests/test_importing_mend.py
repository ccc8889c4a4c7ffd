"""Signs, broken words, marks of list items and font maps are repaired, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.importing.mend import bullet, font_map, is_mark, mended, remapped, unbroken

EXTRACTED = {
    "composed å": ("a\u030apne rådhus", "åpne rådhus"),
    "ring before a": ("p\u02daa", "på"),
    "space before the ring": ("a \u030apne", "åpne"),
    "ligatures": ("ﬁnne, ﬂere, oﬀentlig, eﬃsient, raﬄe", "finne, flere, offentlig, effisient, raffle"),
    "soft hyphen": ("rus\u00adpolitikk", "ruspolitikk"),
    "soft hyphen and a space": ("ressur\u00ad ser til alle", "ressurser til alle"),
    "two soft hyphens": ("for\u00ad\u00adbud", "forbud"),
    "soft hyphen before og": ("rus\u00ad og psykiatri", "rus- og psykiatri"),
    "soft hyphen after capitals": ("EØS\u00ad avtalen", "EØS-avtalen"),
    "soft hyphen before a capital": ("Sør\u00ad Norge", "Sør-Norge"),
    "soft hyphen at the end": ("tiltak\u00ad", "tiltak"),
    "pdfium's hyphen": ("rusmiddel\x02bruk", "rusmiddelbruk"),
    "zero width": ("be\u200bhand\u2060ling\ufeff", "behandling"),
    "direction": ("\u202eVi vil\u202c \u2066nå\u2069", "Vi vil nå"),
    "escape sequences": ("\x1b[31mVi\x1b[0m \x1b]0;tittel\x07vil\x1b", "Vi vil"),
    "controls": ("V\x00i\x08 v\x7fi\x9bl", "Vi vil"),
    "spaces": (" Vi\u00a0vil\t ha\u2009mer\u3000nå \r\n", "Vi vil ha mer nå"),
    "line separators": ("Vi\u2028vil\u2029ha\x85mer", "Vi vil ha mer"),
    "private sign alone": ("\uf0b7 Vi vil", "Vi vil"),
    "private sign in a word": ("o\ue001entlig", "o\ufffdentlig"),
    "half a pair": ("a\ud800b", "a\ufffdb"),
    "what is right": ("«Nå» – 24/7, §12 og 1,5 %!", "«Nå» – 24/7, §12 og 1,5 %!"),
}


@pytest.mark.parametrize(("extracted", "read"), EXTRACTED.values(), ids=EXTRACTED.keys())
def test_a_line_is_what_a_reader_sees(extracted: str, read: str) -> None:
    assert mended(extracted) == read


@given(st.text())
def test_no_mended_line_holds_what_a_terminal_obeys_or_odd_space(text: str) -> None:
    line = mended(text)
    assert [sign for sign in line if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")] == []
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)


@given(st.text())
def test_what_is_mended_stays(text: str) -> None:
    assert mended(mended(text)) == mended(text)


@given(st.text(alphabet="abcæøåABCÆØÅ.,- «»–0123", max_size=40))
def test_plain_norwegian_is_only_spaced(text: str) -> None:
    assert mended(text) == " ".join(text.split())


HALVES = {
    "a word": ("rusmiddel-", "bruk", "rusmiddelbruk"),
    "suspended": ("rus-", "og avhengighet", "rus- og avhengighet"),
    "suspended with eller": ("barne-", "eller ungdomsvernet", "barne- eller ungdomsvernet"),
    "a word that begins like og": ("psyk-", "ologisk hjelp", "psykologisk hjelp"),
    "inntil is one word": ("inn-", "til videre", "inntil videre"),
    "capitals": ("EØS-", "avtalen", "EØS-avtalen"),
    "a name": ("Sør-", "Norge", "Sør-Norge"),
    "figures": ("CO2-", "utslipp", "CO2-utslipp"),
    "years": ("2025-", "2029", "2025-2029"),
    "one letter": ("e-", "post", "e-post"),
    "ikke": ("ikke-", "voldelig", "ikke-voldelig"),
    "three consonants": ("trafikk-", "kontroll", "trafikkontroll"),
    "typographic hyphen": ("lavterskel\u2010", "tilbud", "lavterskeltilbud"),
    "soft hyphen after ikke": ("ikke\u00ad", "no", "ikkeno"),
    "within a sentence": ("flere døgn-", "plasser nå", "flere døgnplasser nå"),
}


@pytest.mark.parametrize(("before", "after", "whole"), HALVES.values(), ids=HALVES.keys())
def test_the_halves_of_a_word_are_joined_as_it_is_written(before: str, after: str, whole: str) -> None:
    assert unbroken(before, after) == whole


def test_the_words_of_the_document_decide_about_a_hyphen() -> None:
    assert unbroken("barne-", "ombudet", known={"barne-ombudet"}) == "barne-ombudet"
    assert unbroken("e-", "helse", known={"ehelse"}) == "ehelse"


def test_where_no_words_are_parted_a_hyphen_is_the_words_own() -> None:
    assert unbroken("Oslo-", "området", parted=False) == "Oslo-området"
    assert unbroken("Oslo-", "området", known={"osloområdet"}, parted=False) == "Osloområdet"


MARKS = {
    "bell": ("\x07Vi vil", 1),
    "private use": ("\uf0b7Vi vil", 1),
    "private use and a tab": ("\uf0a7\tVi vil", 2),
    "bullet": ("• Vi vil", 2),
    "bullet without space": ("•Vi vil", 1),
    "indented": ("   ▪ Vi vil", 5),
    "emoji of two signs": ("✔\ufe0f Vi vil", 3),
    "joined emoji": ("👩\u200d⚕\ufe0f Helse", 5),
    "arrow": ("→ Vi vil", 2),
    "en dash": ("– Vi vil", 2),
    "hyphen": ("- Vi vil", 2),
    "letter o": ("o Vi vil", 2),
    "lost sign": ("\ufffd Vi vil", 2),
    "hyphen within a word": ("-tallet", 0),
    "a law": ("§ 12 i loven", 0),
    "a number": ("1. Vi vil", 0),
    "a quotation": ("«Vi vil»", 0),
    "a word": ("og vi vil", 0),
    "a capital O": ("O jul", 0),
    "degrees": ("°C er målet", 0),
    "nothing after it": ("•", 0),
    "nothing": ("", 0),
}


@pytest.mark.parametrize(("line", "length"), MARKS.values(), ids=MARKS.keys())
def test_a_mark_of_a_list_item_is_told_by_its_sign(line: str, length: int) -> None:
    assert bullet(line) == length


def test_a_line_may_be_nothing_but_a_mark() -> None:
    assert [text for text in ("•", " – ", "\x07", "a", "", "1.", "•a") if is_mark(text)] == ["•", " – ", "\x07"]


def test_a_capital_that_stands_for_ff_is_told_by_the_words_it_makes() -> None:
    words = "oWentlig straWerettslig straWet skaWe Wales kommune iPhone".split()
    assert font_map(words) == {"W": "ff"}
    assert remapped("oWentlig straW. Wales", {"W": "ff"}) == "offentlig straff. Wales"
    assert remapped("1000 kWh, 5 kW", {"W": "ff"}) == "1000 kWh, 5 kW"


def test_a_letter_that_begins_a_word_stands_for_others_only_where_that_makes_an_everyday_word() -> None:
    assert remapped("Wskerne i Wien og Wnansene", {"W": "fi"}) == "fiskerne i Wien og finansene"


def test_a_sign_that_stands_for_fi_is_told_too() -> None:
    assert font_map(["pro¿l", "de¿nert", "spesi¿sert"]) == {"¿": "fi"}
    assert remapped("pro¿l og ¿nne", {"¿": "fi"}) == "profil og finne"


def test_the_other_words_of_a_document_tell_what_a_sign_stands_for() -> None:
    assert font_map(["kaWe", "saWi", "kaffe", "saffi"]) == {"W": "ff"}


ORDINARY = {
    "names": "iPhone YouTube McDonald LinkedIn",
    "glued words": "partietDNIønsker viHøyre",
    "one word": "oWentlig",
    "signs": "og/eller e-post ja* kr.1",
    "none": "",
}


@pytest.mark.parametrize("words", ORDINARY.values(), ids=ORDINARY.keys())
def test_ordinary_words_give_no_font_map(words: str) -> None:
    assert font_map(words.split()) == {}
