"""The topic map as SKOS: what a second reader finds in it, and what SKOS asks of it whatever the topics say.

rdflib writes; what is written is read back with pyoxigraph, which shares no code with it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.formats.skos import labels, related_pairs, to_jsonld, to_turtle
from rusq.library import Library
from rusq.model import Actor, Source, Statement, Topic
from rusq.norwegian.tokens import ascii_spelling, fold

SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
STRING = "http://www.w3.org/2001/XMLSchema#string"

# rdflib's reader of JSON-LD uses a class that rdflib itself will give up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

FORMATS = [pytest.param(to_turtle, id="turtle"), pytest.param(to_jsonld, id="json-ld")]

# (subject, predicate, object); a literal is (text, language or datatype)
Triples = set[tuple[str, str, Any]]


@pytest.fixture(scope="session")
def rdflib() -> ModuleType:
    module: ModuleType = pytest.importorskip("rdflib", reason="rdflib, which writes SKOS, is not installed")
    return module


@pytest.fixture(scope="session")
def oxigraph(rdflib: ModuleType) -> ModuleType:  # noqa: ARG001 - without it there is nothing to read
    module: ModuleType = pytest.importorskip("pyoxigraph", reason="pyoxigraph, the second reader, is not installed")
    return module


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open()


@pytest.fixture(scope="module")
def topics(library: Library) -> Mapping[str, Topic]:
    return library.corpus.topics


@pytest.fixture(scope="module")
def write(library: Library) -> Callable[..., str]:
    """The whole built-in map in one of the formats."""
    corpus = library.corpus

    def written(to_format: Callable[..., str], **more: str) -> str:
        return to_format(
            corpus.topics.values(),
            corpus.statements,
            occurrences=[(topic, s.id) for s in corpus.statements for topic in library.topics_of(s)],
            sources=corpus.sources.values(),
            actors=library.actors_with_texts(),
            **more,
        )

    return written


@pytest.fixture(scope="module")
def read(oxigraph: ModuleType) -> Callable[[str], Triples]:
    """What pyoxigraph finds in a text; the format is told from its first character."""

    def triples(text: str) -> Triples:
        formats = oxigraph.RdfFormat
        return {
            (quad.subject.value, quad.predicate.value, value(quad.object))
            for quad in oxigraph.parse(text, format=formats.JSON_LD if text[0] == "{" else formats.TURTLE)
        }

    def value(term: Any) -> Any:
        return (term.value, term.language or term.datatype.value) if isinstance(term, oxigraph.Literal) else term.value

    return triples


@pytest.fixture(scope="module")
def whole(write: Callable[..., str], read: Callable[[str], Triples]) -> Triples:
    return read(write(to_turtle))


def pairs(triples: Triples, predicate: str) -> set[tuple[str, Any]]:
    return {(s, o) for s, p, o in triples if p == predicate}


def of_type(triples: Triples, kind: str) -> set[str]:
    return {s for s, p, o in triples if (p, o) == (TYPE, kind)}


def by_kind(topic: Topic) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {"prefLabel": set(), "altLabel": set(), "hiddenLabel": set()}
    for kind, language, text in labels(topic):
        found[kind].add((language, text))
    return found


def statement(text: str, **more: Any) -> Statement:
    fields = {"id": "a-p01", "actor": "A", "source": "a", "year": None, "kind": "prose", "line": 1, "page": None}
    return Statement(**{**fields, "start": 0, "end": len(text), "text": text, **more})


# -- The scheme, as another reader finds it


def test_the_scheme_has_52_concepts_of_which_8_are_on_top(whole: Triples) -> None:
    assert of_type(whole, SKOS + "ConceptScheme") == {"urn:rusq:topics"}
    concepts = of_type(whole, SKOS + "Concept")
    assert len(concepts) == 52
    assert pairs(whole, SKOS + "inScheme") == {(concept, "urn:rusq:topics") for concept in concepts}
    assert pairs(whole, SKOS + "hasTopConcept") == {
        ("urn:rusq:topics", f"urn:rusq:topic:{theme}")
        for theme in (
            "forebygge", "behandle", "legemidler", "redusere-skade", "folge-opp", "reagere", "medvirke", "styre",
        )
    }  # fmt: skip
    assert pairs(whole, SKOS + "topConceptOf") == {(o, s) for s, o in pairs(whole, SKOS + "hasTopConcept")}


def test_every_topic_but_the_themes_has_one_broader_theme(whole: Triples) -> None:
    broader = pairs(whole, SKOS + "broader")
    themes = {theme for _, theme in pairs(whole, SKOS + "hasTopConcept")}
    assert len(broader) == 44
    assert {topic for topic, _ in broader} == of_type(whole, SKOS + "Concept") - themes
    assert {theme for _, theme in broader} == themes
    assert pairs(whole, SKOS + "narrower") == {(theme, topic) for topic, theme in broader}


def test_every_topic_has_a_norwegian_name_and_none_has_two_of_one_language(whole: Triples) -> None:
    named = Counter((concept, language) for concept, (_, language) in pairs(whole, SKOS + "prefLabel"))
    assert {concept for concept, language in named if language == "nb"} == of_type(whole, SKOS + "Concept")
    assert {language for _, language in named} == {"nb", "nn", "en"}
    assert set(named.values()) == {1}


def test_no_label_of_a_topic_is_of_two_kinds(whole: Triples) -> None:
    preferred, alternative, hidden = (pairs(whole, SKOS + kind) for kind in ("prefLabel", "altLabel", "hiddenLabel"))
    assert (len(preferred) > 100, len(alternative) > 200, len(hidden) > 50) == (True, True, True)
    assert (preferred & alternative, preferred & hidden, alternative & hidden) == (set(), set(), set())


def test_related_goes_both_ways_and_never_up_or_down(whole: Triples) -> None:
    related, broader = pairs(whole, SKOS + "related"), pairs(whole, SKOS + "broader")
    assert len(related) > 50
    assert related == {(o, s) for s, o in related}
    assert [pair for pair in related if pair[0] == pair[1]] == []
    above = broader | {(low, top) for low, middle in broader for under, top in broader if under == middle}
    assert related & (above | {(o, s) for s, o in above}) == set()


def test_one_topic_in_full(whole: Triples) -> None:
    said = {(p, o) for s, p, o in whole if s == "urn:rusq:topic:sproyterom"}
    assert {(o, p[len(SKOS) :]) for p, o in said if p.endswith("Label") and o[1] == "nn"} == {
        (("Sprøyterom", "nn"), "prefLabel"),
        (("brukarrom", "nn"), "altLabel"),
        (("sproyterom", "nn"), "hiddenLabel"),
        (("sproeyterom", "nn"), "hiddenLabel"),
    }
    assert (SKOS + "notation", ("sproyterom", STRING)) in said
    assert (SKOS + "prefLabel", ("Drug consumption rooms", "en")) in said
    assert (SKOS + "broader", "urn:rusq:topic:redusere-skade") in said


# -- What was said, and by whom


def test_every_statement_is_there_word_for_word_with_its_source_and_topics(whole: Triples, library: Library) -> None:
    statements = library.corpus.statements
    assert pairs(whole, SCHEMA + "text") == {(f"urn:rusq:statement:{s.id}", (s.text, STRING)) for s in statements}
    assert len([s for s in statements if s.kind == "bullet"]) == 54
    assert pairs(whole, DCTERMS + "isPartOf") == {
        (f"urn:rusq:statement:{s.id}", f"urn:rusq:source:{s.source}") for s in statements
    }
    assert pairs(whole, DCTERMS + "subject") == {
        (f"urn:rusq:statement:{s.id}", f"urn:rusq:topic:{topic}") for s in statements for topic in library.topics_of(s)
    }


def test_a_statement_carries_its_citation_and_its_lead_in(whole: Triples) -> None:
    said = {(p, o) for s, p, o in whole if s == "urn:rusq:statement:v-b01"}
    assert {o for p, o in said if p == DCTERMS + "bibliographicCitation"} == {
        (
            "Venstre (year not stated): Rusomsorg som tar mennesker på alvor. venstre.txt, line 15 [v-b01].",
            "en",
        )
    }
    assert {o for p, o in said if p == SKOS + "note"} == {("Venstre vil", STRING)}
    assert {o for p, o in said if p == DCTERMS + "creator"} == {"urn:rusq:actor:V"}


def test_a_source_has_a_year_and_a_title_only_where_it_is_known(whole: Triples) -> None:
    year = "http://www.w3.org/2001/XMLSchema#gYear"
    assert pairs(whole, DCTERMS + "date") == {
        ("urn:rusq:source:h2013", ("2013", year)),
        ("urn:rusq:source:h2017", ("2017", year)),
        ("urn:rusq:source:reg2015", ("2015", year)),
        ("urn:rusq:source:frp2017", ("2017", year)),
    }
    titled = {source for source, _ in pairs(whole, DCTERMS + "title")} - {"urn:rusq:topics"}
    assert titled == {f"urn:rusq:source:{source}" for source in ("h2017", "v", "reg2015", "frp2017")}


def test_no_address_is_made_up(whole: Triples) -> None:
    """What has a web address is a word of a published vocabulary."""
    addresses = {term for triple in whole for term in triple if isinstance(term, str) and not term.startswith("urn:")}
    known = (SKOS, DCTERMS, SCHEMA, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
    assert {address for address in addresses if not address.startswith(known)} == set()


# -- Two formats, one graph


def test_json_ld_and_turtle_are_one_graph_to_the_library_that_wrote_them(
    rdflib: ModuleType, write: Callable[..., str]
) -> None:
    from rdflib.compare import isomorphic

    turtle = rdflib.Graph().parse(data=write(to_turtle), format="turtle")
    json_ld = rdflib.Graph().parse(data=write(to_jsonld), format="json-ld")
    assert len(turtle) > 2000
    assert isomorphic(turtle, json_ld)


def test_json_ld_and_turtle_are_one_graph_to_another_reader(
    whole: Triples, write: Callable[..., str], read: Callable[[str], Triples]
) -> None:
    assert read(write(to_jsonld)) == whole


SMALL = (
    Topic("theme", {"nb": "Følge opp"}),
    Topic("lar", {"nb": "LAR", "en": "Opioid substitution"}, parent="theme", scope="OST", aliases={"nb": ("metadon",)}),
)


@pytest.mark.usefixtures("rdflib")
def test_turtle_reads_like_this() -> None:
    assert to_turtle(SMALL) == (
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix topic: <urn:rusq:topic:> .\n"
        "\n"
        "<urn:rusq:topics> a skos:ConceptScheme ;\n"
        '    dcterms:title "Topics of rusq"@en,\n'
        '        "Temaer i rusq"@nb ;\n'
        "    skos:hasTopConcept topic:theme .\n"
        "\n"
        "topic:lar a skos:Concept ;\n"
        '    skos:prefLabel "Opioid substitution"@en,\n'
        '        "LAR"@nb ;\n'
        '    skos:altLabel "metadon"@nb ;\n'
        "    skos:broader topic:theme ;\n"
        "    skos:inScheme <urn:rusq:topics> ;\n"
        '    skos:notation "lar" ;\n'
        '    skos:scopeNote "OST"@en .\n'
        "\n"
        "topic:theme a skos:Concept ;\n"
        '    skos:prefLabel "Følge opp"@nb ;\n'
        '    skos:hiddenLabel "foelge opp"@nb,\n'
        '        "folge opp"@nb ;\n'
        "    skos:inScheme <urn:rusq:topics> ;\n"
        "    skos:narrower topic:lar ;\n"
        '    skos:notation "theme" ;\n'
        "    skos:topConceptOf <urn:rusq:topics> .\n"
    )


@pytest.mark.usefixtures("rdflib")
def test_json_ld_reads_like_this() -> None:
    written = json.loads(to_jsonld(SMALL))
    assert written["@context"]["prefLabel"] == {"@id": "skos:prefLabel", "@container": "@language"}
    assert written["@graph"][1] == {
        "@id": "topic:lar",
        "@type": "Concept",
        "altLabel": {"nb": ["metadon"]},
        "broader": "topic:theme",
        "inScheme": "urn:rusq:topics",
        "notation": "lar",
        "prefLabel": {"en": "Opioid substitution", "nb": "LAR"},
        "scopeNote": {"en": "OST"},
    }


@pytest.mark.usefixtures("rdflib")
def test_the_bytes_are_the_same_in_every_process(python: Callable[..., Any]) -> None:
    code = (
        "from rusq.formats.skos import to_jsonld, to_turtle\n"
        "from rusq.library import Library\n"
        "topics = list(Library.open().corpus.topics.values())\n"
        "print(to_turtle(topics), to_jsonld(topics))"
    )
    first, second = (python(code, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}) for seed in ("1", "2"))
    assert (first.status, first.err) == (0, "")
    assert first.raw == second.raw


@pytest.mark.usefixtures("rdflib")
@pytest.mark.parametrize("to_format", FORMATS)
def test_the_order_in_which_things_are_given_does_not_matter(
    topics: Mapping[str, Topic], to_format: Callable[..., str]
) -> None:
    forth = list(topics.values())
    back = [
        topic._replace(
            aliases={language: names[::-1] for language, names in topic.aliases.items()}, related=topic.related[::-1]
        )
        for topic in reversed(forth)
    ]
    assert to_format(back) == to_format(forth)


@pytest.mark.parametrize("to_format", FORMATS)
def test_a_topic_without_its_theme_is_under_nothing_and_not_on_top(
    read: Callable[[str], Triples], to_format: Callable[..., str]
) -> None:
    triples = read(to_format(SMALL[1:]))
    assert of_type(triples, SKOS + "Concept") == {"urn:rusq:topic:lar"}
    assert pairs(triples, SKOS + "broader") == pairs(triples, SKOS + "topConceptOf") == set()


@pytest.mark.parametrize("to_format", FORMATS)
def test_an_empty_map_is_an_empty_scheme(read: Callable[[str], Triples], to_format: Callable[..., str]) -> None:
    triples = read(to_format([]))
    assert of_type(triples, SKOS + "ConceptScheme") == {"urn:rusq:topics"}
    assert of_type(triples, SKOS + "Concept") == set()


# -- Identifiers


@pytest.mark.parametrize(
    ("base", "topic", "scheme"),
    [
        pytest.param("urn:rusq:", "urn:rusq:topic:lar", "urn:rusq:topics", id="urn"),
        pytest.param(
            "https://a.example/r/", "https://a.example/r/topic/lar", "https://a.example/r/topics", id="folder"
        ),
        pytest.param("https://a.example/r#", "https://a.example/r#topic/lar", "https://a.example/r#topics", id="hash"),
    ],
)
@pytest.mark.parametrize("to_format", FORMATS)
def test_who_publishes_the_scheme_gives_the_base(
    read: Callable[[str], Triples], to_format: Callable[..., str], base: str, topic: str, scheme: str
) -> None:
    assert (topic, SKOS + "inScheme", scheme) in read(to_format(SMALL, base=base))


@pytest.mark.parametrize(
    "base", ["", "rusq", "rusq/", "/rusq/", "https://a.example/r", "https://a.example/ r/", "a:<:"]
)
def test_what_is_no_base_is_refused(base: str) -> None:
    with pytest.raises(RusqError, match=r"no base for identifiers"):
        to_turtle(SMALL, base=base)


@pytest.mark.parametrize("to_format", FORMATS)
def test_ids_that_are_no_part_of_an_address_are_encoded(
    read: Callable[[str], Triples], to_format: Callable[..., str]
) -> None:
    odd = ["rødt/2021 <x>", "2017-x", "a.", "%41", "a:b#c", "«»"]
    triples = read(to_format([Topic(name, {"nb": name}) for name in odd]))
    assert {o[0] for o in (o for _, o in pairs(triples, SKOS + "notation"))} == set(odd)
    assert of_type(triples, SKOS + "Concept") == {
        "urn:rusq:topic:r%C3%B8dt%2F2021%20%3Cx%3E",
        "urn:rusq:topic:2017-x",
        "urn:rusq:topic:a.",
        "urn:rusq:topic:%2541",
        "urn:rusq:topic:a%3Ab%23c",
        "urn:rusq:topic:%C2%AB%C2%BB",
    }


# -- Text from outside

NASTY = [
    pytest.param('«sitat» og "sitat"', id="quotes"),
    pytest.param("to\nlinjer", id="line break"),
    pytest.param('to\r\nlinjer\\"', id="line break, then a backslash and a quote at the end"),
    pytest.param('tre """ tegn', id="three quotes"),
    pytest.param("\\u0041 \\n \\", id="backslashes"),
    pytest.param("\x1b[31mrød\x07\x9b\u202e", id="escape sequences"),
    pytest.param("<script>&amp;</script> @en ^^<x> }", id="markup"),
    pytest.param("a\u030a og \ufb01", id="decomposed"),
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("to_format", FORMATS)
def test_a_text_reads_back_whole_and_orders_no_terminal_about(
    read: Callable[[str], Triples], to_format: Callable[..., str], text: str
) -> None:
    written = to_format([], [statement(text)])
    assert pairs(read(written), SCHEMA + "text") == {("urn:rusq:statement:a-p01", (text, STRING))}
    assert [sign for sign in written if not sign.isprintable() and sign != "\n"] == []


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_reads_back_the_same(rdflib: ModuleType, text: str) -> None:
    for data, name in ((to_turtle([], [statement(text)]), "turtle"), (to_jsonld([], [statement(text)]), "json-ld")):
        graph = rdflib.Graph().parse(data=data, format=name)
        assert [str(found) for found in graph.objects(None, rdflib.URIRef(SCHEMA + "text"))] == [text]


