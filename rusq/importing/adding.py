"""Files of others, and a corpus folder as it is, to the folder as it will be. Opens and writes nothing.

What a file holds is found out first (`converted`), for that takes long; then `plan` decides, for all files
together, what becomes of the folder: `store` writes that, whole or not at all.
"""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from rusq.errors import RusqError
from rusq.importing.addrows import with_table
from rusq.importing.document import Document, kept_text
from rusq.importing.guess import Clues, Guess, actor_of, tidy, title_of, year_of
from rusq.importing.reading import is_table, read_file
from rusq.importing.shelf import (
    CHANGED,
    DOCUMENTS,
    ORIGINALS,
    REPLACED,
    THERE,
    Added,
    Plan,
    Shelf,
    compared,
    free_document,
    free_id,
    is_named,
    kept_original,
    safe_stem,
)
from rusq.importing.table import Columns, Table, read_table
from rusq.model import Actor, Source, Statement
from rusq.parse import parse_document
from rusq.select import find_actors
from rusq.tables import is_id

_GIVEN_YEAR = "Given when the text was added."
_SAME_TEXT = 0.3  # of the statements of a text are in a newer one of it, if not in another one called the same

Progress = Callable[[int, int], None]  # how many pages or rows are done, of how many


class Wish(NamedTuple):
    """What the user says of the files; None for what is to be guessed, or to stay as it is."""

    actor: str | None = None
    actor_name: str | None = None
    year: int | None = None
    title: str | None = None
    id: str | None = None
    columns: Columns = Columns()


class Converted(NamedTuple):
    """A file as called by the user, with what a reader made of it; neither document nor table if it was not read."""

    name: str
    raw: bytes
    document: Document | None = None
    table: Table | None = None


def converted(name: str, raw: bytes, wish: Wish, progress: Progress) -> Converted:
    """What a file holds, by its reader."""
    if is_table(name):
        return Converted(
            name, raw, table=read_table(raw, name, wish.columns, actor=wish.actor or "", progress=progress)
        )
    return Converted(name, raw, document=read_file(raw, name, progress))


def there_already(shelf: Shelf, name: str, raw: bytes, wish: Wish) -> list[Source]:
    """The sources that were made from a file of these bytes; [] if it is to be a source of another id."""
    found = [s for s in shelf.sources.values() if s.original and shelf.has(f"{ORIGINALS}/{s.original}", raw)]
    return found if is_table(name) else [source for source in found if wish.id in (None, source.id)]


def check(shelf: Shelf, wish: Wish, *, files: int) -> None:
    """Raise RusqError if the wish is none that can be had for so many files: before they are read."""
    for option, value in (("--id", wish.id), ("--title", wish.title)):
        if value is not None and files > 1:
            raise RusqError(f"{option} goes with one file, not {files}; add them one at a time")
    if wish.id is not None and not is_id(wish.id):
        raise RusqError(f"'{wish.id}' is no id: letters, digits and hyphens only, such as --id sv2025")
    if wish.year is not None and not 1000 <= wish.year <= 9999:
        raise RusqError(f"--year {wish.year} is no year; it takes four digits, such as 2025")
    if wish.actor_name is not None and wish.actor is None:
        raise RusqError("--actor-name goes with --actor: its id, such as --actor KS")
    if wish.actor is not None:
        _with_wished_actor(Plan(shelf), wish.actor, wish.actor_name)


def plan(shelf: Shelf, files: Sequence[Converted], wish: Wish, *, this_year: int) -> Plan:
    """What becomes of the folder. RusqError with a line for each file that cannot be added as wished; then none is."""
    done, faults = Plan(shelf), []
    if wish.actor is not None:
        done = _with_wished_actor(done, wish.actor, wish.actor_name)
        wish = wish._replace(actor=find_actors([wish.actor], done.shelf.actors)[0])
    for file in files:
        try:
            done = _with_file(done, file, wish, this_year)
        except RusqError as error:
            faults.append(str(error))
    if faults:
        raise RusqError("\n".join(faults))
    return done


