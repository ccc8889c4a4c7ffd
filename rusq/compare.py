"""The topic map and some actors to a comparison: a row a topic, a column an actor or a text of one."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import NamedTuple

from rusq.model import BULLET, Actor, Source, Stance, Statement, Topic

AGREE, DIFFER, CONFLICT, ALONE = "agree", "differ", "conflict", "alone"
VERDICTS = (CONFLICT, DIFFER, AGREE, ALONE)
# Who is for a thing, even on trial or within limits, is at odds with who is against it; who will only
# consider it is not there yet.
_COMMITTED = frozenset(("for", "trial", "conditional"))


class Column(NamedTuple):
    """One voice in a comparison, and what it rests on: how many texts and statements are taken into account."""

    id: str
    name: str
    actor: str
    texts: int
    statements: int
    years: tuple[int | None, ...]


class Cell(NamedTuple):
    """What one column says on a topic: its list items, and those sentences that show a stance.

    `prose` says that there is no list item, and all sentences are given. `total` counts every statement
    on the topic, given or not: 0 is silence, and more than are given are left out by a query or filter.
    """

    statements: tuple[Statement, ...] = ()
    prose: bool = False
    stances: tuple[Stance, ...] = ()
    total: int = 0


class Row(NamedTuple):
    """A topic with one cell a column, in the order of the columns, and what the stances amount to."""

    topic: Topic
    cells: tuple[Cell, ...]
    verdict: str | None = None


class Comparison(NamedTuple):
    """`rows` are the topics that some column speaks on, of all `topics` asked for, in the order of the scheme."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    topics: tuple[Topic, ...] = ()

    @property
    def silent(self) -> tuple[Topic, ...]:
        """The topics that no column speaks on."""
        spoken = {row.topic.id for row in self.rows}
        return tuple(topic for topic in self.topics if topic.id not in spoken)


def by_actor(actors: Sequence[Actor], sources: Mapping[str, Source], statements: Collection[Statement]) -> list[Column]:
    """A column an actor, counting the statements given."""
    return [
        _column(actor.id, actor.name, actor.id, [s for s in sources.values() if s.actor == actor.id], statements)
        for actor in actors
    ]


def by_source(
    actors: Sequence[Actor], sources: Mapping[str, Source], statements: Collection[Statement]
) -> list[Column]:
    """A column a text of the actors, oldest first, those without a year last."""
    chosen = {actor.id: actor.name for actor in actors}
    texts = [source for source in sources.values() if source.actor in chosen]
    texts.sort(key=lambda source: (list(chosen).index(source.actor), source.year is None, source.year or 0))
    return [_column(source.id, chosen[source.actor], source.actor, [source], statements) for source in texts]


def _column(
    column_id: str, name: str, actor: str, texts: Sequence[Source], statements: Collection[Statement]
) -> Column:
    ids = {source.id for source in texts}
    spoken = {statement.source for statement in statements} & ids
    return Column(
        id=column_id,
        name=name,
        actor=actor,
        texts=len(spoken),
        statements=sum(statement.source in ids for statement in statements),
        years=tuple(source.year for source in texts if source.id in spoken),
    )


def compare(
    columns: Sequence[Column],
    topics: Sequence[Topic],
    statements_by_topic: Mapping[str, Sequence[Statement]],
    stances: Sequence[Stance] = (),
    chosen: Collection[str] | None = None,
) -> Comparison:
    """The columns side by side on each of `topics`; a column without a list item on one speaks by its prose.

    `chosen` are the ids of the statements to be shown, None for all. Verdicts and silence are those of
    all statements: who is not shown is not silent.
    """
    by_topic: dict[str, list[Stance]] = {}
    for stance in stances:
        by_topic.setdefault(stance.topic, []).append(stance)
    rows = []
    for topic in topics:
        spoken = statements_by_topic.get(topic.id, ())
        cells = tuple(_cell(column, spoken, by_topic.get(topic.id, ()), chosen) for column in columns)
        if any(cell.statements for cell in cells):
            rows.append(
                Row(topic, cells, verdict([c for c, column in zip(cells, columns, strict=True) if column.texts]))
            )
    return Comparison(tuple(columns), tuple(rows), tuple(topics))


def _cell(
    column: Column, spoken: Sequence[Statement], stances: Sequence[Stance], chosen: Collection[str] | None
) -> Cell:
    own = [s for s in spoken if column.id in (s.actor, s.source)]
    ids = {statement.id for statement in own}
    taken = tuple(stance for stance in stances if stance.actor == column.actor and stance.statement in ids)
    shown = {stance.statement for stance in taken}
    wanted = own if chosen is None else [statement for statement in own if statement.id in chosen]
    items = any(statement.kind == BULLET for statement in wanted)
    given = tuple(s for s in wanted if not items or s.kind == BULLET or s.id in shown)
    prose = bool(wanted) and not any(statement.kind == BULLET for statement in own)
    return Cell(given, prose=prose, stances=taken, total=len(own))


def verdict(cells: Sequence[Cell]) -> str | None:
    """What the stances of the cells amount to; None where fewer than two of those that speak have one.

    `alone` if one speaks and the others are silent; `conflict` if one is against what another is for;
    `differ` if any two want something in different degree, or different things; else `agree`.
    """
    if sum(cell.total > 0 for cell in cells) == 1:
        return ALONE if len(cells) > 1 else None
    taken = [frozenset((stance.on, stance.stance) for stance in cell.stances) for cell in cells if cell.stances]
    if len(taken) < 2:
        return None
    pairs = list(combinations(taken, 2))
    if any(_at_odds(one, other) for one, other in pairs):
        return CONFLICT
    return DIFFER if any(one != other for one, other in pairs) else AGREE


def _at_odds(one: AbstractSet[tuple[str, str]], other: AbstractSet[tuple[str, str]]) -> bool:
    """Whether one is against a point that the other is committed to."""
    for against, towards in ((one, other), (other, one)):
        refused = {on for on, stance in against if stance == "against"}
        if any(on in refused and stance in _COMMITTED for on, stance in towards):
            return True
    return False
