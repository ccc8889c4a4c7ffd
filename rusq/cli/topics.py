"""`rusq topics` and `rusq topic`: what the statements are about."""

from typing import Annotated

import typer

from rusq.cli import FOUND, NOTHING
from rusq.cli.options import Actors, Kind, Since, Sources, Topics, Until, command, named, selection
from rusq.cli.output import Output, Result
from rusq.compare import Cell, by_actor
from rusq.compare import compare as compared
from rusq.grid import comparison_grid, stance_record, statement_record, topic_record, topics_grid
from rusq.library import Library
from rusq.model import Topic
from rusq.select import find_topics
from rusq.views.listings import topics_sheet
from rusq.views.positions import topic_sheet
from rusq.wording import Wording


@command()
def topics(
    actor: Actors = None,
    topic: Topics = None,
    source: Sources = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    *,
    library: Library,
    out: Output,
) -> int:
    """List the topics, with how many statements each actor has on them.

    \b
    Examples:
      rusq topics
      rusq topics --actor H --kind bullet
      rusq topics -t behandle -f csv
    """
    chosen = selection(library, actor=actor, topic=topic, source=source, kind=kind, since=since, until=until)
    corpus = library.corpus
    actors = list(chosen.actors) or [a.id for a in library.actors_with_texts()]
    ids = {statement.id for statement in library.select(chosen)}
    rows = []
    for one in corpus.topics.values():
        if not one.parent or (chosen.topics and one.id not in chosen.topics):
            continue
        spoken = [s for s in library.topic_map.statements_by_topic[one.id] if s.id in ids]
        rows.append((one, {a: sum(s.actor == a for s in spoken) for a in actors}))
    out.print(
        Result(
            data=lambda: {"topics": [{**topic_record(t), "statements": counts} for t, counts in rows]},
            records=lambda: [{**topic_record(t), "statements": counts} for t, counts in rows],
            grid=lambda: topics_grid(rows, actors),
            sheet=lambda say: topics_sheet(rows, actors, library.theme_of, say=say),
        )
    )
    return FOUND if rows else NOTHING


@command()
def topic(
    name: Annotated[str, typer.Argument(metavar="TOPIC", help="Id, name or alias.", autocompletion=named("topics"))],
    *,
    library: Library,
    out: Output,
) -> int:
    """Read up on one topic: its names and relatives, and what each actor says on it.

    \b
    Examples:
      rusq topic heroinassistert-behandling
      rusq topic ettervern
      rusq topic "harm reduction" -f md
    """
    corpus = library.corpus
    found = corpus.topics[find_topics([name], corpus.topics)[0]]
    spoken = library.topic_map.statements_by_topic
    actors = library.actors_with_texts()
    columns = by_actor(actors, corpus.sources, library.all_statements)
    comparison = compared(columns, [found], spoken, corpus.stances)
    cells = comparison.rows[0].cells if comparison.rows else tuple(Cell() for _ in actors)
    topics_of = library.topics_of
    pairs = library.pairs(spoken[found.id])
    out.print(
        Result(
            data=lambda: {
                **topic_record(found),
                "stances": {
                    a.id: [stance_record(s) for s in cell.stances] for a, cell in zip(actors, cells, strict=True)
                },
                "similar": [[one.id, other.id] for one, other in pairs],
                "narrower": [t.id for t in corpus.topics.values() if t.parent == found.id],
                "statements": [statement_record(s, topics_of(s)) for s in spoken[found.id]],
            },
            records=lambda: [statement_record(s, topics_of(s)) for s in spoken[found.id]],
            grid=lambda: comparison_grid(comparison),
            sheet=lambda say: topic_sheet(
                found, _facts(found, library, say), list(zip(actors, cells, strict=True)), pairs, say=say
            ),
        )
    )
    return FOUND if spoken[found.id] else NOTHING


def _facts(found: Topic, library: Library, say: Wording) -> list[tuple[str, str]]:
    """What there is to say of a topic itself, by label; what is empty is left out."""
    topics = library.corpus.topics
    aliases = [alias for names in found.aliases.values() for alias in names]
    facts = [
        (say("Names"), " / ".join(f"{name} ({language})" for language, name in found.names.items())),
        (say("Also called"), ", ".join(aliases)),
        (say("What belongs here"), found.scope if say.language == "en" else ""),
        (say("Broader"), topics[found.parent].name if found.parent else ""),
        (say("Narrower"), ", ".join(t.name for t in topics.values() if t.parent == found.id)),
        (say("Related"), ", ".join(topics[other].name for other in found.related)),
    ]
    return [(label, text) for label, text in facts if text]
