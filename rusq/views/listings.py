"""Topics, actors, sources and problems to sheets."""

from collections.abc import Callable, Iterable, Sequence

from rusq.model import BULLET, Actor, Problem, Source, Standing, Statement, Topic
from rusq.sheet import (
    NOTE,
    STRONG,
    Cell,
    Line,
    Run,
    Sheet,
    SheetRow,
    kind_of,
    note,
    place,
    said,
    topic_title,
    year_after,
)
from rusq.wording import Wording, count


def topics_sheet(
    rows: Iterable[tuple[Topic, dict[str, int]]],
    actors: Sequence[str],
    themes: Callable[[Topic], str],
    *,
    say: Wording,
) -> Sheet:
    """Every topic with how many statements each actor has on it; a dash for none."""
    heads = tuple(((Run(head, STRONG),),) for head in (say("Topic"), *actors))
    shown = [
        SheetRow(
            (
                (topic_title(topic, say), note(topic.id)),
                *(((Run(str(counts[a])) if counts.get(a) else Run("–", NOTE),),) for a in actors),
            ),
            group=themes(topic),
        )
        for topic, counts in rows
    ]
    return Sheet(count(say, len(shown), "topic", "topics"), heads, tuple(shown), main=0, labelled=True)


def actors_sheet(rows: Iterable[tuple[Actor, int, int]], *, say: Wording) -> Sheet:
    """Actors with their names, and how many texts and statements there are of each."""
    heads = tuple(((Run(head, STRONG),),) for head in ("Id", say("Name"), say("Kind"), say("Texts"), say("Statements")))
    listed = [
        SheetRow(
            (
                ((Run(actor.id, STRONG),),),
                ((Run(actor.name),), *((note(", ".join(actor.aliases)),) if actor.aliases else ())),
                ((Run(say(actor.kind)),),),
                ((Run(str(texts)),),),
                ((Run(str(statements)),),),
            )
        )
        for actor, texts, statements in rows
    ]
    return Sheet("", heads, tuple(listed), main=1)


def sources_sheet(standings: Iterable[Standing], *, say: Wording) -> Sheet:
    """Sources with their actor, year and how it is known, what they hold, and whether anything is doubtful."""
    heads = tuple(((Run(head, STRONG),),) for head in ("Id", say("Source"), say("Statements")))
    listed = []
    for standing in standings:
        source = standing.source
        about = [source.file]
        if standing.pages:
            about.append(count(say, standing.pages, "page", "pages"))
        if source.original:
            about.append(say("made from {file}", file=source.original))
        told = [_named(source, standing.actor, say, standing.years), note(", ".join(about))]
        if source.dating:
            told.append(note(source.dating))
        doubts = count(say, standing.doubts, "doubt", "doubts") if standing.doubts else say("ok")
        held = (*_amount(standing.items, standing.sentences, say), note(doubts))
        listed.append(SheetRow((((Run(source.id, STRONG),),), tuple(told), held)))
    return Sheet("", heads, tuple(listed), main=1)


def _named(source: Source, actor: Actor, say: Wording, years: tuple[int, int] | None = None) -> Line:
    """«Venstre 2021 «Frihet»»; where only its statements have years, those."""
    title = (Run(f" «{source.title}»"),) if source.title else ()
    year = year_after(source, say)
    if source.year is None and years is not None:
        year = f" {years[0]}" if years[0] == years[1] else f" {years[0]}–{years[1]}"
    return (Run(actor.name, STRONG), Run(year), *title)


def _amount(items: int, sentences: int, say: Wording) -> Cell:
    return (
        (Run(count(say, items, "list item", "list items")),),
        (Run(count(say, sentences, "sentence", "sentences")),),
    )


def added_sheet(
    rows: Sequence[tuple[Source, Actor, str, Sequence[Statement], tuple[int, int, int]]], *, first: int, say: Wording
) -> Sheet:
    """Sources as they were added, each with how much it holds and its first statements."""
    heads = tuple(((Run(head, STRONG),),) for head in ("Id", say("Source"), say("Statements")))
    listed = []
    for source, actor, status, statements, (kept, new, gone) in rows:
        items = sum(statement.kind == BULLET for statement in statements)
        dated = [statement.year for statement in statements if statement.year is not None]
        years = (min(dated), max(dated)) if dated else None
        became = [(Run(say(status)),), *_amount(items, len(statements) - items, say)]
        if status == "replaced":
            became.append(note(say("{kept} kept, {new} new, {gone} gone", kept=kept, new=new, gone=gone)))
        listed.append(
            SheetRow(
                (((Run(source.id, STRONG),),), (_named(source, actor, say, years), note(source.file)), tuple(became))
            )
        )
        listed += [
            SheetRow((((Run(s.id),),), tuple(said(s, say)), (note(place(s, say)), note(kind_of(s, say)))))
            for s in (() if status == "unchanged" else statements[:first])
        ]
    return Sheet("", heads, tuple(listed), main=1)


def problems_sheet(head: str, problems: Sequence[Problem]) -> Sheet:
    """One line a problem, as compilers print them."""
    rows = [SheetRow((((Run(f"{problem}{' (doubt)' if problem.doubt else ''}"),),),)) for problem in problems]
    return Sheet(head, (), tuple(rows), main=0)
