"""`rusq map`: topics by actors as one picture: how much, which stance, and who is silent."""

from typing import Annotated

import typer

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Kind, Since, Sources, Topics, Until, command, selection
from rusq.cli.output import Output, Result
from rusq.formats.svg import to_svg
from rusq.grid import map_grid, map_record
from rusq.library import Library
from rusq.views.positions import map_sheet


@command(more={"svg": ".svg"})
def map(  # noqa: A001 - the command's name
    actor: Actors = None,
    topic: Topics = None,
    source: Sources = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    by: Annotated[
        str, typer.Option("--by", metavar="actor|source", help="A column for each actor, or for each text.")
    ] = "actor",
    *,
    library: Library,
    out: Output,
) -> int:
    """Show where everyone stands, on one screen: topics by actors.

    \b
    Examples:
      rusq map
      rusq map -t reagere -t legemidler
      rusq map -a H --by source
      rusq map -o map.svg

    Each cell holds the stance as a sign and a word, and how many statements there are; a dot is silence.
    """
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    comparison = library.compare(chosen, by=by)
    for remark in library.absent(chosen):
        out.remark(remark)
    if not comparison.rows:
        out.nothing("to map: no topic has a statement that fits")
        if out.for_people:
            return NOTHING
    out.print(
        Result(
            data=lambda: map_record(comparison),
            records=lambda: map_record(comparison)["topics"],
            grid=lambda: map_grid(comparison),
            sheet=lambda say: map_sheet(comparison, library.theme_of, say=say),
            more={"svg": lambda say: to_svg(map_sheet(comparison, library.theme_of, say=say), language=say.language)},
        )
    )
    return FOUND if comparison.rows else NOTHING
