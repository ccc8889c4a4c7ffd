"""Every statement of a large corpus as a record of fixed size, made into a `Statement` when it is asked for."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, overload

from rusq.engine.arrays import Texts, TextsWriter, mapped
from rusq.model import BULLET, PROSE, Statement

# source, number in its id, line, page, start, end, section, lead-in, speaker (0 for none), year, 1 for a list item
_RECORD = struct.Struct("<9IiB")
_NO_YEAR = -(2**31)


class Column(NamedTuple):
    """A source as the records name it, by its place in the list; `first` is the number of its first statement."""

    id: str
    actor: str
    first: int


class Stored(Sequence[Statement]):
    """The statements in a folder that `write_statements` filled, by number."""

    def __init__(self, folder: Path, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._records = mapped(folder / "statements.records")
        self._texts = Texts(folder, "texts")
        self._said_once = Texts(folder, "strings")  # sections, lead-ins, speakers
        self._places = {column.id: place for place, column in enumerate(columns)}

    def __len__(self) -> int:
        return len(self._records) // _RECORD.size

    @overload
    def __getitem__(self, number: int) -> Statement: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Statement]: ...

    def __getitem__(self, number: int | slice) -> Statement | Sequence[Statement]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        size = len(self)
        if not -size <= number < size:
            raise IndexError(number)
        place, own, line, page, start, end, section, lead_in, speaker, year, item = _RECORD.unpack_from(
            self._records, (number % size) * _RECORD.size
        )
        source, strings = self.columns[place], self._said_once
        return Statement(
            id=f"{source.id}-{'b' if item else 'p'}{own:02d}",
            actor=source.actor,
            source=source.id,
            year=None if year == _NO_YEAR else year,
            kind=BULLET if item else PROSE,
            line=line,
            page=page or None,
            start=start,
            end=end,
            text=self._texts[number % size],
            section=strings[section - 1] if section else "",
            lead_in=strings[lead_in - 1] if lead_in else None,
            speaker=strings[speaker - 1] if speaker else None,
        )

    def __iter__(self) -> Iterator[Statement]:
        return (self[number] for number in range(len(self)))

    def text(self, number: int) -> str:
        """The words of a statement, without making the rest of it."""
        return self._texts[number]

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The number of a statement."""
        number = self.find(value.id) if isinstance(value, Statement) else None
        if number is None or number < start or (stop is not None and number >= stop):
            raise ValueError(f"no such statement: {value}")
        return number

    def find(self, statement: str) -> int | None:
        """The number of the statement with that id; None if there is none."""
        source, _, own = statement.rpartition("-")
        place = self._places.get(source)
        if place is None or own[:1] not in ("b", "p") or not own[1:].isdecimal() or not own.isascii():
            return None
        wanted, item = int(own[1:]), own[0] == "b"
        if own[1:] != f"{wanted:02d}":
            return None
        first = self.columns[place].first
        last = self.columns[place + 1].first if place + 1 < len(self.columns) else len(self)
        records = self._records[first * _RECORD.size : last * _RECORD.size]
        for at, record in enumerate(_RECORD.iter_unpack(records)):
            if record[1] == wanted and record[10] == item:
                return first + at
        return None


class ById(Mapping[str, Statement]):
    """The same statements by their ids."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    def __getitem__(self, statement: str) -> Statement:
        number = self._stored.find(statement)
        if number is None:
            raise KeyError(statement)
        return self._stored[number]

    def __contains__(self, statement: object) -> bool:
        return isinstance(statement, str) and self._stored.find(statement) is not None

    def __iter__(self) -> Iterator[str]:
        return (statement.id for statement in self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def write_statements(
    folder: Path, statements: Iterable[Statement], each: Callable[[int, int, str, bool], None]
) -> list[Column]:
    """Write the records and texts; `each(number, place of its source, text, is a list item)` is called on the way.

    Statements of one source stand together. The sources are returned in their order. struct.error for a year (or a
    line) that no text is likely to have.
    """
    columns: list[Column] = []
    strings: dict[str, int] = {"": 0}
    known, pack, last, place, size = strings.setdefault, _RECORD.pack, "", -1, 0
    numbers = itertools.count()
    with (folder / "statements.records").open("wb") as file, TextsWriter(folder, "texts") as texts:
        waiting = iter(statements)
        while handful := list(itertools.islice(waiting, 2048)):  # a call of the system for each would cost most
            records = []
            for said, number in zip(handful, numbers, strict=False):
                id_, actor, source, year, kind, line, page, start, end, text, section, lead_in, speaker = said
                if source != last:
                    last, place, size = source, place + 1, len(source) + 2
                    columns.append(Column(source, actor, number))
                item = kind == BULLET
                records.append(
                    pack(
                        place,
                        int(id_[size:]),
                        line,
                        page or 0,
                        start,
                        end,
                        known(section, len(strings)) if section else 0,
                        known(lead_in, len(strings)) if lead_in else 0,
                        known(speaker, len(strings)) if speaker else 0,
                        _NO_YEAR if year is None else year,
                        item,
                    )
                )
                each(number, place, text, item)
            file.write(b"".join(records))
            texts.add([said.text for said in handful])
    with TextsWriter(folder, "strings") as said_once:
        said_once.add(list(strings)[1:])
    return columns
