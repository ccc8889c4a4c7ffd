"""Words that belong together meet, and words that do not stay apart: the cases, with the built-in data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.library import Library
from rusq.norwegian.inflection import bases, english_bases, is_spelt_as_of, same_word
from rusq.norwegian.language import Lines
from rusq.norwegian.nynorsk import by_rule, of_compound
from rusq.norwegian.tokens import ascii_spelling, fold, small, tokenise, words

LIBRARY = Library.open()
LANGUAGE = LIBRARY.corpus.language

TOGETHER = [
    "kapasitet kapasiteten kapasiteter",
    "rusmisbruker rusmisbrukere rusmisbrukerne rusmisbrukernes",
    "fengsel fengsler fengslene fengselet",
    "rusmiddel rusmidler rusmidlene",
    "liten lita lite små",
    "senter sentre sentrene senteret",
    "register registre registeret registrene",
    "program programmet programmer",
    "behandle behandler behandlet behandles",
    "trygg trygt trygge",
    "rusfri rusfritt rusfrie",
    "enkel enkelt enkle enklere enklest",
    "behandling behandlinger behandlingen behandlingens",
    "rusavhengig rusavhengige rusavhengiges",
    "regjering regjeringen regjeringa regjeringens",
    "bygge bygger bygd bygget",
    "kommune kommuner kommunen kommunane kommunenes",
    "overdose overdosene overdoser",
    "motivert motiverte",
    "øke øker økt økte",
    "medlem medlemmer medlemmene",
    "pasient pasientar pasientane pasienter",
]
APART = [
    "tid tidlig", "person personlig", "men mens", "bo bolig", "høyre høyde", "innsatt innsats", "register registrerer",
    "hjelp hjelm", "andre endre", "kreft kraft", "nalokson naltrekson", "fas fast", "tvang tilgang", "motta mot",
    "redd redder", "variert varierer", "tidlig tidligere",
]  # fmt: skip


@pytest.mark.parametrize("line", TOGETHER)
def test_forms_of_one_word_meet(line: str) -> None:
    first, *others = line.split()
    assert [word for word in others if not same_word(first, word, LANGUAGE)] == []


@pytest.mark.parametrize("pair", APART)
def test_different_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert not same_word(one, other, LANGUAGE)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("hjemløse", "hjemløs"),
        ("hjelpemidlene", "hjelpemiddel"),
        ("sentrene", "senter"),
        ("ventelistene", "venteliste"),
        ("små", "liten"),
        ("pengene", "penger"),
        ("sykeste", "syk"),
    ],
)
def test_a_form_is_found_in_a_word_list_under_its_base(form: str, base: str) -> None:
    assert base in bases(form, LANGUAGE)


@pytest.mark.parametrize(
    ("form", "base"),
    [("users", "user"), ("gps", "gp"),
     ("cities", "city"), ("clinics", "clinic"), ("reduced", "reduce"), ("stopped", "stop"),
     ("treating", "treat"), ("decriminalizing", "decriminalise"), ("centers", "centre"), ("quickly", "quick")],
)  # fmt: skip
def test_an_english_form_is_found_under_its_base_in_british_spelling(form: str, base: str) -> None:
    assert base in english_bases(form)


@pytest.mark.parametrize(
    ("base", "forms", "others"),
    [
        pytest.param("kutte", "kutt kutter kuttet kuttene", "kutteene kutteer kuttn", id="ends in e"),
        pytest.param("fengsel", "fengselet fengsler fengslene fengsels", "fengselr fengsee", id="may lose an e"),
        pytest.param("rom", "rommet rommene roms", "romn romsene rommn", id="a consonant that is doubled"),
        pytest.param("bru", "brua bruen bruer", "bruon brudt brule", id="ends in a vowel"),
        pytest.param("bok", "bøker bøkene", "bøkr", id="forms that no ending shows"),
    ],
)
def test_a_form_is_spelt_as_one(base: str, forms: str, others: str) -> None:
    assert [word for word in forms.split() if not is_spelt_as_of(word, base, LANGUAGE)] == []
    assert [word for word in others.split() if is_spelt_as_of(word, base, LANGUAGE)] == []


@pytest.mark.parametrize(
    ("nynorsk", "bokmaal"),
    [("kvalitetssikra", "kvalitetssikret"), ("førebyggjande", "forebyggende"),
     ("brukarane", "brukerne"), ("ventetida", "ventetiden"), ("arbeidsløyse", "arbeidsløshet"), ("løyse", "løse")],
)  # fmt: skip
def test_rules_of_spelling_give_the_bokmaal_word(nynorsk: str, bokmaal: str) -> None:
    assert bokmaal in by_rule(nynorsk)


@pytest.mark.parametrize(
    ("nynorsk", "bokmaal"),
    [
        pytest.param("sjukehusføretak", "sykehusforetak", id="both parts"),
        pytest.param("kommunehelsetenesta", "kommunehelsetjeneste", id="the last part, inflected"),
        pytest.param("bustadtiltak", "boligtiltak", id="the first part"),
        pytest.param("lågterskeltilbod", "lavterskeltilbud", id="an opening and the last part"),
        pytest.param("rushandsaming", "rusbehandling", id="another word"),
    ],
)
def test_a_compound_has_its_parts_in_the_other_standard(nynorsk: str, bokmaal: str) -> None:
    assert bokmaal in of_compound(nynorsk, LANGUAGE)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("behandlingsplasser", ["behandling", "plasser"]),
        ("kvalitetsregister", ["kvalitet", "register"]),
        ("kompetansesentrene", ["kompetanse", "sentrene"]),
        ("rusinstitusjoner", ["rus", "institusjoner"]),
        ("menneskerettigheter", ["menneske", "rettigheter"]),
        ("skadebegrensende", ["skade", "begrensende"]),
        ("straffegjennomføringsformer", ["straff", "gjennomføring", "former"]),
        ("legemiddelassistert", ["legemiddel", "assistert"]),
        ("legemidler", []),
        ("landbrukspolitikk", ["landbruk", "politikk"]),
        ("rettferdighet", []),
        ("utskrivningsklare", []),
        ("avrusning", []),
        ("personlig", []),
        ("tvungen", []),
    ],
)
def test_a_compound_is_cut_into_words_and_never_into_chance_strings(word: str, parts: list[str]) -> None:
    assert [part.word for part in LIBRARY.index.splitter.parts(word)] == parts


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("avrusings-, behandlings- og rehabiliteringstilbud", ["avrusingstilbud", "behandlingstilbud"]),
        ("oppfølgings- og ettervernstjenester", ["oppfølgingstjenester"]),
        ("rus- og avhengighetsproblematikk", ["rusproblematikk"]),
        ("behandlingsmetoder og -tiltak", ["behandlingstiltak"]),
    ],
)
def test_a_suspended_compound_is_completed(text: str, completed: list[str]) -> None:
    assert [token.word for token in LIBRARY.index.tokens(text) if token.word in completed] == completed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,4 milliarder", ["2,4", "milliarder"]),
        ("24/7 i Oslo", ["24/7", "i", "oslo"]),
        ("medleve-kollektiv", ["medlevekollektiv", "medleve", "kollektiv"]),
        ("ACT-team", ["actteam", "act", "team"]),
        ("oppfølging/ettervern", ["oppfølging", "ettervern"]),
        ("a\u030apen", ["åpen"]),
        ("ressur\u00adser", ["ressurser"]),
        ("Sjöström", ["sjøstrøm"]),
    ],
)
def test_tokens_of_a_text(text: str, expected: list[str]) -> None:
    assert [token.word for token in tokenise(text)] == expected


def test_an_acronym_counts_only_in_capitals() -> None:
    assert [t.word for t in LIBRARY.index.tokens("LAR lar seg gjøre, FAS og fas")] == [
        "lar",
        "seg",
        "gjøre",
        "fas",
        "og",
    ]


def test_ascii_spellings_share_a_key() -> None:
    assert len({ascii_spelling(word) for word in ("sprøyterom", "sproyterom", "sproeyterom")}) == 1


@given(st.text(alphabet="abcåøæÅ-‐ 0123,./äö\u030a\u00ad«»", max_size=40))
def test_tokens_lie_in_the_text_and_their_words_are_what_is_indexed(text: str) -> None:
    tokens = tokenise(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert {token.word for token in tokens} == words(text)
    assert [fold(text[t.start : t.end]).replace("-", "").replace("‐", "") for t in tokens] == [t.word for t in tokens]


def test_lines_tell_the_same_when_they_have_been_asked_often() -> None:
    lines = Lines("liten små vesle\nbok bøker\nbok boka\nsmå liten")
    asked = ("liten", "små", "bok", "boka", "bøker", "vesle", "ukjent")
    before = [(tuple(lines.after(word)), tuple(lines.before(word))) for word in asked]
    for _ in range(600):
        lines.after("bok")
    assert [(tuple(lines.after(word)), tuple(lines.before(word))) for word in asked] == before
    assert before[2] == (("bøker", "boka"), ())
    assert before[1] == (("liten",), ("liten",))


@given(st.text() | st.text(st.characters(max_codepoint=255)))
def test_small_letters_are_those_of_python(text: str) -> None:
    assert small(text) == text.lower()
