"""Which numbers the statements of a newer text have, so that what is unchanged keeps its id. Knows no files."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

Said = tuple[str, str]  # the kind of a statement and its text


class Numbering(NamedTuple):
    """A number for each statement of the newer text, in order, and how many of these are the older one's.

    `gone` are, kind by kind, all numbers that are not to be given again.
    """

    numbers: tuple[int, ...]
    kept: int
    gone: dict[str, frozenset[int]]


def renumbered(
    old: Sequence[Said], numbers: Sequence[int], new: Sequence[Said], gone: Mapping[str, Collection[int]]
) -> Numbering:
    """The numbers of `new`, where `old` had `numbers` and `gone` had been withdrawn before, kind by kind.

    A statement is unchanged if its kind and all its characters are; of several alike the first keep
    their numbers. New ones get numbers above any that was ever given to their kind.
    """
    waiting: dict[Said, deque[int]] = {}
    highest: dict[str, int] = {kind: max(given, default=0) for kind, given in gone.items()}
    for said, number in zip(old, numbers, strict=True):
        waiting.setdefault(said, deque()).append(number)
        highest[said[0]] = max(highest.get(said[0], 0), number)
    given, kept = [], 0
    for said in new:
        if waiting.get(said):
            given.append(waiting[said].popleft())
            kept += 1
        else:
            highest[said[0]] = highest.get(said[0], 0) + 1
            given.append(highest[said[0]])
    left = {kind: set(before) for kind, before in gone.items()}
    for (kind, _), rest in waiting.items():
        left.setdefault(kind, set()).update(rest)
    return Numbering(tuple(given), kept, {kind: frozenset(n) for kind, n in left.items()})