def _with_file(done: Plan, file: Converted, wish: Wish, this_year: int) -> Plan:
    there = there_already(done.shelf, file.name, file.raw, wish)
    if there:
        return _same_again(done, file.name, there, wish)
    if file.table is not None:
        title = tidy(wish.title or "")
        return with_table(done, file.name, file.raw, file.table, year=wish.year, title=title, stem=wish.id)
    if file.document is not None:
        return _with_document(done, file, file.document, wish, this_year)
    raise RusqError(f"the original of '{file.name}' was changed meanwhile; nothing is added, try again")


def _with_wished_actor(done: Plan, name: str, full_name: str | None) -> Plan:
    """The same, with the actor that the user names, if it is a new one with its full name given."""
    try:
        (actor,) = find_actors([name], done.shelf.actors)
    except RusqError as error:
        if full_name is None:
            raise RusqError(f"{error}; --actor-name 'FULL NAME' adds a new one") from None
    else:
        if full_name is None:
            return done
        return done.telling(f"{actor} is {done.shelf.actors[actor].name} here already; --actor-name is not used")
    if not is_id(name.translate(str.maketrans("æøåÆØÅ", "aoaAOA"))):
        raise RusqError(f"'{name}' cannot be an actor's id: letters, digits and hyphens only, such as --actor KS")
    return done._replace(shelf=done.shelf.with_actor(Actor(name, tidy(full_name), "other")))


def _same_again(done: Plan, name: str, sources: Sequence[Source], wish: Wish) -> Plan:
    """Nothing but what the user says differently of a text that is there already."""
    ids = ", ".join(source.id for source in sources[:5]) + (" …" if len(sources) > 5 else "")
    shelf, added = done.shelf, []
    for source in sources:
        changed = source
        if wish.year is not None and wish.year != source.year:
            changed = changed._replace(year=wish.year, dating=_GIVEN_YEAR)
        if wish.title is not None:
            changed = changed._replace(title=tidy(wish.title))
        if wish.actor is not None and len(sources) == 1:
            changed = changed._replace(actor=wish.actor)
        statements = tuple(
            s._replace(actor=changed.actor, year=changed.year if s.year == source.year else s.year)
            for s in done.statements_of(source)
        )
        status = THERE if changed == source else CHANGED
        added.append(Added(changed, status, statements, kept=len(statements)))
        shelf = shelf.with_source(changed)
    nothing = all(one.status == THERE for one in added)
    what = "nothing to do" if nothing else "what is said of it is changed"
    done = done._replace(shelf=shelf, added=(*done.added, *added))
    return done.telling(f"{name} is already there as {ids}; {what}")


def _with_document(done: Plan, file: Converted, document: Document, wish: Wish, this_year: int) -> Plan:
    shelf, text = done.shelf, kept_text(document.blocks)
    clues = Clues(file.name, document.title, text)
    actor, title = actor_of(clues, shelf.actors, shelf.ordinary), title_of(clues)
    year = year_of(clues, this_year=this_year)
    older = _older(done, file.name, text, wish, actor, year)
    if older is None and wish.actor is None and actor.value is None:
        why = f" ({actor.why})" if actor.why else ""
        raise RusqError(f"it is not clear whose text '{file.name}' is{why}; say it with --actor, such as --actor SV")
    guesses = []
    if older is None:
        source = Source(id="", actor=str(wish.actor or actor.value), file="")
        if wish.actor is None:
            guesses.append(f"actor {actor.value} ({actor.why})")
    else:
        source = older._replace(actor=wish.actor or older.actor)
    if wish.title is not None:
        source = source._replace(title=tidy(wish.title))
    elif not source.title and title.value is not None:
        source = source._replace(title=str(title.value))
        guesses.append(f"title «{title.value}» ({title.why})")
    source, said = _dated(source, year, wish)
    guesses += said
    done = done.telling(*([f"{file.name}: guessed {', '.join(guesses)}"] if guesses else []))
    return _placed(done, file, document, source, text, wish)


