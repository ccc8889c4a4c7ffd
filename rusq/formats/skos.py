"""The topic map to SKOS, in Turtle and JSON-LD: the scheme of topics, and which statements speak on them.

Source: SKOS Reference, W3C Recommendation 18 August 2009; its conditions S9, S13, S14 and S27 hold of what
is written, whatever the topics say. Read it back with any RDF reader; it is written with rdflib.

Identifiers. Topics have no address on the web and none is made up: they are `urn:rusq:topic:lar`, the
scheme is `urn:rusq:topics`. Not relative ones: those would mean something else in every folder and could
not be read from a pipe. The name space `rusq` is not registered (RFC 8141), so these names are as good as
the file they stand in; who publishes the scheme gives the `base` that is theirs, such as
`https://example.org/rusq/`, and topics become `https://example.org/rusq/topic/lar`.

Vocabulary, beside SKOS for the topics: DCMI Metadata Terms for who, whence and on what (SKOS Primer 5.1
has `dcterms:subject` join a document to a concept), schema.org where those have no term for it.

    topic      skos:Concept                   see `_concept`; skos:notation is the id
    statement  schema:Quotation               schema:text, dcterms:identifier, isPartOf, creator, subject,
                                              bibliographicCitation; skos:note is what a list item hangs on
    source     dcterms:BibliographicResource  dcterms:identifier, creator, title, date where it has them;
                                              skos:note says how the year is known
    actor      dcterms:Agent                  dcterms:identifier, schema:name, schema:alternateName

What they said has no language tag: nobody has recorded its language. Not in here, but in JSON: stances,
the order of a statement's topics, offsets, saved queries. RDF has no plain words of its own for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from json import dumps, loads
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize
from urllib.parse import quote

from rusq.cite import citation
from rusq.errors import RusqError
from rusq.formats.json import to_json
from rusq.model import Actor, Source, Statement, Topic
from rusq.wording import wording

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

BASE = "urn:rusq:"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[:/#]")
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
# Turtle lets these stand in a string; a terminal would obey them.
_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)  # fmt: skip
_SPELLINGS = (
    str.maketrans({"æ": "ae", "ø": "o", "å": "a"}),
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
)
_LABELS = ("prefLabel", "altLabel", "hiddenLabel")


def to_turtle(
    topics: Iterable[Topic],
    statements: Iterable[Statement] = (),
    *,
    occurrences: Iterable[tuple[str, str]] = (),
    sources: Iterable[Source] = (),
    actors: Iterable[Actor] = (),
    base: str = BASE,
) -> str:
    """The scheme in Turtle: first itself, then topics, actors, sources and statements, each by id.

    `occurrences` are pairs of a topic's and a statement's id. `base` is what identifiers begin with, an
    absolute IRI that ends in «:», «/» or «#». RusqError without rdflib, or if `base` is none.
    """
    from io import BytesIO

    graph = _graph(topics, statements, occurrences=occurrences, sources=sources, actors=actors, base=base)
    from rdflib.namespace import DCTERMS, RDF, SDO, SKOS
    from rdflib.plugins.serializers.turtle import TurtleSerializer

    serializer = TurtleSerializer(graph)
    serializer.topClasses = [SKOS.ConceptScheme, SKOS.Concept, DCTERMS.Agent, DCTERMS.BibliographicResource]
    serializer.predicateOrder = [RDF.type, *(SKOS[label] for label in _LABELS), DCTERMS.identifier, SDO.name, SDO.text]
    written = BytesIO()
    serializer.serialize(written, encoding="utf-8")
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04X}", written.getvalue().decode("utf-8").strip()) + "\n"


def to_jsonld(
    topics: Iterable[Topic],
    statements: Iterable[Statement] = (),
    *,
    occurrences: Iterable[tuple[str, str]] = (),
    sources: Iterable[Source] = (),
    actors: Iterable[Actor] = (),
    base: str = BASE,
) -> str:
    """The same graph in JSON-LD 1.1: one `@graph`, its nodes by id, labels as language -> texts.

    The context stands in the file: reading it fetches nothing. What can have several values is a list
    always, and sorted. Arguments and errors as for `to_turtle`.
    """
    graph = _graph(topics, statements, occurrences=occurrences, sources=sources, actors=actors, base=base)
    context = _context(base)
    written: dict[str, Any] = loads(graph.serialize(format="json-ld", context=context))
    return to_json({"@context": context, "@graph": _ordered(written["@graph"])})


class _Names(NamedTuple):
    """What things are called: `base`, then what they are and their id."""

    base: str

    @property
    def scheme(self) -> URIRef:
        from rdflib import URIRef

        return URIRef(f"{self.base}topics")

    def space(self, what: str) -> str:
        return f"{self.base}{what}{':' if self.base.endswith(':') else '/'}"

    def of(self, what: str, name: str) -> URIRef:
        """An id may hold «ø» and, for topics, anything: all but letters, digits and «-._~» is percent-encoded."""
        from rdflib import URIRef

        return URIRef(self.space(what) + quote(name, safe=""))


def _graph(
    topics: Iterable[Topic],
    statements: Iterable[Statement],
    *,
    occurrences: Iterable[tuple[str, str]],
    sources: Iterable[Source],
    actors: Iterable[Actor],
    base: str,
) -> Graph:
    try:
        from rdflib import Graph
        from rdflib.namespace import DCTERMS, SDO, SKOS, XSD
    except ImportError:
        raise RusqError("SKOS needs rdflib; install it with: pip install 'rusq[skos]'") from None
    if not _ABSOLUTE.fullmatch(base):
        raise RusqError(f"'{base}' is no base for identifiers; it is to be a whole IRI ending in ':', '/' or '#'")
    graph = Graph(bind_namespaces="none")
    names = _Names(base)
    for prefix, space in (("skos", SKOS), ("dcterms", DCTERMS), ("schema", SDO), ("xsd", XSD)):
        graph.bind(prefix, str(space))
    for what in ("topic", "statement", "source", "actor"):
        graph.bind(what, names.space(what))
    by_id = {topic.id: topic for topic in topics}
    actor_by_id = {actor.id: actor for actor in actors}
    source_by_id = {source.id: source for source in sources}
    topics_by_statement: dict[str, list[str]] = {}
    for topic_id, statement_id in occurrences:
        if topic_id in by_id:
            topics_by_statement.setdefault(statement_id, []).append(topic_id)
    _add(graph, _scheme(by_id, names))
    for actor in actor_by_id.values():
        _add(graph, _actor(actor, names))
    for source in source_by_id.values():
        _add(graph, _source(source, names))
    for statement in statements:
        _add(graph, _statement(statement, topics_by_statement.get(statement.id, ()), names))
        if statement.source in source_by_id and statement.actor in actor_by_id:
            cited = citation(
                statement, source_by_id[statement.source], actor_by_id[statement.actor], wording("en")
            )
            _add(graph, [(names.of("statement", statement.id), DCTERMS.bibliographicCitation, _text(cited, "en"))])
    return graph


def _add(graph: Graph, triples: Iterable[Triple]) -> None:
    for triple in triples:
        graph.add(triple)


def _scheme(topics: Mapping[str, Topic], names: _Names) -> Iterator[Triple]:
    """The scheme and its concepts, both directions of every relation written out."""
    from rdflib.namespace import DCTERMS, RDF, SKOS

    yield names.scheme, RDF.type, SKOS.ConceptScheme
    yield names.scheme, DCTERMS.title, _text("Topics of rusq", "en")
    yield names.scheme, DCTERMS.title, _text("Temaer i rusq", "nb")
    for topic in topics.values():
        yield from _concept(topic, names)
        concept = names.of("topic", topic.id)
        if topic.parent is None:
            yield concept, SKOS.topConceptOf, names.scheme
            yield names.scheme, SKOS.hasTopConcept, concept
        elif topic.parent in topics:
            yield concept, SKOS.broader, names.of("topic", topic.parent)
            yield names.of("topic", topic.parent), SKOS.narrower, concept
    for one, other in related_pairs(topics):
        yield names.of("topic", one), SKOS.related, names.of("topic", other)


def _concept(topic: Topic, names: _Names) -> Iterator[Triple]:
    from rdflib import Literal
    from rdflib.namespace import RDF, SKOS

    concept = names.of("topic", topic.id)
    yield concept, RDF.type, SKOS.Concept
    yield concept, SKOS.inScheme, names.scheme
    yield concept, SKOS.notation, Literal(topic.id)
    for kind, language, label in labels(topic):
        yield concept, SKOS[kind], _text(label, language)
    if topic.scope:
        yield concept, SKOS.scopeNote, _text(topic.scope, "en")


def labels(topic: Topic) -> Iterator[tuple[str, str, str]]:
    """The labels of a topic: (prefLabel, altLabel or hiddenLabel; language; text), none of them twice.

    One prefLabel a language (S14), no text of one language under two kinds (S13). A hiddenLabel is what
    people type without æ, ø and å: «sproyterom» and «sproeyterom», lower case, where no label reads so.
    """
    alternatives: dict[str, list[str]] = {language: [] for language in topic.names}
    for language, aliases in topic.aliases.items():
        if not _LANGUAGE.fullmatch(language.lower()):
            raise RusqError(f"the aliases of topic '{topic.id}' are in '{language}', which is no language tag (nb, nn, en)")
        alternatives.setdefault(language.lower(), []).extend(aliases)
    for language, aliases in alternatives.items():
        preferred = [_plain(topic.names[language])] if language in topic.names else []
        shown = list(dict.fromkeys(filter(None, (*preferred, *map(_plain, aliases)))))
        for label in shown:
            yield ("prefLabel" if label in preferred else "altLabel"), language, label
        spelt = dict.fromkeys(spelling for label in shown for spelling in _ascii_spellings(label))
        taken = {label.lower() for label in shown}
        for spelling in spelt:
            if spelling not in taken:
                yield "hiddenLabel", language, spelling


def related_pairs(topics: Mapping[str, Topic]) -> list[tuple[str, str]]:
    """Pairs of ids of related topics, each in both directions (S23) and sorted.

    Left out are pairs of a topic and what it is under, near or far (S27), a topic and itself, and topics
    that are not among `topics`.
    """
    above = {topic: _above(topic, topics) for topic in topics}
    pairs = {
        pair
        for topic in topics.values()
        for other in topic.related
        if other in topics and other != topic.id and other not in above[topic.id] and topic.id not in above[other]
        for pair in ((topic.id, other), (other, topic.id))
    }
    return sorted(pairs)


def _above(topic: str, topics: Mapping[str, Topic]) -> set[str]:
    """The topics that it is under: parent, parent's parent and so on."""
    found: set[str] = set()
    parent = topics[topic].parent
    while parent is not None and parent in topics and parent not in found:
        found.add(parent)
        parent = topics[parent].parent
    return found


