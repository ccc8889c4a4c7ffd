"""`rusq actors` and `rusq sources`: who speaks, and in which texts."""

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import command
from rusq.cli.output import Output, Result
from rusq.grid import actor_record, actors_grid, source_record, sources_grid
from rusq.library import Library
from rusq.model import BULLET
from rusq.views.listings import actors_sheet, sources_sheet


@command()
def actors(*, library: Library, out: Output) -> int:
    """List the actors, the names they go by, and how much there is of each.

    \b
    Examples:
      rusq actors
      rusq actors -f json
    """
    corpus = library.corpus
    rows = [
        (
            actor,
            sum(source.actor == actor.id for source in corpus.sources.values()),
            sum(statement.actor == actor.id for statement in corpus.statements),
        )
        for actor in corpus.actors.values()
    ]
    rows.sort(key=lambda row: row[1] == 0)  # those with a text first
    records = [{**actor_record(actor), "texts": texts, "statements": count} for actor, texts, count in rows]
    out.print(
        Result(
            data=lambda: {"actors": records},
            records=lambda: records,
            grid=lambda: actors_grid(rows),
            sheet=lambda say: actors_sheet(rows, say=say),
        )
    )
    return FOUND if rows else NOTHING


@command()
def sources(*, library: Library, out: Output) -> int:
    """List the texts: whose, from when and how that is known, and how much they hold.

    \b
    Examples:
      rusq sources
      rusq sources -f md
    """
    corpus = library.corpus
    rows = []
    for source in corpus.sources.values():
        spoken = corpus.documents[source.id].statements
        items = sum(statement.kind == BULLET for statement in spoken)
        rows.append((source, corpus.actors[source.actor], items, len(spoken) - items))
    records = [{**source_record(source), "list_items": items, "sentences": prose} for source, _, items, prose in rows]
    out.print(
        Result(
            data=lambda: {"sources": records},
            records=lambda: records,
            grid=lambda: sources_grid(rows),
            sheet=lambda say: sources_sheet(rows, say=say),
        )
    )
    return FOUND if rows else NOTHING
