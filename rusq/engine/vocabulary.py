"""Every word of the texts with its frequency: on disk a sorted list, one word a line, and a table to look words up.

The list is searched as it lies there; nothing is read but what a query asks for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from rusq.engine.arrays import U8, U32, U64, mapped_bytes, numbers, write_numbers
from rusq.norwegian.tokens import ascii_spelling

_EMPTY = 2**64 - 1


class Vocabulary:
    """The words in a folder that `write_vocabulary` filled. A word's rank is its place in the sorted list."""

    def __init__(self, folder: Path) -> None:
        self._whole = mapped_bytes(folder / "words.utf8")  # a line break before the first word and after each
        self._lines = memoryview(self._whole)
        self._starts = numbers(folder / "words.starts", U32)  # rank -> offset; one more for the end
        self._frequencies = numbers(folder / "words.frequencies", U32)
        self._plain = numbers(folder / "words.plain", U8)
        self._slots = numbers(folder / "stems.slots", U64)
        self._spellings = mapped_bytes(folder / "spellings.utf8")
        self._ranks: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._frequencies)

    def __contains__(self, word: str) -> bool:
        return self.rank(word) >= 0

    def rank(self, word: str) -> int:
        """The word's place in the list; -1 if it is not there."""
        known = self._ranks.get(word)
        if known is None:
            found = self._find(word)
            known = self._ranks[word] = found[0] if found and not found[1] else -1
        return known

    def has_form(self, stem: str) -> bool:
        """Whether `stem` is a word, or one of the endings that `write_vocabulary` was given makes one of it."""
        return self._find(stem) is not None

    def _find(self, stem: str) -> tuple[int, int] | None:
        """The rank of a word that is `stem` and an ending, and the letters of that ending: 0 if it is a word itself."""
        raw = stem.encode("utf-8", "surrogatepass")
        slots, lines, starts = self._slots, self._lines, self._starts
        mask, first = len(slots) - 1, crc32(raw)
        for slot in range(first, first + len(slots)):
            value = slots[slot & mask]
            if value == _EMPTY:
                break
            rank, ending = value >> 4, value & 15
            if lines[starts[rank] : starts[rank + 1] - 1 - ending] == raw:
                return rank, ending
        return None

    def frequency(self, word: str) -> int:
        """In how many statements the word stands."""
        rank = self.rank(word)
        return int(self._frequencies[rank]) if rank >= 0 else 0

    def is_plain(self, word: str) -> bool:
        """Whether the word stands in a statement without a suspended compound, so that it may complete one."""
        rank = self.rank(word)
        return rank >= 0 and bool(self._plain[rank])

    def word(self, rank: int) -> str:
        return str(self._lines[self._starts[rank] : self._starts[rank + 1] - 1], "utf-8")

    def all(self) -> list[str]:
        """Every word, sorted."""
        return str(self._lines[1:-1], "utf-8").split("\n") if len(self) else []

    def starting(self, prefix: str) -> Iterator[str]:
        """The words that begin with `prefix`, sorted."""
        raw = prefix.encode("utf-8", "surrogatepass")
        lines, starts, size = self._lines, self._starts, len(raw)
        at = bisect_left(range(len(self)), raw, key=lambda rank: bytes(lines[starts[rank] : starts[rank] + size]))
        while at < len(self) and lines[starts[at] : starts[at] + size] == raw:
            yield self.word(at)
            at += 1

    def containing(self, part: str) -> Iterator[str]:
        """The words that hold the letters of `part` anywhere, sorted."""
        raw, whole = part.encode("utf-8", "surrogatepass"), self._whole
        at = whole.find(raw)
        while at >= 0:
            start, end = whole.rfind(b"\n", 0, at) + 1, whole.find(b"\n", at)
            yield whole[start:end].decode("utf-8")
            at = whole.find(raw, end)

    def spelt_in_ascii(self, key: str) -> Sequence[str]:
        """The words whose `ascii_spelling` is `key`, sorted."""
        found = [key] if key in self and ascii_spelling(key) == key else []
        begin = self._spellings.find(f"\n{key}\t".encode("utf-8", "surrogatepass"))
        if begin >= 0:
            line = self._spellings[begin + 1 : self._spellings.find(b"\n", begin + 1)].decode("utf-8")
            found += line.split("\t")[1:]
        return sorted(found)


def write_vocabulary(
    folder: Path, frequencies: Mapping[str, int], plain: Container[str], endings: Collection[str]
) -> None:
    """Write the words: word -> in how many statements it stands, and which are `plain` (see `is_plain`).

    `endings` are those that may be taken off a word of five letters or more, for `has_form`.
    """
    words = sorted(frequencies)
    raws = [word.encode("utf-8") for word in words]
    (folder / "words.utf8").write_bytes(b"\n" + b"\n".join(raws) + b"\n" if raws else b"")
    starts = [1]
    for raw in raws:
        starts.append(starts[-1] + len(raw) + 1)
    write_numbers(folder / "words.starts", U32, starts)
    write_numbers(folder / "words.frequencies", U32, [frequencies[word] for word in words])
    write_numbers(folder / "words.plain", U8, [word in plain for word in words])
    stems = {raw: 16 * rank for rank, raw in enumerate(raws)}
    for rank, word in enumerate(words):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) > 3:
                stems.setdefault(raws[rank][: -len(ending)], 16 * rank + len(ending))
    write_numbers(folder / "stems.slots", U64, _slots(stems))
    spellings: dict[str, list[str]] = {}
    for word in words:
        key = ascii_spelling(word)
        if key != word:
            spellings.setdefault(key, []).append(word)
    lines = "".join(f"\n{key}\t" + "\t".join(spellings[key]) for key in sorted(spellings))
    (folder / "spellings.utf8").write_bytes(f"{lines}\n".encode() if lines else b"")


def _slots(values: Mapping[bytes, int]) -> list[int]:
    """A hash table with open addressing: the values, each in the slot of its bytes; at most half of them taken."""
    size = 1 << max(4, (2 * len(values)).bit_length())
    mask = size - 1
    slots = [_EMPTY] * size
    for raw, value in values.items():
        slot = crc32(raw) & mask
        while slots[slot] != _EMPTY:
            slot = (slot + 1) & mask
        slots[slot] = value
    return slots
