"""What is asked of a made corpus: words from the whole range of how often they occur, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.made import slip

ONE, THREE, TYPO = "one word", "three words", "a typo"
KINDS = (ONE, THREE, TYPO)
SHORTEST = 4  # letters of a word that is asked for
OFTEN = 500  # words by how often they occur, from among which slips are drawn whose right word is known


class Slip(NamedTuple):
    """A misspelling, the word it was made from, and in how many statements the texts have it so misspelt."""

    typed: str
    meant: str
    holding: int


class Asked(NamedTuple):
    """Queries by kind, each different from all others of its kind; and misspellings."""

    queries: Mapping[str, Sequence[str]]
    slips: Sequence[Slip]


def draw(
    holding: Mapping[str, int],
    words: Iterable[str],
    count: int,
    slips: int,
    *,
    spelt_right: Container[str],
    seed: int = 7,
) -> Asked:
    """`count` queries of each kind and `slips` misspellings; `holding` says how many statements have a word.

    `words` are those that may be asked for, and no slip makes a word that is `spelt_right`. A typo that is asked for
    stands nowhere in the texts; the misspellings may.
    """
    chance = random.Random(seed)
    ranked = sorted((w for w in words if len(w) >= SHORTEST and holding.get(w)), key=lambda w: (-holding[w], w))

    def one() -> str:
        # Even in the logarithm of the rank, so that common and rare words are asked for alike.
        return ranked[int(len(ranked) ** chance.random()) - 1]

    def typo() -> str:
        typed = one()
        while typed in holding or typed in spelt_right:
            typed = slip(one(), chance)
        return typed

    makers = {ONE: one, THREE: lambda: " ".join(_different(3, one)), TYPO: typo}
    queries = {kind: _different(count, make) for kind, make in makers.items()}
    return Asked(queries, list(_slips(ranked[:OFTEN], spelt_right, holding, slips, chance)))


def _different(count: int, make: Callable[[], str]) -> list[str]:
    """`count` different queries; fewer where there are no more after a hundred times as many draws."""
    found: dict[str, None] = {}
    for _ in range(100 * count):
        if len(found) < count:
            found[make()] = None
    return list(found)


def _slips(
    often: Sequence[str], spelt_right: Container[str], holding: Mapping[str, int], count: int, chance: random.Random
) -> Iterator[Slip]:
    while count:
        meant = chance.choice(often)
        typed = slip(meant, chance)
        if typed not in spelt_right:  # «lang» for «langt» is no misspelling
            count -= 1
            yield Slip(typed, meant, holding.get(typed, 0))
