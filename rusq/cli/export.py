"""`rusq export`: the whole topic map, or a part of it, for other programs."""

from collections.abc import Callable, Sequence

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Kind, Since, Sources, Topics, Until, command, selection
from rusq.cli.output import Companion, Output, Result
from rusq.formats.opensearch import to_bulk, to_mapping
from rusq.formats.parquet import to_parquet
from rusq.formats.skos import to_jsonld, to_turtle
from rusq.grid import actor_record, source_record, stance_record, statement_record, statements_grid, topic_record
from rusq.library import Library
from rusq.model import Statement
from rusq.views.statements import statements_sheet


@command(more={"turtle": ".ttl", "jsonld": ".jsonld", "parquet": ".parquet", "opensearch": ".bulk"})
def export(
    actor: Actors = None,
    topic: Topics = None,
    source: Sources = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    *,
    library: Library,
    out: Output,
) -> int:
    """Write statements, topics, actors and stances for other programs.

    \b
    Examples:
      rusq export -o map.json
      rusq export --actor H -f csv
      rusq export -t bolig -f jsonl
      rusq export -o topics.ttl
      rusq export -o statements.parquet
      rusq export -f opensearch --actor H

    JSON, the default, holds everything and how it hangs together; CSV, TSV, JSON Lines and Parquet hold the
    statements; Turtle and JSON-LD hold the topics as a SKOS concept scheme, and what speaks on them. For OpenSearch
    or Elasticsearch there are the lines of a bulk load, and in FILE.mapping.json the index with its synonyms.
    """
    if out.format == "parquet":
        out.refuse_terminal()
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    topics_of = library.topics_of
    statements = library.select(chosen)
    out.default_to("json")
    if not statements:
        out.nothing("to export: no statement fits")
        if out.for_people:
            return NOTHING
    out.print(
        Result(
            data=lambda: _everything(library, statements),
            records=lambda: (statement_record(s, topics_of(s)) for s in statements),
            grid=lambda: statements_grid(statements, topics_of),
            sheet=lambda say: statements_sheet(statements, say=say),
            more={
                "turtle": lambda _: _linked(library, statements, to_turtle),
                "jsonld": lambda _: _linked(library, statements, to_jsonld),
                "parquet": lambda _: to_parquet(statements, topics_of),
                "opensearch": lambda _: (line.encode() for line in to_bulk(statements, topics_of, library.index)),
            },
            beside={"opensearch": Companion(".mapping.json", lambda: _mapping(library))},
        )
    )
    return FOUND if statements else NOTHING


def _everything(library: Library, statements: Sequence[Statement]) -> dict[str, object]:
    """The statements and all that hangs together with them, as the contract has it."""
    corpus, topics_of = library.corpus, library.topics_of
    ids = {statement.id for statement in statements}
    stances = [stance for stance in corpus.stances if stance.statement in ids]
    return {
        "actors": [actor_record(corpus.actors[a]) for a in dict.fromkeys(s.actor for s in statements)],
        "sources": [source_record(corpus.sources[s]) for s in dict.fromkeys(s.source for s in statements)],
        "topics": [topic_record(t) for t in corpus.topics.values()],
        "statements": [statement_record(s, topics_of(s)) for s in statements],
        "occurrences": [{"topic": t, "statement": s.id} for s in statements for t in topics_of(s)],
        "stances": [{"actor": s.actor, "topic": s.topic, **stance_record(s)} for s in stances],
    }


def _mapping(library: Library) -> str:
    return to_mapping(library.corpus.lexicon, library.corpus.language.acronyms)


def _linked(library: Library, statements: Sequence[Statement], write: Callable[..., str]) -> str:
    """The topic scheme and the statements as linked data, written by `write`."""
    corpus = library.corpus
    return write(
        corpus.topics.values(),
        statements,
        occurrences=[(topic, s.id) for s in statements for topic in library.topics_of(s)],
        sources=[corpus.sources[name] for name in dict.fromkeys(s.source for s in statements)],
        actors=[corpus.actors[name] for name in dict.fromkeys(s.actor for s in statements)],
    )
