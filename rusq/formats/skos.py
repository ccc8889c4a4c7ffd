"""The topic map to SKOS, in Turtle and JSON-LD: the scheme of topics, and which statements speak on them.

Source: SKOS Reference, W3C Recommendation 18 August 2009; its conditions S9, S13, S14 and S27 hold of what
is written, whatever the topics say. Read it back with any RDF reader; it is written with rdflib.

Identifiers. Topics have no address on the web and none is made up: they are `urn:rusq:topic:lar`, the
scheme is `urn:rusq:topics`. Not relative ones: those would mean something else in every folder and could
not be read from a pipe. The name space `rusq` is registered nowhere, as RFC 8141 would have it, so these
names promise no more than the file they stand in; who publishes the scheme gives a `base` of their own,
such as `https://example.org/rusq/`, and topics become `https://example.org/rusq/topic/lar`.

Vocabulary, beside SKOS for the topics: DCMI Metadata Terms for who, where and on what (the SKOS Primer,
«Subject Indexing and SKOS», has `dcterms:subject` join a document to a concept), schema.org where those
have no term.

    topic      skos:Concept                   see `_concept`; skos:notation is the id
    statement  schema:Quotation               schema:text, dcterms:identifier, isPartOf, creator, subject,
                                              bibliographicCitation; skos:note is what a list item hangs on
    source     dcterms:BibliographicResource  dcterms:identifier, creator, title, date where it has them;
                                              skos:note says how the year is known
    actor      dcterms:Agent                  dcterms:identifier, schema:name, schema:alternateName

What they said has no language tag: nobody has recorded its language. Not in here, but in JSON: stances,
the order of a statement's topics, offsets, saved queries. RDF has no plain words of its own for them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from json import dumps, loads
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize
from urllib.parse import quote

from rusq.cite import citation
from rusq.errors import RusqError
from rusq.formats.json import to_json
from rusq.model import Actor, Source, Statement, Topic
from rusq.wording import Wording

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

BASE = "urn:rusq:"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[:/#]")
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
_SPELLINGS = (
    str.maketrans({"æ": "ae", "ø": "o", "å": "a"}),
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
)
_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
_THINGS = ("topic", "statement", "source", "actor")
_TYPES = ("ConceptScheme", "Concept", "Agent", "BibliographicResource", "Quotation")
_VOCABULARIES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# How JSON-LD is to read the values of which terms.
_TERMS: tuple[tuple[Mapping[str, object], str], ...] = (
    ({}, "skos:ConceptScheme skos:Concept dcterms:Agent dcterms:BibliographicResource schema:Quotation"),
    ({}, "skos:notation skos:note dcterms:identifier dcterms:title schema:text schema:name"),
    ({"@container": "@language"}, "skos:prefLabel skos:scopeNote dcterms:bibliographicCitation"),
    ({"@container": ["@language", "@set"]}, "skos:altLabel skos:hiddenLabel"),
    ({"@container": "@set"}, "schema:alternateName"),
    ({"@type": "@id"}, "skos:inScheme skos:topConceptOf skos:broader dcterms:isPartOf dcterms:creator"),
    ({"@type": "@id", "@container": "@set"}, "skos:hasTopConcept skos:narrower skos:related dcterms:subject"),
    ({"@type": "xsd:gYear"}, "dcterms:date"),
)


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
    graph = _graph(topics, statements, occurrences=occurrences, sources=sources, actors=actors, base=base)
    from rdflib import Literal
    from rdflib.namespace import DCTERMS, RDF, SDO, SKOS
    from rdflib.plugins.serializers.turtle import TurtleSerializer

    class Writer(TurtleSerializer):
        def label(self, node: "Node", position: int) -> str:
            if not isinstance(node, Literal) or node.datatype:
                return str(super().label(node, position))
            # JSON's escapes are Turtle's too. rdflib 7.6 ends a text of two lines wrongly after «\"».
            return to_json(str(node)).rstrip("\n") + (f"@{node.language}" if node.language else "")

    writer, written = Writer(graph), BytesIO()
    writer.topClasses = [SKOS.ConceptScheme, SKOS.Concept, DCTERMS.Agent, DCTERMS.BibliographicResource]
    writer.predicateOrder = [RDF.type, *(SKOS[kind] for kind in _LABELS), DCTERMS.identifier, SDO.name, SDO.text]
    writer.serialize(written, encoding="utf-8")
    return written.getvalue().decode("utf-8").strip() + "\n"


def to_jsonld(
    topics: Iterable[Topic],
    statements: Iterable[Statement] = (),
    *,
    occurrences: Iterable[tuple[str, str]] = (),
    sources: Iterable[Source] = (),
    actors: Iterable[Actor] = (),
    base: str = BASE,
) -> str:
    """The same graph in JSON-LD 1.1: one `@graph`, its nodes in the same order, labels as language -> texts.

    The context stands in the file: reading it fetches nothing. What can have several values is a list
    always, and sorted. Arguments and errors as for `to_turtle`.
    """
    graph = _graph(topics, statements, occurrences=occurrences, sources=sources, actors=actors, base=base)
    context = _context(_Names(base))
    written: dict[str, Any] = loads(graph.serialize(format="json-ld", context=context))
    del written["@context"]
    nodes = [_ordered(node) for node in written.get("@graph", [written])]
    nodes.sort(key=lambda node: (_TYPES.index(node["@type"]), node["@id"]))
    return to_json({"@context": context, "@graph": nodes})


class _Names(NamedTuple):
    """What things are called: `base`, then what they are and their id."""

    base: str

    @property
    def scheme(self) -> "URIRef":
        from rdflib import URIRef

        return URIRef(f"{self.base}topics")

    def space(self, what: str) -> str:
        return f"{self.base}{what}{':' if self.base.endswith(':') else '/'}"

    def of(self, what: str, name: str) -> "URIRef":
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
) -> "Graph":
    if not _ABSOLUTE.fullmatch(base):
        raise RusqError(f"'{base}' is no base for identifiers; it is to be a whole IRI ending in ':', '/' or '#'")
    names = _Names(base)
    graph = _empty(names)
    topic_by_id = {topic.id: topic for topic in topics}
    actor_by_id = {actor.id: actor for actor in actors}
    source_by_id = {source.id: source for source in sources}
    topics_by_statement: dict[str, list[str]] = {}
    for topic_id, statement_id in occurrences:
        if topic_id in topic_by_id:
            topics_by_statement.setdefault(statement_id, []).append(topic_id)
    _add(graph, _scheme(topic_by_id, names))
    for actor in actor_by_id.values():
        _add(graph, _actor(actor, names))
    for source in source_by_id.values():
        _add(graph, _source(source, names))
    for statement in statements:
        _add(graph, _statement(statement, topics_by_statement.get(statement.id, ()), names))
        if statement.source in source_by_id and statement.actor in actor_by_id:
            said_in, said_by = source_by_id[statement.source], actor_by_id[statement.actor]
            _add(graph, _citation(statement, said_in, said_by, names))
    return graph


def _empty(names: _Names) -> "Graph":
    """A graph that knows the short names of things and of vocabularies, nothing else."""
    try:
        from rdflib import Graph
    except ImportError:
        raise RusqError("SKOS needs rdflib; install it with: pip install rdflib") from None
    graph = Graph(bind_namespaces="none")
    for prefix, space in _prefixes(names).items():
        graph.bind(prefix, space)
    return graph


def _add(graph: "Graph", triples: Iterable["Triple"]) -> None:
    for triple in triples:
        graph.add(triple)


def _scheme(topics: Mapping[str, Topic], names: _Names) -> Iterator["Triple"]:
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


def _concept(topic: Topic, names: _Names) -> Iterator["Triple"]:
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
    aliases_by_language: dict[str, list[str]] = {language: [] for language in topic.names}
    for language, aliases in topic.aliases.items():
        if not _LANGUAGE.fullmatch(language.lower()):
            raise RusqError(f"topic '{topic.id}' has aliases in '{language}'; a language is a tag such as nb, nn or en")
        aliases_by_language.setdefault(language.lower(), []).extend(aliases)
    for language, names in aliases_by_language.items():
        preferred = _plain(topic.names.get(language, ""))
        shown = list(dict.fromkeys(filter(None, map(_plain, (preferred, *names)))))
        for label in shown:
            yield ("prefLabel" if label == preferred else "altLabel"), language, label
        taken = {label.lower() for label in shown}
        for spelling in dict.fromkeys(spelling for label in shown for spelling in _ascii_spellings(label)):
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


def _statement(statement: Statement, topics: Iterable[str], names: _Names) -> Iterator["Triple"]:
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


def _citation(statement: Statement, source: Source, actor: Actor, names: _Names) -> Iterator["Triple"]:
    from rdflib.namespace import DCTERMS

    cited = citation(statement, source, actor, Wording("en"))
    yield names.of("statement", statement.id), DCTERMS.bibliographicCitation, _text(cited, "en")


def _source(source: Source, names: _Names) -> Iterator["Triple"]:
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


def _actor(actor: Actor, names: _Names) -> Iterator["Triple"]:
    from rdflib import Literal
    from rdflib.namespace import DCTERMS, RDF, SDO

    node = names.of("actor", actor.id)
    yield node, RDF.type, DCTERMS.Agent
    yield node, DCTERMS.identifier, Literal(actor.id)
    yield node, SDO.name, Literal(actor.name)
    for alias in filter(None, actor.aliases):
        yield node, SDO.alternateName, Literal(alias)


def _text(text: str, language: str) -> "Literal":
    from rdflib import Literal

    return Literal(text, lang=language)


def _plain(label: str) -> str:
    """A label as RDF compares it: composed letters (RDF 1.1, 3.3), one blank between words."""
    return normalize("NFC", " ".join(label.split()))


def _prefixes(names: _Names) -> dict[str, str]:
    return {**_VOCABULARIES, **{what: names.space(what) for what in _THINGS}}


def _context(names: _Names) -> dict[str, object]:
    """How the JSON reads as RDF: prefixes, and the terms by their last names («prefLabel» is skos:prefLabel)."""
    context: dict[str, object] = {"@version": 1.1, **_prefixes(names)}
    for reads, terms in _TERMS:
        for term in terms.split():
            context[term.partition(":")[2]] = {"@id": term, **reads} if reads else term
    return context


def _ordered(value: Any) -> Any:
    """`value` with keys and lists sorted: they are sets to RDF, and rdflib gives them in any order.

    Without null, with which rdflib 7 begins the lists of a language.
    """
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        items = [_ordered(item) for item in value if item is not None]
        return sorted(items, key=lambda item: item if isinstance(item, str) else dumps(item))
    return value
