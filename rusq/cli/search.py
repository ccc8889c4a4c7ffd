"""`rusq search`: the statements that answer a query, best first."""

from typing import TYPE_CHECKING, Annotated

import typer

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Exact, Kind, Query, Since, Sources, Topics, Until, command, selection
from rusq.cli.output import Output, Result
from rusq.errors import RusqError
from rusq.grid import hit_record, search_grid
from rusq.library import Library
from rusq.search import Found
from rusq.select import Selection

if TYPE_CHECKING:
    from rusq.sheet import Sheet
    from rusq.wording import Wording

_DEFAULT_LIMIT = 20


@command()
def search(
    query: Query,
    actor: Actors = None,
    topic: Topics = None,
    source: Sources = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", help="At most so many; 0 for all.")
    ] = _DEFAULT_LIMIT,
    exact: Exact = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say for each hit why it is there.")] = False,
    *,
    library: Library,
    out: Output,
) -> int:
    """Find statements: word for word, with their source.

    \b
    Examples:
      rusq search nalokson
      rusq search ledig kapasitet --actor FrP
      rusq search '"fritt behandlingsvalg"' -f csv -o valg.csv
      rusq search 'bolig OR bosted' -tvang --since 2015
      rusq search 'hvem vil bruke tvang?' --explain

    Inflections, compounds, synonyms, abbreviations, English and misspellings are found too; --exact
    switches that off. Exit status 1 if nothing is found.
    """
    if limit < 0:
        raise RusqError(f"--limit {limit} is less than nothing; 0 shows all")
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    asked = " ".join(query).replace("\u2212", "-")
    found = library.find(" ".join(query), chosen, exact=exact, limit=limit or None)
    shown = found.hits
    if not shown:
        out.nothing(_nothing(asked, library, chosen))
        if out.for_people:
            return NOTHING
    else:
        for remark in library.remarks(" ".join(query), chosen, shown):
            out.remark(remark)
    topics_of = library.topics_of
    out.print(
        Result(
            data=lambda: {"query": asked, "hits": [hit_record(hit, topics_of) for hit in shown]},
            records=lambda: [hit_record(hit, topics_of) for hit in shown],
            grid=lambda: search_grid(shown, topics_of),
            sheet=lambda say: _sheet(asked, found, explain, say),
        )
    )
    return FOUND if shown else NOTHING


def _sheet(asked: str, found: Found, explain: bool, say: "Wording") -> "Sheet":
    from rusq.views.statements import search_sheet  # not for data formats

    return search_sheet(asked, found, explain=explain, say=say)


def _nothing(asked: str, library: Library, chosen: Selection) -> str:
    """What to say of a query that found nothing: why, and what to try."""
    message = f"found for '{asked}'"
    for remark in library.remarks(asked, chosen, ()):
        return f"{message}: {remark}"
    if chosen != Selection() and library.search(asked):
        return f"{message} among the statements selected; without the filters there is something"
    missing = library.unknown_words(asked)
    if missing:
        return f"{message}: these texts have no {' or '.join(repr(word) for word in missing)}; try without"
    words = library.did_you_mean(asked)
    return f"{message}; did you mean {' or '.join(words)}?" if words else f"{message} in these texts"