@pytest.mark.parametrize("to_format", FORMATS)
def test_actors_and_sources_are_there_as_the_corpus_has_them(
    read: Callable[[str], Triples], to_format: Callable[..., str]
) -> None:
    triples = read(
        to_format(
            [],
            [statement("Nei.", actor="Rø", page=3)],
            occurrences=[("nowhere", "a-p01")],
            sources=[Source("a", "Rø", "a.pdf", year=987)],
            actors=[Actor("Rø", "Rødt", aliases=("Raudt", ""))],
        )
    )
    assert pairs(triples, SCHEMA + "name") == {("urn:rusq:actor:R%C3%B8", ("Rødt", STRING))}
    assert pairs(triples, SCHEMA + "alternateName") == {("urn:rusq:actor:R%C3%B8", ("Raudt", STRING))}
    assert {year for _, (year, _) in pairs(triples, DCTERMS + "date")} == {"0987"}
    assert {cited for _, (cited, _) in pairs(triples, DCTERMS + "bibliographicCitation")} == {
        "Rødt (987): a.pdf, page 3, line 1 [a-p01]."
    }
    assert pairs(triples, DCTERMS + "subject") == set()


# -- Labels and relations, whatever the topics say


def test_a_label_is_of_one_kind_only_however_often_it_is_given() -> None:
    topic = Topic(
        "x",
        {"nb": "Sprøyterom", "en": "LAR"},
        aliases={
            "nb": ("Sprøyterom", "sproyterom", "brukerrom", " bruker  rom", "brukerrom", ""),
            "EN": ("lar", "LAR"),
        },
    )
    assert list(labels(topic)) == [
        ("prefLabel", "nb", "Sprøyterom"),
        ("altLabel", "nb", "sproyterom"),
        ("altLabel", "nb", "brukerrom"),
        ("altLabel", "nb", "bruker rom"),
        ("hiddenLabel", "nb", "sproeyterom"),
        ("prefLabel", "en", "LAR"),
        ("altLabel", "en", "lar"),
    ]


