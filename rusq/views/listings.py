"""Topics, actors, sources and problems to sheets."""

from collections.abc import Callable, Iterable, Sequence

from rusq.model import Actor, Problem, Source, Topic
from rusq.sheet import NOTE, STRONG, Run, Sheet, SheetRow, note, topic_title, year_after
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
        who = (
            Run(actor.name, STRONG),
            Run(year_after(source, say)),
            *((Run(f" «{source.title}»"),) if source.title else ()),
        )
        told = [who, note(source.file), *((note(source.dating),) if source.dating else ())]
        counts = (
            (Run(count(say, items, "list item", "list items")),),
            (Run(count(say, sentences, "sentence", "sentences")),),
        )
        listed.append(SheetRow((((Run(source.id, STRONG),),), tuple(told), counts)))
    return Sheet("", heads, tuple(listed), main=1)


def problems_sheet(head: str, problems: Sequence[Problem]) -> Sheet:
    """One line a problem, as compilers print them."""
    rows = [SheetRow((((Run(f"{problem}{' (doubt)' if problem.doubt else ''}"),),),)) for problem in problems]
    return Sheet(head, (), tuple(rows), main=0)
