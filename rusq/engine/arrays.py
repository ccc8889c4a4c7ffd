"""Numbers and texts in files, mapped into memory rather than read: opening a million costs as much as opening ten."""

from __future__ import annotations

import mmap
import sys
from array import array
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Literal

Code = Literal["B", "I", "Q"]
U8: Code = "B"  # whole numbers from 0 of one byte, four and eight
U32: Code = "I"
U64: Code = "Q"


def mapped_bytes(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file as they lie on disk, to be searched in; an empty file cannot be mapped and is b""."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if file.seek(0, 2) else b""


def mapped(path: Path) -> memoryview:
    """The same, to be sliced without a copy."""
    return memoryview(mapped_bytes(path))


def numbers(path: Path, code: Code) -> memoryview[int]:
    """The numbers that `write_numbers` wrote, by index."""
    return mapped(path).cast(code)


def write_numbers(path: Path, code: Code, values: Iterable[int]) -> None:
    with path.open("wb") as file:
        array(code, values).tofile(file)


class Texts:
    """Texts by number, in two files: one with all of them, one with where each ends."""

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes = mapped(folder / f"{name}.utf8")
        self._ends = numbers(folder / f"{name}.ends", U64)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return str(self._bytes[start : self._ends[number]], "utf-8")


class TextsWriter:
    """Writes the two files that `Texts` reads."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = (folder / f"{name}.utf8").open("wb")
        self._path = folder / f"{name}.ends"
        self._ends, self._end = array(U64), 0

    def __enter__(self) -> TextsWriter:
        return self

    def add(self, texts: Iterable[str]) -> None:
        raws = [text.encode("utf-8") for text in texts]
        ends = list(accumulate(map(len, raws), initial=self._end))
        self._end = ends[-1]
        self._ends.extend(ends[1:])
        self._file.write(b"".join(raws))

    def __exit__(self, *_: object) -> None:
        self._file.close()
        with self._path.open("wb") as file:
            self._ends.tofile(file)


BYTE_ORDER = sys.byteorder  # part of what an index is: its numbers are the machine's own
META = "index.json"  # what the folder of an index holds, and who keeps its postings
ENGINE, PLAIN = "engine", "plain"