def test_letters_composed_and_decomposed_are_one_label() -> None:
    topic = Topic("x", {"nb": "p\u00e5"}, aliases={"nb": ("pa\u030a",)})
    assert list(labels(topic)) == [
        ("prefLabel", "nb", "på"),
        ("hiddenLabel", "nb", "pa"),
        ("hiddenLabel", "nb", "paa"),
    ]


@pytest.mark.parametrize(
    ("label", "hidden"),
    [
        pytest.param("Sprøyterom", ["sproyterom", "sproeyterom"], id="ø"),
        pytest.param("Nærmiljø på Åsen", ["naermiljo pa asen", "naermiljoe paa aasen"], id="æ ø å"),
        pytest.param("Idé", ["ide"], id="accent"),
        pytest.param("Metadon", [], id="nothing to spell"),
        pytest.param("rus – og helse", [], id="a dash has no ASCII letter"),
    ],
)
def test_hidden_labels_are_what_is_typed_without_norwegian_letters(label: str, hidden: list[str]) -> None:
    assert [text for kind, _, text in labels(Topic("x", {"nb": label})) if kind == "hiddenLabel"] == hidden


def test_search_takes_every_hidden_label_for_the_label_it_stands_for(topics: Mapping[str, Topic]) -> None:
    for topic in topics.values():
        kinds = by_kind(topic)
        shown = {
            (language, ascii_spelling(fold(text)))
            for kind in ("prefLabel", "altLabel")
            for language, text in kinds[kind]
        }
        assert {(language, ascii_spelling(text)) for language, text in kinds["hiddenLabel"]} <= shown


