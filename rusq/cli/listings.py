"""`rusq actors` and `rusq sources`: who speaks, and in which texts."""

from collections.abc import Iterator

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import command
from rusq.cli.output import Output, Result
from rusq.corpus import Corpus
from rusq.grid import actor_record, actors_grid, sources_grid, standing_record
from rusq.library import Library
from rusq.model import BULLET, Standing
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
    """List the texts: whose, from when and how that is known, how much they hold, and if anything is doubtful.

    \b
    Examples:
      rusq sources
      rusq sources -f md
    """
    rows = list(_standings(library.corpus))
    records = [standing_record(row) for row in rows]
    out.print(
        Result(
            data=lambda: {"sources": records},
            records=lambda: records,
            grid=lambda: sources_grid(rows),
            sheet=lambda say: sources_sheet(rows, say=say),
        )
    )
    return FOUND if rows else NOTHING


def _standings(corpus: Corpus) -> Iterator[Standing]:
    doubtful = {}
    if not all(folder.builtin for folder in corpus.folders):
        from rusq.check import doubts_by_source  # the built-in texts are as they are

        doubtful = {source: len(doubts) for source, doubts in doubts_by_source(corpus).items()}
    for source in corpus.sources.values():
        spoken = corpus.documents[source.id].statements
        items = sum(statement.kind == BULLET for statement in spoken)
        years = [statement.year for statement in spoken if statement.year is not None]
        feeds = corpus.texts[source.id].count("\f")
        yield Standing(
            source,
            corpus.actors[source.actor],
            items,
            len(spoken) - items,
            pages=feeds + 1 if feeds else None,
            years=(min(years), max(years)) if years else None,
            doubts=doubtful.get(source.id, 0),
        )