def _ascii_spellings(label: str) -> Iterator[str]:
    """«sproyterom» and «sproeyterom» for «Sprøyterom»; nothing for what is ASCII, or cannot be."""
    if label.isascii():
        return
    for spelling in _SPELLINGS:
        bare = normalize("NFKD", label.lower().translate(spelling))
        bare = "".join(sign for sign in bare if not "\u0300" <= sign <= "\u036f")
        if bare.isascii():
            yield bare


def _statement(statement: Statement, topics: Iterable[str], names: _Names) -> Iterator[Triple]:
    from rdflib import Literal
    from rdflib.namespace import DCTERMS, RDF, SDO, SKOS

    node = names.of("statement", statement.id)
    yield node, RDF.type, SDO.Quotation
    yield node, DCTERMS.identifier, Literal(statement.id)
    yield node, DCTERMS.isPartOf, names.of("source", statement.source)
    yield node, DCTERMS.creator, names.of("actor", statement.actor)
    yield node, SDO.text, Literal(statement.text)
    if statement.lead_in:
        yield node, SKOS.note, Literal(statement.lead_in)
    for topic in topics:
        yield node, DCTERMS.subject, names.of("topic", topic)


def _source(source: Source, names: _Names) -> Iterator[Triple]:
    from rdflib import Literal
    from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

    node = names.of("source", source.id)
    yield node, RDF.type, DCTERMS.BibliographicResource
    yield node, DCTERMS.identifier, Literal(source.id)
    yield node, DCTERMS.creator, names.of("actor", source.actor)
    if source.title:
        yield node, DCTERMS.title, Literal(source.title)
    if source.year is not None:
        yield node, DCTERMS.date, Literal(f"{source.year:04d}", datatype=XSD.gYear)
    if source.dating:
        yield node, SKOS.note, Literal(source.dating)


