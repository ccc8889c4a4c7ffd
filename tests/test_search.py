"""What a query finds, why, and when it finds nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.errors import QueryError
from rusq.lexicon import Lexicon, all_sound, parse_concept
from rusq.library import Library
from rusq.query import parse_query
from rusq.select import Selection

LIBRARY = Library.open()


def found(query: str, limit: int = 5, **selection: object) -> list[str]:
    return [hit.statement.id for hit in LIBRARY.search(query, Selection(**selection))[:limit]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("nalokson", "frp2017-b05", id="the word itself"),
        pytest.param("kvalitetsregistre", "h2013-b11", id="an inflection"),
        pytest.param("langtidsbehandlingsplass", "h2013-b06", id="a compound written apart in the text"),
        pytest.param("pakke forløpet", "h2017-b03", id="a compound written apart in the query"),
        pytest.param("medlevekollektivet", "v-b08", id="a hyphen in the text"),
        pytest.param("sproyterommet", "h2017-b13", id="ASCII"),
        pytest.param("sproeyterom", "h2017-b13", id="ASCII with oe"),
        pytest.param("ungdomskontrakta", "h2017-b11", id="nynorsk ending"),
        pytest.param("kvardagen", "frp2017-p15", id="nynorsk word"),
        pytest.param("nasal spray for overdose", "frp2017-b05", id="English"),
        pytest.param("naloksson", "frp2017-b05", id="a doubled letter"),
        pytest.param("substitusjonbehandling", "h2017-b07", id="a missing letter in a long compound"),
        pytest.param("LASSO", "h2017-b07", id="the right word"),
        pytest.param("Suboxone", "h2017-b14", id="the right word for a slip in the original"),
        pytest.param("hvem går inn for tvang?", "h2017-b16", id="a whole question"),
        pytest.param("hva sier FrP om heroin?", "frp2017-p26", id="a question to an actor"),
        pytest.param('"spare" OR "ledig kapasitet blant"', "frp2017-b03", id="a phrase"),
        pytest.param("pakkeforl*", "h2017-b03", id="a prefix"),
        pytest.param("sjukehusføretaket", "h2013-b10", id="a nynorsk compound that the texts have by another name"),
        pytest.param("psykiske lidingar hos ungdom", "v-b06", id="a nynorsk name of two words"),
        pytest.param("LAR-legemidler", "v-b03", id="an acronym joined to a word"),
        pytest.param("treatment queues", "h2013-b01", id="an English plural"),
        pytest.param("behandligsgaranti", "v-p05", id="a slip in one part of a compound"),
        pytest.param("sitter i fengsel", "h2017-b09", id="a name that the texts have one word of"),
        pytest.param("far som ofte drikker", "frp2017-b06", id="a name with words between that only bind"),
        pytest.param("umotivert", "frp2017-p15", id="the opposite of a word"),
        pytest.param("avgiftingsplassane", "v-p08", id="a compound by another name of its first part"),
        pytest.param("metadonprogram", "h2013-b05", id="an everyday name of a treatment"),
        pytest.param("straffegjennomforingen", "reg2015-b05", id="ASCII, the first parts of a compound of three"),
        pytest.param("lage mat og trene", "h2017-b08", id="plain verbs"),
        pytest.param("uten sted å bo", "frp2017-p22", id="a plain phrase"),
        pytest.param("hva sies om personlig ansvar?", "frp2017-p12", id="a question in the passive"),
        pytest.param("avtalen mellom regjeringen og Venstre", "reg2015-p08", id="a name about an actor"),
        pytest.param(
            "hva skjer med den som blir tatt med hasj?", "h2017-b01", id="what frames a question counts little"
        ),
        pytest.param("metadon OR nalokson", "frp2017-b05", id="either"),
    ],
)
def test_the_statement_asked_for_comes_first(query: str, first: str) -> None:
    assert found(query)[:1] == [first]


@pytest.mark.parametrize(
    "query",
    ["pengespill", "skjenkebevillinger", "barnehagebarn", "tannlege", "parkeringshus", "fylkessammenslåing",
     "steroider", "xyzzy", "zzz qqq", "b", "привет", "平和"],
)  # fmt: skip
def test_nothing_is_found_where_there_is_nothing(query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    ("query", "not_in"),
    [
        ("LAR", "reg2015-p48"),  # «utskrivningsklare»
        ("FAS", "h2017-b14"),  # «fastleger»
        ("tvang", "v-b09"),  # «tilgang»
        ("naltrekson", "frp2017-b05"),  # nalokson is another drug
        ("høyde", "h2017-p02"),  # Høyre
        ("plast", "v-b02"),  # «behandlingsplasser»
        ("langer", "v-p13"),  # «langtidsvirkende»
        ("nese", "reg2015-p01"),  # «neste»
        ("bøter for bruk", "v-b02"),  # «for bruk» is no «forbruk»
    ],
)
def test_letters_inside_a_word_are_no_match(query: str, not_in: str) -> None:
    assert not_in not in found(query, limit=50)


def test_things_that_the_texts_have_only_apart_are_found_each() -> None:
    assert {"h2013-b11", "frp2017-b04"} <= set(found("kvalitetsregister naltrekson"))
    assert found("kvalitetsregister parkeringshus") == []


def test_a_piece_of_an_asked_compound_stands_in_its_place() -> None:
    met = LIBRARY.searcher.expander.meaning(["behandlingsreise"]).words
    assert {"behandling", "behandlingsplasser"} <= met.keys()
    assert "rusbehandling" not in met


def test_exact_switches_all_help_off() -> None:
    assert [hit.statement.id for hit in LIBRARY.search("behandlingsplass", exact=True)] == []
    assert {hit.matches[0].why for hit in LIBRARY.search("behandlingsplasser", exact=True)} == {"exact"}


def test_a_word_left_out_is_left_out_in_every_form() -> None:
    assert "frp2017-b05" in found("nesespray")
    assert found("nesespray -overdose") == ["reg2015-p36"]


def test_no_and_not_are_searched_for() -> None:
    assert found("nei")[:1] == ["frp2017-p26"]


def test_every_match_lies_in_the_text_and_says_why() -> None:
    known = {"exact", "inflection", "compound", "synonym", "typo", "prefix", "phrase"}
    for query in ("behandlingskøer", "uteliggere", "oppsokende arbeid", "rus*", '"24 timer"', "children of addicts"):
        for hit in LIBRARY.search(query):
            for match in hit.matches:
                assert hit.statement.text[match.start : match.end] == match.word
                assert match.why in known
                assert 0 < match.weight <= 1


def test_the_same_query_gives_the_same_hits_in_the_same_order() -> None:
    assert found("bolig", limit=50) == [hit.statement.id for hit in Library.open().search("bolig")][:50]


def test_hits_are_only_from_what_is_selected() -> None:
    hits = LIBRARY.search("behandling", Selection(actors=("V",), kind="bullet"))
    assert {(hit.statement.actor, hit.statement.kind) for hit in hits} == {("V", "bullet")}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("hva vil", "'hva vil' holds only words that ask or bind; add what it is about"),
        ("", "there is no word in the query; try e.g. 'nalokson' or 'bolig arbeid'"),
        ('"ledig', 'the quotation mark " is not closed, at character 1: >>>"ledig'),
        ("rus OR", "OR needs something on both sides, at character 5: rus >>>OR"),
        ("*", "a * needs letters before it, such as rus*, at character 1: >>>*"),
        ("ru*s", "a * can only end a word, such as rus*, at character 1: >>>ru*s"),
        ("-rus", "the query only leaves words out; add what to look for, e.g. 'behandling -alkohol'"),
    ],
)
def test_a_query_that_cannot_be_read_is_told_where(query: str, message: str) -> None:
    with pytest.raises(QueryError) as told:
        LIBRARY.search(query)
    assert str(told.value) == message


def test_a_query_of_two_hundred_words_is_answered() -> None:
    assert found(" ".join(["behandling", "bolig", "kapasitet", "tvang"] * 50)) != []


def test_a_query_that_would_trouble_a_backtracking_pattern_is_answered() -> None:
    assert found("a" * 300 + "! " + "(" * 300 + "nalokson") in ([], ["frp2017-b05"])


@pytest.mark.parametrize(
    ("query", "words"),
    [("spilleavhengighet", ["avhengighet"]), ("nalokso", ["nalokson"])],
)
def test_did_you_mean_offers_words_that_occur(query: str, words: list[str]) -> None:
    assert LIBRARY.did_you_mean(query)[:1] == words


@given(st.lists(st.sampled_from(["same: ", "en: ", "near: ", "x", "y", ", ", "; ", ": ", ",", ";", ":", " "])))
def test_a_line_of_the_lexicon_that_looks_sound_can_be_read(pieces: list[str]) -> None:
    line = "".join(pieces)
    if all_sound([line]):
        assert parse_concept("term", line).term == "term"


def test_the_words_of_the_lexicon_are_those_of_its_names() -> None:
    lines = {"Rus-ord": "same: to ord, ett; en: two words, single; near: fjernt; from: en lov"}
    assert Lexicon(lines, (), LIBRARY.corpus.language).words == {"rusord", "to", "ord", "ett", "single"}


def test_a_name_is_found_however_its_line_is_spaced() -> None:
    lines = {"ett": "same: annet", "tre": "same:fire ord,fem;\n  en:four"}
    lexicon = Lexicon(lines, (), LIBRARY.corpus.language)
    assert [lexicon.names_at([word], 0)[0].concept.term for word in ("annet", "fem", "four")] == ["ett", "tre", "tre"]


def test_a_quotation_in_guillemets_is_a_phrase() -> None:
    assert parse_query("«ledig kapasitet»").wanted[0][0].kind == "phrase"
