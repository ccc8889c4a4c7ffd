"""`rusq compare`: what actors say on each topic, side by side."""

from typing import Annotated

import typer

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Exact, Kind, OptionalQuery, Since, Sources, Topics, Until, command, selection
from rusq.cli.output import Output, Result
from rusq.compare import VERDICTS
from rusq.errors import RusqError
from rusq.grid import comparison_grid, comparison_record
from rusq.library import Library
from rusq.select import Selection
from rusq.views.positions import compare_sheet


@command()
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
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="|".join(VERDICTS), help="Only topics with this verdict.", show_default=False),
    ] = None,
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
      rusq compare --only conflict
      rusq compare -a H --by source
      rusq compare -a H -a V -a FrP -f md -o sammenligning.md

    Without --actor, all who have a text. An actor with no list item on a topic is quoted from prose, and
    marked so; one who says nothing on it is said to be silent. Where positions are known, each topic says
    whether they agree, differ or conflict, or one speaks alone.
    """
    if only is not None and only not in VERDICTS:
        raise RusqError(f"--only '{only}' is unknown; it takes {', '.join(VERDICTS)}")
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    comparison = library.compare(chosen, " ".join(query or ()), by=by, exact=exact)
    if only is not None:
        comparison = comparison._replace(rows=tuple(row for row in comparison.rows if row.verdict == only), topics=())
    topics_of = library.topics_of
    for remark in library.absent(chosen):
        out.remark(remark)
    if not comparison.rows:
        out.nothing(f"to compare: no topic has a statement that fits{_elsewhere(query, chosen, library)}")
        if out.for_people:
            return NOTHING
    out.print(
        Result(
            data=lambda: comparison_record(comparison, topics_of),
            records=lambda: comparison_record(comparison, topics_of)["rows"],
            grid=lambda: comparison_grid(comparison),
            sheet=lambda say: compare_sheet(comparison, library.theme_of, alike=library.alike, say=say),
        )
    )
    return FOUND if comparison.rows else NOTHING


def _elsewhere(query: list[str] | None, chosen: Selection, library: Library) -> str:
    """Where a query that no topic has an answer to is answered all the same."""
    asked = " ".join(query or ())
    found = library.find(asked, chosen, limit=1) if asked else None
    if found is None or not found.hits:
        return ""
    return f"; 'rusq search {asked}' finds statements, and a topic of your own can go into topics.toml"
