"""The five built-in texts: not a byte of them has changed, and every sentence is read as a reader would read it."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from rusq.corpus import Corpus, builtin_folder
from rusq.library import Library
from rusq.model import Statement

SEEDS = Path(__file__).parent.parent / "seeds"
FILES = {
    "h2013": "hoyre-2013.txt",
    "h2017": "hoyre-2017.txt",
    "v": "venstre.txt",
    "reg2015": "regjeringen-2015.txt",
    "frp2017": "frp-2017.txt",
}
SOURCES = list(FILES)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus([builtin_folder()])


@pytest.fixture(scope="module")
def by_id(corpus: Corpus) -> dict[str, Statement]:
    return {statement.id: statement for statement in corpus.statements}


def original(source: str) -> str:
    return (SEEDS / FILES[source]).read_bytes().decode("utf-8")


# -- The texts


@pytest.mark.parametrize(
    ("source", "size", "checksum"),
    [
        pytest.param("h2013", 4147, "11d031ef725ed4a55d56d58ab8573785b11c98df0480ee214750ee4edfe8ea7f", id="h2013"),
        pytest.param("h2017", 3173, "6ed047703711322543c225ec7cffa6c3f12895f080ef19de405837a4eebb843b", id="h2017"),
        pytest.param("v", 3218, "288e327694bdc4e23c537a3892b2b6c6e569e26e58e6366786109dd130f02695", id="v"),
        pytest.param("reg2015", 6618, "6b01d053efd0b3ec4c397cc99b77c6aba35d8e2a9416b079900ef1bf7d097ae2", id="reg2015"),
        pytest.param("frp2017", 3667, "267a8edba3d0e5dd66b7917c4a7d1dff1491d08b248519de13c628bf7c38dde5", id="frp2017"),
    ],
)
def test_the_text_is_byte_for_byte_the_one_collected(corpus: Corpus, source: str, size: int, checksum: str) -> None:
    raw = (SEEDS / FILES[source]).read_bytes()
    assert (len(raw), sha256(raw).hexdigest()) == (size, checksum)
    assert corpus.sources[source].sha256 == checksum


def test_the_sources_have_the_ids_actors_files_and_years_of_the_contract(corpus: Corpus) -> None:
    assert [(s.id, s.actor, s.file, s.year) for s in corpus.sources.values()] == [
        ("h2013", "H", "hoyre-2013.txt", 2013),
        ("h2017", "H", "hoyre-2017.txt", 2017),
        ("v", "V", "venstre.txt", None),
        ("reg2015", "Regjeringen", "regjeringen-2015.txt", 2015),
        ("frp2017", "FrP", "frp-2017.txt", 2017),
    ]


def test_each_source_says_how_its_year_is_known(corpus: Corpus) -> None:
    assert [source.id for source in corpus.sources.values() if not source.dating] == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_title_stands_in_the_text_itself(corpus: Corpus, source: str) -> None:
    assert corpus.sources[source].title in original(source)


@pytest.mark.parametrize("source", SOURCES)
def test_no_text_ends_with_a_line_break(source: str) -> None:
    assert not original(source).endswith(("\n", " "))


# -- How much is in them


@pytest.mark.parametrize(
    ("source", "items", "sentences"),
    [
        pytest.param("h2013", 13, 22, id="h2013"),
        pytest.param("h2017", 16, 8, id="h2017"),
        pytest.param("v", 9, 15, id="v"),
        pytest.param("reg2015", 10, 51, id="reg2015"),
        pytest.param("frp2017", 6, 28, id="frp2017"),
    ],
)
def test_all_list_items_and_sentences_are_read(corpus: Corpus, source: str, items: int, sentences: int) -> None:
    found = Counter(statement.kind for statement in corpus.documents[source].statements)
    assert found == {"bullet": items, "prose": sentences}


def test_there_are_54_list_items_and_124_sentences(corpus: Corpus) -> None:
    assert Counter(statement.kind for statement in corpus.statements) == {"bullet": 54, "prose": 124}


@pytest.mark.parametrize(
    ("source", "sentences_by_line"),
    [
        pytest.param("h2013", {1: 2, 3: 5, 5: 7, 7: 7, 9: 1}, id="h2013"),
        pytest.param("h2017", {3: 2, 5: 3, 7: 3}, id="h2017"),
        pytest.param("v", {3: 3, 5: 3, 7: 3, 9: 4, 11: 2}, id="v"),
        pytest.param(
            "reg2015",
            {
                13: 3,
                15: 4,
                17: 2,
                19: 3,
                21: 2,
                25: 1,
                27: 1,
                29: 5,
                33: 5,
                35: 3,
                39: 4,
                41: 4,
                43: 6,
                47: 4,
                49: 2,
                67: 2,
            },
            id="reg2015",
        ),
        pytest.param(
            "frp2017", {7: 2, 9: 2, 11: 4, 15: 2, 17: 4, 27: 1, 29: 3, 31: 3, 33: 2, 35: 2, 37: 1, 39: 2}, id="frp2017"
        ),
    ],
)
def test_each_paragraph_has_as_many_sentences_as_a_reader_counts(
    corpus: Corpus, source: str, sentences_by_line: dict[int, int]
) -> None:
    prose = [statement for statement in corpus.documents[source].statements if statement.kind == "prose"]
    assert Counter(statement.line for statement in prose) == sentences_by_line


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param("h2013", range(13, 26), id="h2013"),
        pytest.param("h2017", range(11, 27), id="h2017"),
        pytest.param("v", range(15, 24), id="v"),
        pytest.param("reg2015", [*range(53, 58), *range(61, 66)], id="reg2015"),
        pytest.param("frp2017", range(21, 27), id="frp2017"),
    ],
)
def test_each_list_item_stands_on_its_own_line(corpus: Corpus, source: str, lines: range | list[int]) -> None:
    items = [statement for statement in corpus.documents[source].statements if statement.kind == "bullet"]
    assert [statement.line for statement in items] == list(lines)


# -- Word for word

QUOTED = [
    (
        "h2013-p01", 1,
        "Et godt avrusings-, behandlings- og rehabiliteringstilbud vil bidra til å gjøre det lettere å slutte med rus.",
    ),
    ("h2013-p05", 3, "Når plassen har blitt tilgjengelig, kan motivasjonen være borte."),
    (
        "h2013-p14", 5,
        "Brukerorganisasjonen «Marborg» har treffende uttalt at «aldri har så mange blitt behandlet så lite».",
    ),
    ("h2013-p22", 9, "Høyre vil styrke sikkerhetsnettet for de som er motivert for å finne veien ut av rusmisbruket."),
    (
        "h2013-b01", 13,
        "Øke bevilgningene i 2014-budsjettet slik at vi tar i bruk ledig kapasitet, og stanser nedleggelsene. "
        "Under denne regjeringen har en rekke institusjoner med gode resultater blitt nedlagt, samtidig som "
        "rusavhengige står i kø for behandling.",
    ),
    (
        "h2013-b07", 19,
        "Bruke langsiktige avtaler fremfor konkurranseutsetting når det gjelder kompetansesentrene innen "
        "rusbehandling.",
    ),
    ("h2013-b13", 25, "Sørge for god og tilpasset opplæring til unge ved rusinstitusjoner."),
    ("h2017-p01", 3, "Ventetiden for rusavhengige som har behov for behandling, er for lang."),
    ("h2017-p04", 5, "Høyres mål er at ingen skal dø av overdose."),
    (
        "h2017-p08", 7,
        "Høyre ønsker å endre myndighetenes reaksjoner mot personer som tas for bruk og besittelse av narkotika, fra "
        "straff til hjelp, behandling og oppfølgning – inspirert blant annet av portugisiske erfaringer.",
    ),
    (
        "h2017-b01", 11,
        "Overføre ansvaret for samfunnets oppfølging for bruk og besittelse av illegale rusmidler til egen bruk fra "
        "justissektoren til helsetjenesten.",
    ),
    (
        "h2017-b09", 19,
        "Styrke tilbudet om avrusing og rusmestring for innsatte med narkotikaproblemer i norske fengsler.",
    ),
    ("h2017-b16", 26, "Åpne for mer rusbehandling der innleggelsen er frivillig, mens gjennomføringen er tvungen."),
    (
        "v-p01", 3,
        "En human og liberal rusomsorg tar utgangspunkt i den enkelte rusavhengige og den personens situasjon.",
    ),
    ("v-p11", 9, "LAR bør anses som både et skadereduserende tiltak og et rehabiliterende tiltak."),
    (
        "v-p15", 11,
        "Institusjoner som 24/7 i Oslo, som arbeider basert på et slikt prinsipp, må gis rettslig beskyttelse og "
        "økonomisk støtte.",
    ),
    ("v-b01", 15, "at ruspasienter skal få time til poliklinikk eller behandling innen 24 timer etter avrusning"),
    ("v-b05", 19, "styrke lavterskeltilbud rettet mot barn av rusmisbrukere"),
    ("v-b09", 23, "at rusavhengige gis samme tilgang til ordinære legemidler som det ikke-rusavhengige har i dag"),
    (
        "reg2015-p01", 13,
        "Regjeringen trapper opp innsatsen på rusfeltet med 2, 4 milliarder de neste fem årene.",
    ),
    (
        "reg2015-p10", 19,
        "Fredag 13. november legger regjeringen fram en opptrappingsplan for rusfeltet som skal sikre økt kapasitet og "
        "bedre kvalitet i tilbudet til rusavhengige.",
    ),
    ("reg2015-p36", 41, "Nalokson nesespray redder liv."),
    (
        "reg2015-b01", 53,
        "Det skal sikres reell brukerinnflytelse gjennom fritt behandlingsvalg, flere brukerstyrte løsninger og "
        "sterkere brukermedvirkning ved utforming av tjenestetilbudet.",
    ),
    (
        "reg2015-b07", 62,
        "Øke antall tiltaksplasser for de med nedsatt arbeidsevne med 500 plasser (75,5 millioner kroner).",
    ),
    (
        "reg2015-b10", 65,
        "Økt kompetanse om rus- og avhengighetsproblematikk i alle sektorer (100 mill. kroner).",
    ),
    ("reg2015-p50", 67, "Opptrappingsplanen starter i 2016."),
    ("reg2015-p51", 67, "Les mer i forslag til statsbudsjett for 2016."),
    (
        "frp2017-p01", 7,
        "Fremskrittspartiet vil prioritere forebyggende arbeid for å hindre utvikling av rusavhengighet.",
    ),
    ("frp2017-p11", 17, "Rusmiddelavhengighet er en sykdom."),
    ("frp2017-b01", 21, "Styrke forebyggingsarbeidet for å hindre rusmisbruk"),
    ("frp2017-b05", 25, "Utvide bruken av Nalokson nesespray til nasjonal ordning for å behandle overdoser"),
    (
        "frp2017-p15", 27,
        "Alle som er motivert for å komme seg ut av rusmisbruket, skal få den nødvendige behandlingen og oppfølgingen "
        "for å lykkes med å oppnå en rusfri hverdag.",
    ),
    (
        "frp2017-p26", 37,
        "Fremskrittspartiet sier nei til å inkludere heroinassistert behandling som en del av LAR.",
    ),
    (
        "frp2017-p28", 39,
        "I enkelte tilfeller er likevel bruk av tvang nødvendig for å få rusmisbrukerne inn i behandlingsopplegget.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "line", "text"), [pytest.param(*row, id=row[0]) for row in QUOTED])
def test_the_statement_is_quoted_word_for_word(
    by_id: dict[str, Statement], statement: str, line: int, text: str
) -> None:
    assert (by_id[statement].line, by_id[statement].text) == (line, text)


@pytest.mark.parametrize("source", SOURCES)
def test_every_statement_is_the_file_from_its_start_to_its_end(corpus: Corpus, source: str) -> None:
    text = original(source)
    for statement in corpus.documents[source].statements:
        assert text[statement.start : statement.end] == statement.text
        assert text.split("\n")[statement.line - 1].find(statement.text) >= 0


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        pytest.param("reg2015-b09", "etter modell av IASSO og", id="IASSO for LASSO"),
        pytest.param("h2017-b14", "med Subutex og Subuxsone utenom LAR.", id="Subuxsone for Suboxone"),
        pytest.param("reg2015-p12", "som i 2106 er beregnet", id="2106 for 2016"),
        pytest.param("frp2017-b04", "Utvide bruk at av vaksinen Naltrekson", id="at av"),
        pytest.param("h2013-b06", "kuttene i langtids behandlingsplasser.", id="a compound in two words"),
        pytest.param("h2017-b09", "tilbudet om avrusing og rusmestring", id="avrusing for avrusning"),
        pytest.param("reg2015-p01", "med 2, 4 milliarder de", id="a blank in a number"),
        pytest.param("h2013-p08", "venter på behandling .", id="a blank before the full stop"),
        pytest.param("reg2015-p43", "I tillegg skal de innføres pakkeforløp", id="de for det"),
        pytest.param("reg2015-p48", "pasienter, tidligste innen 2017.", id="tidligste for tidligst"),
        pytest.param("v-b07", "gjennom Samordning av lokale", id="a capital inside a sentence"),
    ],
)
def test_an_error_of_the_original_stays_in_the_quotation(
    by_id: dict[str, Statement], statement: str, reads: str
) -> None:
    assert reads in by_id[statement].text


def test_the_no_break_spaces_stay_in_the_text_and_out_of_the_statements(corpus: Corpus) -> None:
    found = [
        (source, text.count("\n", 0, at) + 1, text[at - 4 : at + 2])
        for source, text in corpus.texts.items()
        for at, sign in enumerate(text)
        if sign == "\u00a0"
    ]
    assert found == [
        ("reg2015", 17, "ie. \u00a0\n"),
        ("reg2015", 29, "ert.\u00a0 "),
        ("reg2015", 69, "\nLes\u00a0O"),
    ]
    assert [statement.id for statement in corpus.statements if "\u00a0" in statement.text] == []


def test_the_wide_blank_inside_a_paragraph_parts_two_sentences(by_id: dict[str, Statement]) -> None:
    before, after = by_id["reg2015-p19"], by_id["reg2015-p20"]
    assert (before.text, after.text) == (
        "Hjelpen de får er ofte dårlig koordinert.",
        "Da er veien tilbake til rusavhengighet kort.",
    )
    assert original("reg2015")[before.end : after.start] == "\u00a0 "


def test_three_sentences_stand_twice_and_each_time_are_a_statement_of_their_own(corpus: Corpus) -> None:
    ids: dict[str, list[str]] = {}
    for statement in corpus.statements:
        ids.setdefault(statement.text, []).append(statement.id)
    assert [twice for twice in ids.values() if len(twice) > 1] == [
        ["reg2015-p17", "reg2015-p44"],
        ["frp2017-p01", "frp2017-p09"],
        ["frp2017-p02", "frp2017-p10"],
    ]


# -- How they are to be read


@pytest.mark.parametrize(
    ("first", "last", "lead_in"),
    [
        pytest.param("h2013-b01", "h2013-b13", "Høyre vil:", id="h2013"),
        pytest.param("h2017-b01", "h2017-b16", "Høyres løsninger:", id="h2017"),
        pytest.param("v-b01", "v-b09", "Venstre vil", id="v without a colon"),
        pytest.param(
            "reg2015-b01", "reg2015-b05", "Opptrappingsplanen har fem overordnede mål:", id="reg2015 numbered goals"
        ),
        pytest.param(
            "reg2015-b06",
            "reg2015-b10",
            "Hovedinnsatsen vil komme i kommunene og innenfor rammen er følgende tiltak løftet fram i planperioden:",
            id="reg2015 measures",
        ),
        pytest.param("frp2017-b01", "frp2017-b06", "Fremskrittspartiet vil:", id="frp2017"),
    ],
)
def test_list_items_hang_on_their_lead_in(corpus: Corpus, first: str, last: str, lead_in: str) -> None:
    items = [statement for statement in corpus.statements if statement.kind == "bullet"]
    ids = [statement.id for statement in items]
    under_it = [statement.id for statement in items if statement.lead_in == lead_in]
    assert under_it == ids[ids.index(first) : ids.index(last) + 1]


def test_sentences_of_prose_have_no_lead_in(corpus: Corpus) -> None:
    assert {statement.lead_in for statement in corpus.statements if statement.kind == "prose"} == {None}


@pytest.mark.parametrize(
    ("source", "sections"),
    [
        pytest.param("h2013", {"": 35}, id="h2013"),
        pytest.param("h2017", {"Rusomsorg": 24}, id="h2017"),
        pytest.param("v", {"Tema Rusomsorg som tar mennesker på alvor": 24}, id="v"),
        pytest.param(
            "reg2015",
            {
                "2,4 milliarder til rusfeltet de neste fem årene": 14,
                "Tre innsatsområder": 7,
                "Oppdage og hjelpe tidligere": 8,
                "Økt kapasitet og kvalitet i behandlingen": 14,
                "Bedre oppfølgingstjenester": 18,
            },
            id="reg2015",
        ),
        pytest.param("frp2017", {"Rusomsorg": 8, "Partiprogram 2017 - 2021": 26}, id="frp2017"),
    ],
)
def test_statements_stand_under_their_headings(corpus: Corpus, source: str, sections: dict[str, int]) -> None:
    assert Counter(statement.section for statement in corpus.documents[source].statements) == sections


def test_the_minister_speaks_in_three_places_and_nobody_else_anywhere(corpus: Corpus) -> None:
    assert [(s.id, s.line, s.speaker) for s in corpus.statements if s.speaker] == [
        ("reg2015-p04", 15, "Bent Høie"),
        ("reg2015-p05", 15, "Bent Høie"),
        ("reg2015-p06", 15, "Bent Høie"),
        ("reg2015-p07", 15, "Bent Høie"),
        ("reg2015-p08", 17, "Bent Høie"),
        ("reg2015-p09", 17, "Bent Høie"),
        ("reg2015-p16", 27, "Bent Høie"),
        ("reg2015-p17", 29, "Bent Høie"),
        ("reg2015-p18", 29, "Bent Høie"),
        ("reg2015-p19", 29, "Bent Høie"),
        ("reg2015-p20", 29, "Bent Høie"),
        ("reg2015-p21", 29, "Bent Høie"),
    ]


def test_the_government_is_credited_to_no_party(corpus: Corpus) -> None:
    assert {statement.actor for statement in corpus.documents["reg2015"].statements} == {"Regjeringen"}


# -- What is left out

LEFT_OUT = [
    ("h2013", 11, "lead-in", "Høyre vil:"),
    ("h2017", 1, "heading", "Rusomsorg"),
    ("h2017", 9, "lead-in", "Høyres løsninger:"),
    ("v", 1, "heading", "Tema Rusomsorg som tar mennesker på alvor"),
    ("v", 13, "lead-in", "Venstre vil"),
    ("reg2015", 1, "navigation", "Forsiden"),
    ("reg2015", 3, "navigation", "Historisk arkiv"),
    ("reg2015", 5, "heading", "2,4 milliarder til rusfeltet de neste fem årene"),
    ("reg2015", 7, "navigation", "Historisk arkiv"),
    ("reg2015", 9, "navigation", "Publisert under: Regjeringen Solberg"),
    ("reg2015", 11, "navigation", "Utgiver: Helse- og omsorgsdepartementet"),
    ("reg2015", 23, "heading", "Tre innsatsområder"),
    ("reg2015", 31, "heading", "Oppdage og hjelpe tidligere"),
    ("reg2015", 37, "heading", "Økt kapasitet og kvalitet i behandlingen"),
    ("reg2015", 45, "heading", "Bedre oppfølgingstjenester"),
    ("reg2015", 51, "lead-in", "Opptrappingsplanen har fem overordnede mål:"),
    (
        "reg2015", 59, "lead-in",
        "Hovedinnsatsen vil komme i kommunene og innenfor rammen er følgende tiltak løftet fram i planperioden:",
    ),
    ("reg2015", 69, "navigation", "Les\u00a0Opptrappingsplanen for rusfeltet (2016–2020)"),
    ("frp2017", 1, "caption", "Skje og sprøytespiss. Brukerutstyr. Illustrasjonsfoto."),
    ("frp2017", 3, "caption", "Foto: FrP - Colourbox"),
    ("frp2017", 5, "heading", "Rusomsorg"),
    ("frp2017", 13, "heading", "Partiprogram 2017 - 2021"),
    ("frp2017", 19, "lead-in", "Fremskrittspartiet vil:"),
]  # fmt: skip


def test_nothing_is_left_out_but_these_lines_and_the_marks_of_the_lists(corpus: Corpus) -> None:
    left_out = [
        (source, omission.line, omission.why, omission.text)
        for source, parsed in corpus.documents.items()
        for omission in parsed.omissions
        if omission.why != "list mark"
    ]
    for row in left_out:
        print(*row, sep="\t")  # seen with pytest -s
    assert left_out == LEFT_OUT


def test_each_list_item_leaves_out_one_mark(corpus: Corpus) -> None:
    marks = [
        (source, omission.text)
        for source, parsed in corpus.documents.items()
        for omission in parsed.omissions
        if omission.why == "list mark"
    ]
    assert Counter(marks) == {
        ("h2013", "• "): 13,
        ("h2017", "• "): 16,
        ("v", "• "): 9,
        ("reg2015", "1. "): 1,
        ("reg2015", "2. "): 1,
        ("reg2015", "3. "): 1,
        ("reg2015", "4. "): 1,
        ("reg2015", "5. "): 1,
        ("reg2015", "• "): 5,
        ("frp2017", "• "): 6,
    }


@pytest.mark.parametrize("source", SOURCES)
def test_every_character_is_in_a_statement_or_left_out_for_a_reason_or_blank(corpus: Corpus, source: str) -> None:
    text = original(source)
    covered = [0] * len(text)
    for piece in (*corpus.documents[source].statements, *corpus.documents[source].omissions):
        for at in range(piece.start, piece.end):
            covered[at] += 1
    assert max(covered) == 1
    assert "".join(sign for sign, count in zip(text, covered, strict=True) if not count).strip() == ""


def test_every_list_item_has_a_topic() -> None:
    library = Library.open()
    items = [statement for statement in library.corpus.statements if statement.kind == "bullet"]
    assert len(items) == 54
    assert [statement.id for statement in items if not library.topics_of(statement)] == []
