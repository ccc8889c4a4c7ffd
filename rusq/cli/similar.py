"""`rusq similar`: who says nearly the same."""

from typing import Annotated

import typer

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Kind, Since, Sources, StatementId, Topics, Until, command, selection
from rusq.cli.output import Output, Result
from rusq.errors import RusqError
from rusq.grid import similar_grid, statement_record
from rusq.library import Library
from rusq.select import find_statement
from rusq.views.statements import similar_sheet


@command()
def similar(
    statement: StatementId,
    actor: Actors = None,
    topic: Topics = None,
    source: Sources = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", help="At most so many; 0 for all.")] = 5,
    *,
    library: Library,
    out: Output,
) -> int:
    """Find the statements nearest to one: other actors, other years, the same promise in prose.

    \b
    Examples:
      rusq similar h2017-b06
      rusq similar reg2015-p43 --actor H
      rusq similar h2013-b01 -n 3 -f json
    """
    if limit < 0:
        raise RusqError(f"--limit {limit} is less than nothing; 0 shows all")
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    given = find_statement(statement, library.statements)
    near = library.nearest(given, chosen, limit=limit or None)
    topics_of = library.topics_of
    records = [
        {**statement_record(one.statement, topics_of(one.statement)), "score": one.score, "shared": list(one.shared)}
        for one in near
    ]
    if not near:
        out.nothing(f"near {given.id}")
        if out.for_people:
            return NOTHING
    out.print(
        Result(
            data=lambda: {"id": given.id, "similar": records},
            records=lambda: records,
            grid=lambda: similar_grid(near, topics_of),
            sheet=lambda say: similar_sheet(given, near, say=say),
        )
    )
    return FOUND if near else NOTHING
