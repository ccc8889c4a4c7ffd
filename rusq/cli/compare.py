"""`rusq compare`: what actors say on each topic, side by side."""

from typing import Annotated

import typer

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Exact, Kind, OptionalQuery, Since, Sources, Topics, Until, command, selection
from rusq.cli.output import Output, Result
from rusq.compare import by_actor, by_source
from rusq.compare import compare as compared
from rusq.errors import RusqError
from rusq.grid import comparison_grid, comparison_record
from rusq.library import Library
from rusq.sheet import compare_sheet


@command
def compare(
    query: OptionalQuery = None,
    actor: Actors = None,
    topic: Topics = None,
    source: Sources = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    by: Annotated[
        str, typer.Option("--by", metavar="actor|source", help="A column for each actor, or for each text.")
    ] = "actor",
    exact: Exact = False,
    *,
    library: Library,
    out: Output,
) -> int:
    """Set actors side by side, topic by topic, with every statement whole.

    \b
    Examples:
      rusq compare --actor H --actor FrP
      rusq compare bolig -a H -a V
      rusq compare -t heroinassistert-behandling
      rusq compare -a H --by source
      rusq compare -a H -a V -a FrP -f md -o sammenligning.md

    Without --actor, all who have a text. An actor with no list item on a topic is quoted from prose, and
    marked so; one who says nothing on it is said to be silent.
    """
    if by not in ("actor", "source"):
        raise RusqError(f"--by '{by}' is unknown; it takes actor or source")
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    corpus, topic_map = library.corpus, library.topic_map
    statements = library.select(chosen)
    topics = [t for t in corpus.topics.values() if t.parent and (not chosen.topics or t.id in chosen.topics)]
    if query:
        found = {hit.statement.id for hit in library.search(" ".join(query), chosen, exact=exact)}
        statements = [statement for statement in statements if statement.id in found]
        central = {topic_map.topics_of(statement)[:1] for statement in statements}
        topics = [t for t in topics if (t.id,) in central]
    ids = {statement.id for statement in statements}
    spoken = {t.id: [s for s in topic_map.statements_by_topic[t.id] if s.id in ids] for t in topics}
    actors = [corpus.actors[a] for a in chosen.actors] or library.actors_with_texts()
    texts = {s.id: s for s in corpus.sources.values() if not chosen.sources or s.id in chosen.sources}
    rests_on = library.select(chosen._replace(topics=()))
    columns = (by_actor if by == "actor" else by_source)(actors, texts, rests_on)
    comparison = compared(columns, topics, spoken, corpus.stances)
    topics_of = library.topics_of
    out.print(
        Result(
            data=lambda: comparison_record(comparison, topics_of),
            records=lambda: comparison_record(comparison, topics_of)["rows"],
            grid=lambda: comparison_grid(comparison),
            sheet=lambda say: compare_sheet(comparison, library.theme_of, say=say),
        )
    )
    return FOUND if comparison.rows else NOTHING
