"""A table of statements to sources of a corpus: one for each actor, all with the same kept table."""

from collections.abc import Mapping
from pathlib import PurePath

from rusq.errors import UnknownName
from rusq.importing.document import Note
from rusq.importing.shelf import (
    DOCUMENTS,
    ORIGINALS,
    Plan,
    Shelf,
    compared,
    free_document,
    free_id,
    is_named,
    kept_original,
    safe_stem,
)
from rusq.importing.table import Table, resolved
from rusq.model import Actor, Source
from rusq.rows import kept_rows, parse_rows
from rusq.select import find_actors
from rusq.tables import is_id

_PLAIN = str.maketrans("æøåÆØÅ", "aoaAOA")


def with_table(
    done: Plan,
    name: str,
    raw: bytes,
    table: Table,
    *,
    year: int | None = None,
    title: str = "",
    stem: str | None = None,
) -> Plan:
    """The plan with the rows of a table: each with a text becomes a statement of its party's source.

    A party that nobody knows becomes an actor of the folder. `stem` begins the ids of new sources, instead
    of the file's name; of a table that is there already, all sources are replaced. `year` is for rows without
    a date.
    """
    done = _with_new_actors(done, name, table)
    columns = ", ".join(f"{what} '{table.columns[what]}'" for what in table.guessed)
    notes = tuple((name, Note(problem.what, line=problem.line)) for problem in table.problems)
    done = done._replace(notes=(*done.notes, *notes))
    done = done.telling(*([f"{name}: columns by their names: {columns}"] if columns else []))
    rows, _ = resolved(table, done.shelf.actors)
    text, shelf = kept_rows(rows), done.shelf
    stem = stem or safe_stem(PurePath(name).stem)
    older = _older(shelf, name, stem)
    file = older[0].file if older else free_document(shelf, stem, ".tsv", text.encode("utf-8"))
    sources = {source.actor: source for source in older}
    for speaking in dict.fromkeys(row.actor for row in rows):
        if speaking not in sources:
            new = free_id(f"{stem}-{safe_stem(speaking)}", shelf, [source.id for source in sources.values()])
            sources[speaking] = Source(id=new, actor=speaking, file=file)
    original = kept_original(shelf, older, PurePath(file).stem, name, raw)
    if older:
        done = done.telling(f"{name} replaces the table of {older[0].id}" + (" and others" if older[1:] else ""))
    shelf = shelf.with_file(f"{ORIGINALS}/{original}", raw).with_file(f"{DOCUMENTS}/{file}", text.encode("utf-8"))
    made = [
        source._replace(original=original, sha256="", year=year or source.year, title=title or source.title)
        for source in sources.values()
    ]
    parsed = parse_rows(text, made, name).documents
    added = [compared(done.shelf, source, parsed[source.id].statements) for source in made]
    for one in added:
        shelf = shelf.with_source(one.source)
    return done._replace(shelf=shelf, added=(*done.added, *added))


def _older(shelf: Shelf, name: str, stem: str) -> list[Source]:
    """The sources of the table that this file is a newer one of."""
    for source in shelf.sources.values():
        own = PurePath(source.file)
        if own.suffix == ".tsv" and (own.stem == stem or is_named(source.original, own.stem, name)):
            return [other for other in shelf.sources.values() if other.file == source.file]
    return []


def _with_new_actors(done: Plan, name: str, table: Table) -> Plan:
    """The plan with an actor for each party of the table that nobody knows."""
    _, unknown = resolved(table, done.shelf.actors)
    for party, lines in unknown.items():
        actors = done.shelf.actors
        if _is_known(party, actors):  # in another spelling, just before
            continue
        new = Actor(_new_id(party, actors), party, "other")
        where = f"line {lines[0]}" if len(lines) == 1 else f"{len(lines)} rows, the first in line {lines[0]}"
        done = done._replace(shelf=done.shelf.with_actor(new))
        done = done.telling(f"{name}: nobody is known as '{party}' ({where}); added as the actor {new.id}")
    return done


def _is_known(name: str, actors: Mapping[str, Actor]) -> bool:
    try:
        find_actors([name], actors)
    except UnknownName:
        return False
    return True


def _new_id(party: str, actors: Mapping[str, Actor]) -> str:
    """The party's name as an id that nobody is known by, unless the name is that itself."""
    words = ["".join(sign for sign in word if is_id("a" + sign.translate(_PLAIN))) for word in party.split()]
    name = "-".join(filter(None, words)).strip("-.")[:60] or "actor"
    wanted, number = name, 1
    while _is_known(wanted, actors):
        number += 1
        wanted = f"{name}-{number}"
    return wanted
