"""The numbers of a text's statements, as `sources.toml` writes them, to ids. Knows no files.

    numbers = "b1-6 b8-20 b41 p1-80"    the list items, in the order of the text, and the sentences
    withdrawn = "b7 b21-40"             numbers that were given once and are never given again

A kind that `numbers` does not name counts from 1 on, leaving out what is withdrawn.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, islice
from typing import NamedTuple

from rusq.model import BULLET, PROSE, Source, Statement

_PIECE = re.compile(r"([bp])([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?")
_LETTERS = {BULLET: "b", PROSE: "p"}


class Numbers(NamedTuple):
    """The numbers of one kind, as runs: those of the statements in order (() for counting), and those withdrawn."""

    given: tuple[range, ...] = ()
    withdrawn: tuple[range, ...] = ()

    @property
    def highest(self) -> int:
        """The highest number that is written down; 0 if there is none."""
        return max((run[-1] for run in (*self.given, *self.withdrawn)), default=0)

    def supply(self) -> Iterator[int]:
        """A number for each statement, in the order of the text; more than are given get further ones."""
        if self.given:
            yield from chain.from_iterable(self.given)
            yield from count(self.highest + 1)
        start = 1
        for gap in sorted(self.withdrawn, key=lambda run: run.start):
            yield from range(start, gap.start)
            start = gap.stop
        yield from count(start)


def read_numbers(given: str, withdrawn: str) -> dict[str, Numbers]:
    """Kind -> its numbers. ValueError, with a reason, for a text that cannot be read or names a number twice."""
    runs, gone = _runs(given), _runs(withdrawn)
    found = {}
    for kind, letter in _LETTERS.items():
        found[kind] = Numbers(tuple(runs.get(letter, ())), tuple(gone.get(letter, ())))
        last = 0
        for run in sorted((*found[kind].given, *found[kind].withdrawn), key=lambda run: run.start):
            if run.start <= last:
                raise ValueError(f"{letter}{run.start} stands twice")
            last = run[-1]
    return found


def number_faults(given: str, withdrawn: str) -> Iterator[tuple[str, str]]:
    """The key at fault and why, if the two cannot be read."""
    key = "numbers"
    try:
        _runs(given)
        key = "withdrawn"
        read_numbers("", withdrawn)
        key = "numbers"
        read_numbers(given, withdrawn)
    except ValueError as error:
        yield key, f"'{key}' should read like \"b1-6 b8 p1-80\": {error}"


def numbered(statements: Sequence[Statement], source: Source) -> tuple[Statement, ...]:
    """The statements of a source with the ids that it says they have."""
    if not (source.numbers or source.withdrawn):
        return tuple(statements)
    supplies = {kind: one.supply() for kind, one in read_numbers(source.numbers, source.withdrawn).items()}
    return tuple(s._replace(id=statement_id(source.id, s.kind, next(supplies[s.kind]))) for s in statements)


def statement_id(source: str, kind: str, number: int) -> str:
    return f"{source}-{_LETTERS[kind]}{number:02d}"


def number_of(statement: Statement) -> int:
    """The number in a statement's id."""
    return int(statement.id.rpartition("-")[2][1:])


def surplus(statements: Iterable[Statement], source: Source) -> dict[str, tuple[int, int]]:
    """Kind -> how many statements there are and how many numbers are written down for them, where these differ."""
    if not source.numbers:
        return {}
    there = dict.fromkeys(_LETTERS, 0)
    for statement in statements:
        there[statement.kind] += 1
    written = {kind: sum(map(len, n.given)) for kind, n in read_numbers(source.numbers, source.withdrawn).items()}
    return {kind: (there[kind], written[kind]) for kind in _LETTERS if written[kind] not in (0, there[kind])}


def written_numbers(given: Mapping[str, Sequence[int]], withdrawn: Mapping[str, Iterable[int]]) -> tuple[str, str]:
    """`numbers` and `withdrawn` for statements with these numbers, kind by kind; "" where counting gives the same."""
    gone = {kind: sorted(withdrawn.get(kind, ())) for kind in _LETTERS}
    pieces = []
    for kind, letter in _LETTERS.items():
        counted = Numbers(withdrawn=tuple(_as_runs(gone[kind]))).supply()
        numbers = list(given.get(kind, ()))
        if numbers != list(islice(counted, len(numbers))):
            pieces.append(_shown(letter, numbers))
    return " ".join(pieces), " ".join(_shown(_LETTERS[kind], n) for kind, n in gone.items() if n)


def _runs(text: str) -> dict[str, list[range]]:
    runs: dict[str, list[range]] = {}
    for piece in text.split():
        found = _PIECE.fullmatch(piece)
        if found is None:
            raise ValueError(f"'{piece}' is neither a number nor a run of them")
        letter, first, last = found[1], int(found[2]), int(found[3] or found[2])
        if last < first:
            raise ValueError(f"'{piece}' runs backwards")
        runs.setdefault(letter, []).append(range(first, last + 1))
    return runs


def _as_runs(numbers: Iterable[int]) -> Iterator[range]:
    start = stop = 0
    for number in numbers:
        if number != stop:
            if stop > start:
                yield range(start, stop)
            start = number
        stop = number + 1
    if stop > start:
        yield range(start, stop)


def _shown(letter: str, numbers: Iterable[int]) -> str:
    return " ".join(
        f"{letter}{run.start}" if len(run) == 1 else f"{letter}{run.start}-{run[-1]}" for run in _as_runs(numbers)
    )
