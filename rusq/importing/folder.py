"""A corpus folder to what `plan` needs to know of it, and a plan to the files that the folder is to have."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rusq.corpus import Corpus, builtin_folder, own_folder
from rusq.errors import RusqError
from rusq.importing.entries import Entry, with_entries
from rusq.importing.shelf import THERE, Plan, Shelf
from rusq.model import Source, Statement
from rusq.store import found, holds, shown

SOURCES, ACTORS = "sources.toml", "actors.toml"
_HEADS = {
    SOURCES: "# The texts of this corpus. Written by 'rusq add', free to be edited: comments and order are kept.\n",
    ACTORS: "# Who speaks in this corpus, beside the actors that rusq knows.\n",
}


class Opened(NamedTuple):
    """A folder as it was read: its shelf, and what its tables held at that moment (None: no such file)."""

    shelf: Shelf
    tables: dict[str, bytes | None]


def opened(path: Path) -> Opened:
    """What the folder has; nothing if it is still to be made. CorpusError if its tables have a fault."""
    if path.exists() and not path.is_dir():
        raise RusqError(f"'{shown(path)}' is a file, not a folder; -C takes the folder of a corpus")
    tables = {name: found(path / name) for name in (ACTORS, SOURCES)}
    builtin = builtin_folder()
    corpus = Corpus([builtin] if tables[SOURCES] is None else [builtin, own_folder(path)])
    own = {source.id: source for source in corpus.sources.values() if corpus.folder_of(source) is not builtin}

    read: dict[str, Mapping[str, Sequence[Statement]]] = {}

    def statements(source: Source) -> Sequence[Statement]:
        if source.file not in read:
            sharing = [other for other in own.values() if other.file == source.file]
            read[source.file] = corpus.statements_of(sharing)
        return read[source.file][source.id]

    taken = frozenset(name for name in corpus.sources if name not in own)
    language = corpus.language
    ordinary = language.asking | language.light | language.parts
    shelf = Shelf(own, taken, corpus.actors, statements, lambda name, raw: holds(path / name, raw), ordinary)
    return Opened(shelf, tables)


def changes(plan: Plan, tables: dict[str, bytes | None]) -> dict[str, bytes]:
    """The files to be written for a plan, by path in the folder, in the order in which they are to appear."""
    files = dict(plan.shelf.files)
    sources = [_source_entry(one.source) for one in plan.added if one.status != THERE]
    actors: list[Entry] = [{"id": a.id, "name": a.name, "kind": a.kind} for a in plan.shelf.fresh]
    for name, table, entries in ((ACTORS, "actor", actors), (SOURCES, "source", sources)):
        if entries:
            before = (tables[name] or b"").decode("utf-8")
            files[name] = with_entries(before, table, entries, head=_HEADS[name]).encode("utf-8")
    return files


def _source_entry(source: Source) -> Entry:
    return {
        "id": source.id,
        "actor": source.actor,
        "file": source.file,
        "title": source.title,
        "year": source.year,
        "dating": source.dating,
        "sha256": source.sha256,
        "original": source.original,
        "numbers": source.numbers,
        "withdrawn": source.withdrawn,
    }