def _dated(source: Source, year: Guess, wish: Wish) -> tuple[Source, list[str]]:
    """The source with the year that the user says, or that it had, or that it says itself; and if that is a guess."""
    if wish.year is not None:
        same = wish.year == source.year and source.dating
        dating = source.dating if same else year.why if year.value == wish.year else _GIVEN_YEAR
        return source._replace(year=wish.year, dating=dating), []
    if source.year is None and isinstance(year.value, int):
        return source._replace(year=year.value, dating=year.why), [f"year {year.value} ({year.why.rstrip('.')})"]
    return source, []


def _placed(done: Plan, file: Converted, document: Document, source: Source, text: str, wish: Wish) -> Plan:
    """The same with the source's text and original where they are to be, and its statements numbered."""
    shelf, raw = done.shelf, text.encode("utf-8")
    if not source.id:
        own = (
            safe_stem(source.actor) + str(source.year)
            if source.year is not None
            else safe_stem(PurePath(file.name).stem)
        )
        source = source._replace(id=_new_id(shelf, wish) or free_id(own, shelf))
    if not source.file:
        source = source._replace(file=free_document(shelf, source.id, ".txt", raw))
    older = [shelf.sources[source.id]] if source.id in shelf.sources else []
    source = source._replace(original=kept_original(shelf, older, source.id, file.name, file.raw), sha256="")
    statements = parse_document(text, source).statements
    if not statements:
        raise RusqError(f"'{file.name}' holds no statement: no list item and no sentence; nothing is added")
    added = compared(shelf, source, statements)
    done = done._replace(notes=(*done.notes, *((file.name, note) for note in document.notes)))
    if added.status == REPLACED:
        done = done.telling(f"{file.name} replaces the text of {source.id}")
    shelf = shelf.with_file(f"{ORIGINALS}/{source.original}", file.raw).with_file(f"{DOCUMENTS}/{source.file}", raw)
    return done._replace(shelf=shelf.with_source(added.source), added=(*done.added, added))


def _new_id(shelf: Shelf, wish: Wish) -> str | None:
    if wish.id is not None and wish.id.lower() in {name.lower() for name in shelf.taken}:
        raise RusqError(f"there is a source '{wish.id}' among the built-in texts; choose another --id")
    return wish.id


def _older(done: Plan, name: str, text: str, wish: Wish, actor: Guess, year: Guess) -> Source | None:
    """The source that this file is a newer text of: the one whose id is said, or whose file was called the same.

    Another programme may be called the same. It is one if the user says that it is another actor's; or if
    actor or year, as said or guessed, speak against it and the texts have little in common.
    """
    if wish.id is not None:
        older = done.shelf.sources.get(wish.id)
        if older is not None and older.file.endswith(".tsv"):
            raise RusqError(f"{older.id} is rows of the table {older.file}; a newer table replaces it, not '{name}'")
        return older
    for source in done.shelf.sources.values():
        if not is_named(source.original, source.id, name) or source.file.endswith(".tsv"):
            continue
        if wish.actor not in (None, source.actor):
            continue
        against = actor.value not in (None, source.actor) and wish.actor is None
        against = against or (source.year is not None and (wish.year or year.value or source.year) != source.year)
        if not against or _in_common(done.statements_of(source), source, text) >= _SAME_TEXT:
            return source
    return None


def _in_common(statements: Sequence[Statement], source: Source, text: str) -> float:
    """The share of a source's statements that a newer text has too."""
    before = {statement.text for statement in statements}
    after = {statement.text for statement in parse_document(text, source).statements}
    return len(before & after) / len(before) if before else 0.0
