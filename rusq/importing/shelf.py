"""A corpus folder while texts are added to it, as values: what it has and will have, and names still free in it."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from rusq.importing.document import Note
from rusq.importing.numbering import renumbered
from rusq.model import Actor, Source, Statement
from rusq.numbers import number_of, numbered, read_numbers, written_numbers

DOCUMENTS, ORIGINALS = "documents", "originals"
NEW, REPLACED, CHANGED, THERE = "new", "replaced", "changed", "unchanged"
_LONGEST_NAME = 80
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ł": "l"})


class Shelf(NamedTuple):
    """A corpus folder as it is: its own sources, the ids of all that it is used with, all actors there are.

    `statements` gives the statements of one of its sources; `holds` whether a file of it, by its path in
    the folder, has these bytes, None if there is no such file. `ordinary` are words that name nobody.
    `files` and `fresh` are files and actors to come.
    """

    sources: Mapping[str, Source]
    taken: Collection[str]
    actors: Mapping[str, Actor]
    statements: Callable[[Source], Sequence[Statement]]
    holds: Callable[[str, bytes], bool | None]
    ordinary: Collection[str] = ()
    files: Mapping[str, bytes] = MappingProxyType({})
    fresh: tuple[Actor, ...] = ()

    def has(self, path: str, raw: bytes) -> bool | None:
        """Whether the folder, as it will be, has these bytes there; None if there is no such file."""
        return self.files[path] == raw if path in self.files else self.holds(path, raw)

    def with_actor(self, actor: Actor) -> "Shelf":
        return self._replace(actors={**self.actors, actor.id: actor}, fresh=(*self.fresh, actor))

    def with_source(self, source: Source) -> "Shelf":
        return self._replace(sources={**self.sources, source.id: source})

    def with_file(self, path: str, raw: bytes) -> "Shelf":
        return self._replace(files={**self.files, path: raw})


class Added(NamedTuple):
    """What became of one source: how many of its statements are as before, new, and no longer there."""

    source: Source
    status: str
    statements: tuple[Statement, ...]
    kept: int = 0
    new: int = 0
    gone: int = 0


class Plan(NamedTuple):
    """The folder as it will be, what was added, and what to tell the user.

    `notes` are what readers left out or mended, each with the name of the file.
    """

    shelf: Shelf
    added: tuple[Added, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()

    def statements_of(self, source: Source) -> Sequence[Statement]:
        """The statements of a source of the shelf, those just added among them."""
        just = next((one.statements for one in self.added if one.source.id == source.id), None)
        return self.shelf.statements(source) if just is None else just

    def telling(self, *remarks: str) -> "Plan":
        return self._replace(remarks=(*self.remarks, *remarks))


def compared(shelf: Shelf, source: Source, statements: Sequence[Statement]) -> Added:
    """A source with its statements, numbered so that those it had before keep their ids."""
    older = shelf.sources.get(source.id)
    if older is None:
        return Added(source, NEW, tuple(statements), new=len(statements))
    before = shelf.statements(older)
    written = read_numbers(older.numbers, older.withdrawn)
    numbering = renumbered(
        [(s.kind, s.text) for s in before],
        [number_of(s) for s in before],
        [(s.kind, s.text) for s in statements],
        {kind: {number for run in one.withdrawn for number in run} for kind, one in written.items()},
    )
    given: dict[str, list[int]] = {kind: [] for kind in written}
    for statement, number in zip(statements, numbering.numbers, strict=True):
        given[statement.kind].append(number)
    numbers, withdrawn = written_numbers(given, numbering.gone)
    source = source._replace(numbers=numbers, withdrawn=withdrawn)
    kept = numbering.kept
    return Added(
        source,
        REPLACED,
        numbered(statements, source),
        kept=kept,
        new=len(statements) - kept,
        gone=len(before) - kept,
    )


def safe_name(name: str) -> str:
    """The name of a file in letters, digits, hyphens and a dot before its ending, all ASCII and lower case."""
    path = PurePath(name)
    ending = "." + safe_stem(path.suffix) if path.suffix else ""
    return safe_stem(path.stem) + ending


def safe_stem(words: str) -> str:
    """`words` as a part of a file's name or an id; "text" if nothing of them is left."""
    spelt = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", words).lower().translate(_LETTERS))
    bare = "".join(sign for sign in spelt if not unicodedata.combining(sign))
    return re.sub("[^a-z0-9]+", "-", bare).strip("-")[:_LONGEST_NAME].rstrip("-") or "text"


def free_id(wanted: str, shelf: Shelf, others: Collection[str] = ()) -> str:
    """`wanted`, or with a number after it, as the id of a new source; any case counts as the same."""
    taken = {name.lower() for name in (*shelf.taken, *shelf.sources, *others)}
    return _first_free(wanted, "", lambda name: name.lower() not in taken)


def kept_original(shelf: Shelf, older: Sequence[Source], owner: str, name: str, raw: bytes) -> str:
    """What an original is to be called in its folder: as the user calls it, unless that is another's.

    `older` are the sources that it replaces the original of; `owner` goes into a name that is taken, as in
    «program.sv2025.pdf»: a safe name has no other dot.
    """
    own = {source.original for source in older}
    others = {source.original for source in shelf.sources.values() if source not in older}

    def free(candidate: str) -> bool:
        if candidate in others:
            return False
        return candidate in own or shelf.has(f"{ORIGINALS}/{candidate}", raw) is not False

    safe = safe_name(name)
    if free(safe):
        return safe
    path = PurePath(safe)
    return _first_free(f"{path.stem}.{owner}".lower(), path.suffix, free)


def is_named(original: str, owner: str, name: str) -> bool:
    """Whether a source's original was called `name` by the user."""
    path = PurePath(safe_name(name))
    return original in (path.name, f"{path.stem}.{owner}{path.suffix}".lower())


def free_document(shelf: Shelf, wanted: str, ending: str, raw: bytes) -> str:
    """What a new text is to be called: never as a file that is there already and holds something else."""
    named = {source.file.lower() for source in shelf.sources.values()}
    return _first_free(
        wanted, ending, lambda name: name.lower() not in named and shelf.has(f"{DOCUMENTS}/{name}", raw) is not False
    )


def _first_free(stem: str, ending: str, free: Callable[[str], bool]) -> str:
    name, number = f"{stem}{ending}", 1
    while not free(name):
        number += 1
        name = f"{stem}-{number}{ending}"
    return name


def runs(numbers: Iterable[int]) -> str:
    """«5, 17, 200–210»: the numbers in order, each once, those that follow one another as one."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][-1] == number - 1:
            found[-1][1:] = [number]
        else:
            found.append([number])
    return ", ".join("–".join(map(str, run)) for run in found)
