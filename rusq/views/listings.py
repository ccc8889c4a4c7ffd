"""Topics, actors, sources and problems to sheets."""

from collections.abc import Callable, Iterable, Sequence

from rusq.model import BULLET, Actor, Problem, Source, Statement, Topic
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


def sources_sheet(rows: Iterable[tuple[Source, Actor, int, int]], *, say: Wording) -> Sheet:
    """Sources with their actor, year and how it is known, and how many list items and sentences they hold."""
    heads = tuple(((Run(head, STRONG),),) for head in ("Id", say("Source"), say("Statements")))
    listed = []
    for source, actor, items, sentences in rows:
        told = [_named(source, actor, say), note(source.file), *((note(source.dating),) if source.dating else ())]
        listed.append(SheetRow((((Run(source.id, STRONG),),), tuple(told), _amount(items, sentences, say))))
    return Sheet("", heads, tuple(listed), main=1)


def _named(source: Source, actor: Actor, say: Wording) -> Line:
    title = (Run(f" «{source.title}»"),) if source.title else ()
    return (Run(actor.name, STRONG), Run(year_after(source, say)), *title)


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
        became = [(Run(say(status)),), *_amount(items, len(statements) - items, say)]
        if status == "replaced":
            became.append(note(say("{kept} kept, {new} new, {gone} gone", kept=kept, new=new, gone=gone)))
        listed.append(
            SheetRow((((Run(source.id, STRONG),),), (_named(source, actor, say), note(source.file)), tuple(became)))
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