def _actor(actor: Actor, names: _Names) -> Iterator[Triple]:
    from rdflib import Literal
    from rdflib.namespace import DCTERMS, RDF, SDO

    node = names.of("actor", actor.id)
    yield node, RDF.type, DCTERMS.Agent
    yield node, DCTERMS.identifier, Literal(actor.id)
    yield node, SDO.name, Literal(actor.name)
    for alias in filter(None, actor.aliases):
        yield node, SDO.alternateName, Literal(alias)


def _text(text: str, language: str) -> Literal:
    from rdflib import Literal

    return Literal(text, lang=language)


def _plain(label: str) -> str:
    """A label as RDF compares it: composed letters (RDF 1.1, 3.3), one blank between words."""
    return normalize("NFC", " ".join(label.split()))


def _context(base: str) -> dict[str, object]:
    """How the JSON reads as RDF: short names for the terms, a prefix for each sort of thing."""
    names = _Names(base)
    one_link, links, by_language = {"@type": "@id"}, {"@type": "@id", "@container": "@set"}, {"@container": "@language"}
    terms: dict[str, dict[str, object]] = {
        "inScheme": {"@id": "skos:inScheme", **one_link},
    }
    return {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "schema": "https://schema.org/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **{what: names.space(what) for what in ("topic", "statement", "source", "actor")},
        **terms,
        "prefLabel": {"@id": "skos:prefLabel", **by_language},
        "links": links,
    }


def _ordered(value: Any) -> Any:
    """`value` with its keys and lists sorted: they are sets to RDF, and rdflib gives them in any order."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda item: item.get("@id", "") if isinstance(item, dict) else item)
    return value
