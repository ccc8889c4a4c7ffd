"""Rankings and judgments in, figures out; at the end, what rusq answers. For test_quality.py and bench/.

A unit is one line of a seed, «003:41»: line 41 of the fourth text. A query's judgment gives units a grade, 2 for
what answers it squarely and 1 for what bears on it; a query without an answer grades none.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rusq.compare import CONFLICT, DIFFER
from rusq.errors import RusqError
from rusq.library import Library
from rusq.model import Stance, Statement
from rusq.select import Selection
from rusq.similar import Relatives

HERE = Path(__file__).parent
DEPTH = 10  # hits that are looked at
SQUARELY = 2  # the grade of what answers a query
REFUSED = "?refused"  # stands for an answer where an engine gave none but an error
# Who wants a thing tried, or wants it within limits, goes the same way as who is for it.
DIRECTIONS = {
    "for": "towards",
    "trial": "towards",
    "conditional": "towards",
    "consider": "consider",
    "against": "against",
}
DIVERGING = (CONFLICT, DIFFER)
MEASURES = ("ndcg", "recall", "first", "silent")

# Sources in the order of the files they came from: 000 to 004.
_SOURCES = ("h2013", "h2017", "v", "reg2015", "frp2017")


class Judged(NamedTuple):
    """A query, what kind of asking it is, and the grade of each unit that is worth finding."""

    query: str
    kind: str
    grades: Mapping[str, int]
    actor: str | None = None


class Pair(NamedTuple):
    """Two units that say the same (grade 2) or nearly so (grade 1)."""

    a: str
    b: str
    grade: int


class Position(NamedTuple):
    """A stance as judged, with the statement that shows it."""

    actor: str
    topic: str
    stance: str
    statement: str


class Divergence(NamedTuple):
    """Two voices at odds on a topic («flat»), or apart in degree, means, condition or who pays («soft»).

    `a` and `b` are actors, or else both are sources.
    """

    kind: str
    topic: str
    a: str
    b: str


def read_queries(path: Path) -> list[Judged]:
    """The judged queries of a file, in its order."""
    return [
        Judged(row["q"], row["kind"], row["rel"], row.get("actor"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def read_pairs(path: Path) -> list[Pair]:
    """The judged pairs of a file, in its order."""
    return [Pair(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def read_positions(path: Path) -> tuple[list[Position], list[Divergence]]:
    """The judged stances and divergences of a file, in its order."""
    judged = json.loads(path.read_text(encoding="utf-8"))
    return [Position(**row) for row in judged["stances"]], [Divergence(**row) for row in judged["divergences"]]


def unit_of(statement: Statement) -> str:
    """The unit that a statement of the built-in texts is, or is part of: «003:41»."""
    return f"{_SOURCES.index(statement.source):03}:{statement.line}"


def units(statements: Iterable[Statement]) -> list[str]:
    """The units of the first ten statements, each once, at its best rank."""
    return list(dict.fromkeys(unit_of(statement) for statement in list(statements)[:DEPTH]))


def gain(grades: Sequence[int]) -> float:
    """What a ranking of these grades is worth: 2^grade - 1 each, over log2(rank + 1), the first ten."""
    return sum(float(2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], 1))


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The worth of the ranking as a share of the best there could be, 0..1. Needs some grade."""
    return gain([grades.get(unit, 0) for unit in found]) / gain(sorted(grades.values(), reverse=True))


