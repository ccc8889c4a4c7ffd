"""Which statements hold which words, without an engine: one list of numbers a word, mapped from a file.

For corpora that memory could hold, but that are too many to be read anew each time. The search goes through the
postings as it does in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from rusq.engine.arrays import U32, U64, numbers, write_numbers
from rusq.engine.vocabulary import Vocabulary


class PlainPostings:
    """The postings in a folder that `write_postings` filled."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self._rank = vocabulary.rank
        self._numbers = numbers(folder / "postings.numbers", U32)
        self._ends = numbers(folder / "postings.ends", U64)

    def numbers(self, word: str) -> list[int]:
        """The numbers of the statements that hold the word, ascending."""
        rank = self._rank(word)
        if rank < 0:
            return []
        start = self._ends[rank - 1] if rank else 0
        return self._numbers[start : self._ends[rank]].tolist()

    def holding(self, words: Collection[str]) -> int:
        """In how many statements at least one of the words stands."""
        return len(self._held(words))

    def holding_all(self, groups: Sequence[Collection[str]]) -> int:
        """In how many statements at least one word of each group stands."""
        return len(set.intersection(*map(self._held, groups)))

    def _held(self, words: Collection[str]) -> set[int]:
        return {number for word in words for number in self.numbers(word)}


def write_postings(folder: Path, postings: Iterable[Sequence[int]]) -> None:
    """Write the postings of all words, in the order of the words."""
    lists = list(postings)
    write_numbers(folder / "postings.numbers", U32, [number for held in lists for number in held])
    write_numbers(folder / "postings.ends", U64, list(accumulate(map(len, lists))))