def test_a_language_that_is_none_is_refused_with_the_topic_it_stands_at() -> None:
    topic = Topic("lar", {"nb": "LAR"}, aliases={"norsk bokmål": ("metadon",)})
    with pytest.raises(RusqError, match=r"^topic 'lar' has aliases in 'norsk bokmål'; a language is a tag such as nb"):
        list(labels(topic))


def tree(**parts: tuple[str | None, Iterable[str]]) -> dict[str, Topic]:
    return {name: Topic(name, {"nb": name}, parent=up, related=tuple(to)) for name, (up, to) in parts.items()}


@pytest.mark.parametrize(
    ("given_topics", "expected"),
    [
        pytest.param(tree(a=(None, "b"), b=(None, "")), [("a", "b"), ("b", "a")], id="said once, goes both ways"),
        pytest.param(tree(a=(None, ""), b=("a", "a")), [], id="not with its theme"),
        pytest.param(tree(a=(None, "b"), b=("a", "")), [], id="not from the theme"),
        pytest.param(tree(a=(None, ""), b=("a", ""), c=("b", "a")), [], id="not two levels up"),
        pytest.param(tree(a=(None, "a")), [], id="not with itself"),
        pytest.param(tree(a=(None, "z")), [], id="not with a topic that is not there"),
        pytest.param(tree(a=("b", ""), b=("a", "c"), c=(None, "")), [("b", "c"), ("c", "b")], id="parents in a ring"),
        pytest.param(
            tree(t=(None, ""), a=("t", "b"), b=("t", "a")), [("a", "b"), ("b", "a")], id="two topics of one theme"
        ),
    ],
)
def test_topics_are_related(given_topics: dict[str, Topic], expected: list[tuple[str, str]]) -> None:
    assert related_pairs(given_topics) == expected


# -- Without the library


@pytest.mark.parametrize("to_format", FORMATS)
def test_without_rdflib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, to_format: Callable[..., str]) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(RusqError, match=r"^SKOS needs rdflib; install it with: pip install rdflib$"):
        to_format(SMALL)