def recall(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share found of what answers squarely, or of ten where there is more. 1 if nothing does."""
    squarely = {unit for unit, grade in grades.items() if grade == SQUARELY}
    return len(squarely.intersection(found[:DEPTH])) / min(DEPTH, len(squarely)) if squarely else 1.0


def first(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 if the first hit is worth finding, else 0."""
    return float(bool(found) and grades.get(found[0], 0) > 0)


def judge(found: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """The measures of one ranking: whether it is silent where there is no answer, else how good the answer is."""
    if not grades:
        return {"silent": float(not found)}
    return {"ndcg": ndcg(found, grades), "recall": recall(found, grades), "first": first(found, grades)}


def mean(values: Collection[float]) -> float:
    """Their mean; not a number if there are none."""
    return sum(values) / len(values) if values else math.nan


def averages(verdicts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Each measure's mean over the verdicts that have it; measures that none has are left out."""
    kept = list(verdicts)
    by_measure = {name: [verdict[name] for verdict in kept if name in verdict] for name in MEASURES}
    return {name: mean(values) for name, values in by_measure.items() if values}


def pairs_found(pairs: Iterable[Pair], nearest: Mapping[str, Collection[str]]) -> float:
    """The share of pairs that are seen, each asked for from either side: seen from one side only is half found.

    `nearest` maps a unit to the units that are seen from it.
    """
    asked = [(one, other) for pair in pairs for one, other in ((pair.a, pair.b), (pair.b, pair.a))]
    return mean([float(other in nearest.get(one, ())) for one, other in asked])


def micro_f1(found: Mapping[str, Collection[str]], true: Mapping[str, Collection[str]]) -> float:
    """F1 over all labels of all things in `true` taken together; 1 where there is nothing to label or find."""
    right = sum(len(set(found.get(thing, ())) & set(labels)) for thing, labels in true.items())
    given = sum(len(set(found.get(thing, ()))) for thing in true)
    wanted = sum(len(set(labels)) for labels in true.values())
    return 2 * right / (given + wanted) if given + wanted else 1.0


def answer(library: Library, judged: Judged) -> list[str]:
    """The units that `rusq search` gives for a judged query, best first."""
    selection = Selection(actors=(judged.actor,) if judged.actor else ())
    try:
        return units(hit.statement for hit in library.search(judged.query, selection))
    except RusqError:
        return [REFUSED]


def seen(library: Library, depth: int = 5) -> dict[str, set[str]]:
    """Unit -> the units that are among the first `depth` relatives of any statement in it."""
    relatives = Relatives(library.index, library.corpus.lexicon)
    found: dict[str, set[str]] = {}
    for statement in library.corpus.statements:
        nearest = relatives.nearest(statement, limit=depth)
        found.setdefault(unit_of(statement), set()).update(unit_of(relative.statement) for relative in nearest)
    return found


def topics_by_queries(library: Library) -> dict[str, tuple[str, ...]]:
    """Statement id -> its topics by their saved queries alone, as for a text that nobody has read."""
    return library.topic_map.by_queries(set(range(len(library.corpus.statements))))


def topics_as_read(library: Library, kind: str) -> dict[str, tuple[str, ...]]:
    """Statement id -> its topics as read by hand, for the statements of a kind («bullet», «prose»)."""
    read = library.corpus.occurrences
    return {s.id: tuple(read[s.id]) for s in library.corpus.statements if s.kind == kind and s.id in read}


def comparable(library: Library, position: Position) -> list[Stance]:
    """The stances in the data to hold beside a judged one: of the same actor on the same topic, in the same text."""
    source = library.statements[position.statement].source
    return [
        stance
        for stance in library.corpus.stances
        if (stance.actor, stance.topic) == (position.actor, position.topic)
        and library.statements[stance.statement].source == source
    ]


def stance_held(position: Position, stances: Iterable[Stance]) -> dict[str, float]:
    """Whether one of the stances is the judged one, goes its way, and goes its way by the same statement."""
    kept = list(stances)
    way = [stance for stance in kept if DIRECTIONS[stance.stance] == DIRECTIONS[position.stance]]
    return {
        "exact": float(any(stance.stance == position.stance for stance in kept)),
        "direction": float(bool(way)),
        "statement": float(any(stance.statement == position.statement for stance in way)),
    }


def verdict_on(library: Library, divergence: Divergence) -> str | None:
    """What `rusq compare` says of the two voices on the topic; None where it says nothing."""
    sources, pair = library.corpus.sources, (divergence.a, divergence.b)
    if all(voice in sources for voice in pair):
        actors = tuple(dict.fromkeys(sources[voice].actor for voice in pair))
        compared = library.compare(Selection(actors, (divergence.topic,), pair), by="source")
    else:
        compared = library.compare(Selection(pair, (divergence.topic,)))
    return next((row.verdict for row in compared.rows), None)
