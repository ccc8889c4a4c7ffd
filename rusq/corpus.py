"""Folders to a corpus: who speaks, in which texts, and what is asserted of them. The only room that opens files.

A corpus is a folder with `sources.toml` and the texts it names. The built-in one is simply the first:
its tables are in `data/`, its texts in `seeds/`. Each part is read when it is first asked for.
"""

import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeVar

from rusq import tables
from rusq.errors import CorpusError, RusqError
from rusq.lexicon import Lexicon
from rusq.model import Actor, Problem, Source, Stance, Statement, Topic
from rusq.norwegian.language import Language
from rusq.parse import Parsed, parse_document
from rusq.records import TomlFile

T = TypeVar("T")


class Folder(NamedTuple):
    """Where the tables and the texts of one corpus lie, and what its files are called in messages.

    A folder whose texts are `left_out` still gives its actors, topics, lexicon and language.
    """

    tables: Path
    texts: Path
    builtin: bool = False
    left_out: bool = False

    def shown(self, path: Path) -> str:
        if self.builtin:
            return f"{path.parent.name}/{path.name}"
        return str(path)


def builtin_folder() -> Folder:
    """The built-in corpus: inside the package when installed, beside it in a checkout or an editable install."""
    here = Path(__file__).parent
    for root in (here / "builtin", here.parent):
        if (root / "data" / "sources.toml").is_file():
            return Folder(root / "data", root / "seeds", builtin=True)
    raise RusqError(f"the built-in texts are missing from {here}; install rusq again")


def own_folder(path: Path) -> Folder:
    """A corpus of one's own: the tables in the folder, the texts in its `documents`."""
    if not path.is_dir():
        raise RusqError(f"no corpus folder '{path}'; it should hold a sources.toml and the texts in documents/")
    if not (path / "sources.toml").is_file():
        raise RusqError(f"'{path}' is no corpus: it has no sources.toml (DESIGN.md shows a small one)")
    return Folder(path, path / "documents")


_ROWS = ".tsv"  # a text that ends so has a statement a row
_ABOUT_TEXTS = ("sources.toml", "occurrences.toml", "stances.toml")


class _Known:
    """Ids that may be referred to: those there are, and those that are only missing because of a fault told already."""

    def __init__(self, ids: Container[str], lost: Container[str], unsure: bool) -> None:
        self._ids, self._lost, self._unsure = ids, lost, unsure

    def __contains__(self, name: object) -> bool:
        return self._unsure or name in self._ids or name in self._lost or str(name).rpartition("-")[0] in self._lost


class Corpus:
    """One or more folders as one corpus; what a later folder says is added to, or replaces, what an earlier one does.

    Every property raises CorpusError with all faults of the corpus if it has any.
    """

    def __init__(self, folders: Sequence[Folder]) -> None:
        self.folders = tuple(folders)
        self._problems: list[Problem] = []
        self._read: list[TomlFile] = []
        self._lost: dict[str, set[str]] = {}
        self._unsure: set[str] = set()

    def _known(self, name: str, ids: Container[str]) -> Container[str]:
        return _Known(ids, self._lost.get(name, ()), name in self._unsure)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        return self._sound(lambda: self._merged("actors.toml", tables.read_actors))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return self._sound(lambda: self._read_sources())

    @cached_property
    def language(self) -> Language:
        return self._sound(lambda: tables.read_language([f for _, f in self._files("norwegian.toml")]))

    @cached_property
    def lexicon(self) -> Lexicon:
        language = self.language
        return self._sound(lambda: tables.read_lexicon([f for _, f in self._files("lexicon.toml")], language))

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        def check(file: TomlFile, found: dict[str, Topic]) -> None:
            tables.check_topics(file, found, self._known("topics.toml", found))

        return self._sound(lambda: self._merged("topics.toml", tables.read_topics, check=check))

    @cached_property
    def occurrences(self) -> Mapping[str, tuple[str, ...]]:
        """Statement id -> its topics, most central first, for the statements that were read by hand."""
        read, topics = self.occurrences_as_read, self._known("topics.toml", self.topics)

        def check() -> Mapping[str, tuple[str, ...]]:
            for _, file in self._files("occurrences.toml"):
                tables.check_occurrences(file, topics)
            return read

        return self._sound(check)

    @cached_property
    def occurrences_as_read(self) -> Mapping[str, tuple[str, ...]]:
        """The same without a look at whether the topics exist: for a search, which has no use for the scheme."""
        known = self._known("sources.toml", self.by_id)
        return self._sound(lambda: self._merged("occurrences.toml", lambda f: tables.read_occurrences(f, known)))

    @cached_property
    def stances(self) -> Sequence[Stance]:
        topics = self._known("topics.toml", self.topics)
        by_id = self.by_id
        known = self._known("sources.toml", by_id)

        def read() -> list[Stance]:
            return [s for _, f in self._files("stances.toml") for s in tables.read_stances(f, topics, by_id, known)]

        return self._sound(read)

    @cached_property
    def documents(self) -> Mapping[str, Parsed]:
        """Source id -> its statements and what was left out of them."""
        texts = self._texts
        return self._sound(lambda: self._parsed(texts))

    def _parsed(self, texts: Sequence[tuple[Source, str]]) -> dict[str, Parsed]:
        tables: dict[Path, list[tuple[Source, str]]] = {}
        for source, text in texts:
            if source.file.endswith(_ROWS):
                tables.setdefault(self.path_of(source.id), []).append((source, text))
        rows: dict[str, Parsed] = {}
        for sources in tables.values():
            from rusq.rows import parse_rows  # only for a table

            name, _ = self.place_of(sources[0][0].id)
            read = parse_rows(sources[0][1], [source for source, _ in sources], name)
            rows.update(read.documents)
            self._problems.extend(read.problems)
        return {
            source.id: _with_numbers(rows[source.id] if source.id in rows else parse_document(text, source), source)
            for source, text in texts
        }

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """All statements in the order of the sources and their texts."""
        return tuple(statement for parsed in self.documents.values() for statement in parsed.statements)

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """Statement id -> the statement, in the order of `statements`."""
        return {statement.id: statement for statement in self.statements}

    def take_from(self, statements: Sequence[Statement], by_id: Mapping[str, Statement]) -> None:
        """Take the statements from an index that was made of these texts, which then need not be read again."""
        for name in ("documents", "texts", "_texts"):
            self.__dict__.pop(name, None)
        self.__dict__["statements"] = statements
        self.__dict__["by_id"] = by_id

    def text_of(self, source: str) -> str:
        """The whole text of one source, read alone if the others have not been read."""
        if "_texts" in self.__dict__:
            return self.texts[source]
        return self._sound(lambda: list(self._read_texts({source: self.sources[source]})))[0][1]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Source id -> its whole text as decoded."""
        return {source.id: text for source, text in self._texts}

    @cached_property
    def _texts(self) -> Sequence[tuple[Source, str]]:
        sources = self.sources
        return self._sound(lambda: list(self._read_texts(sources)))

    def statements_of(self, sources: Sequence[Source]) -> Mapping[str, Sequence[Statement]]:
        """Source id -> its statements, for some of the sources (of a table all that share it): only these are read."""
        texts = self._sound(lambda: list(self._read_texts({source.id: source for source in sources})))
        return {name: parsed.statements for name, parsed in self._sound(lambda: self._parsed(texts)).items()}

    def folder_of(self, source: Source) -> Folder:
        return self._homes[source.id][0]

    def path_of(self, source: str) -> Path:
        """The file that holds a source's text."""
        file = self.sources[source].file
        return self._homes[source][0].texts / file

    @cached_property
    def paths(self) -> Sequence[Path]:
        """Every file that the corpus is read from, each once: the tables there are, then the texts. Opens no text."""
        tables = [
            path
            for folder in self.folders
            for path in sorted(folder.tables.glob("*.toml"))
            if not (folder.left_out and path.name in _ABOUT_TEXTS)
        ]
        return tuple(dict.fromkeys((*tables, *(self.path_of(source) for source in self.sources))))

    def place_of(self, source: str) -> tuple[str, int]:
        """The name of a source's text as messages show it, and the line of the table that names it."""
        folder, table, number = self._homes[source]
        return folder.shown(folder.texts / self.sources[source].file), table.line("source", number, "file")

    def place_of_entry(self, name: str, table: str, **keys: str) -> tuple[str, int]:
        """The table file as messages show it, and the line of the last `[[table]]` in it that has these keys."""
        place = (name, 1)
        for _, file in self._files(name):
            for number, row in enumerate(file.data.get(table, ())):
                if all(row.get(key) == value for key, value in keys.items()):
                    place = (file.name, file.line(table, number))
        return place

    def own_ids(self, name: str, table: str) -> frozenset[str]:
        """The ids of the entries that stand in a folder of one's own."""
        own = (file for folder, file in self._files(name) if not folder.builtin)
        return frozenset(row["id"] for file in own for row in file.data.get(table, ()))

    def lacks_original(self, source: Source) -> bool:
        """Whether the file that a source was made from is named and not there."""
        folder = self._homes[source.id][0]
        return bool(source.original) and not (folder.tables / "originals" / source.original).is_file()

    def problems(self) -> list[Problem]:
        """Every fault of every part, in the order of the files; [] for a sound corpus."""
        for name in (
            "actors",
            "sources",
            "_texts",
            "documents",
            "language",
            "lexicon",
            "topics",
            "occurrences",
            "stances",
        ):
            try:
                getattr(self, name)
            except CorpusError:
                continue
        return sorted(set(self._problems), key=lambda p: (p.file, p.line, p.what))

    def _sound(self, read: Callable[[], T]) -> T:
        """What `read` gives, if it found no fault; otherwise every fault there is, of all parts."""
        before = len(self._problems)
        value = read()
        while self._read:
            file = self._read.pop()
            self._problems.extend(file.problems)
        if len(self._problems) > before and not self._collecting:
            self._collecting = True
            try:
                faults = self.problems()
            finally:
                self._collecting = False
            raise CorpusError([str(problem) for problem in faults])
        return value

    _collecting = False

    def _files(self, name: str) -> Iterator[tuple[Folder, TomlFile]]:
        """The folders' files of that name, parsed; their faults are taken over once they have been used."""
        for folder in self.folders:
            path = folder.tables / name
            if path.is_file() and not (folder.left_out and name in _ABOUT_TEXTS):
                try:
                    file = TomlFile(folder.shown(path), _decoded(path, folder))
                except UnicodeDecodeError as error:
                    line = error.object.count(b"\n", 0, error.start) + 1
                    self._problems.append(Problem(folder.shown(path), line, "not UTF-8"))
                    self._unsure.add(name)
                    continue
                self._read.append(file)
                self._lost.setdefault(name, set())
                if file.broken:
                    self._unsure.add(name)
                yield folder, file
                self._lost[name] |= file.lost

    def _merged(
        self,
        name: str,
        read: Callable[[TomlFile], dict[str, T]],
        *,
        check: Callable[[TomlFile, dict[str, T]], None] | None = None,
    ) -> dict[str, T]:
        merged: dict[str, T] = {}
        for _, file in self._files(name):
            merged.update(read(file))
            self._lost[name] |= file.lost
            if check is not None:
                check(file, merged)
        return merged

    def _read_sources(self) -> dict[str, Source]:
        actors = self._known("actors.toml", self.actors)
        found: dict[str, Source] = {}
        for folder, file in self._files("sources.toml"):
            for number, source in tables.read_sources(file, actors):
                if source.id in found:
                    file.problem(file.line("source", number, "id"), f"two sources have the id '{source.id}'")
                elif not _inside(folder.texts, source.file):
                    file.problem(file.line("source", number, "file"), f"'{source.file}' lies outside the corpus")
                    self._lost["sources.toml"].add(source.id)
                else:
                    found[source.id] = source
                    self._homes[source.id] = (folder, file, number)
        return found

    @cached_property
    def _homes(self) -> dict[str, tuple[Folder, TomlFile, int]]:
        """Source id -> its folder, the table that names it, and which of its records does."""
        return {}

    def _read_texts(self, sources: Mapping[str, Source]) -> Iterator[tuple[Source, str]]:
        read: dict[Path, str] = {}  # the sources of a table share its text
        for source in sources.values():
            folder, table, number = self._homes[source.id]
            path = folder.texts / source.file
            if path in read and not source.sha256:
                yield source, read[path]
                continue
            try:
                raw = path.read_bytes()
                text = raw.decode("utf-8")
            except OSError as error:
                line = table.line("source", number, "file")
                self._problems.append(Problem(table.name, line, f"cannot read '{source.file}': {error.strerror}"))
                self._lost["sources.toml"].add(source.id)
                continue
            except UnicodeDecodeError as error:
                bad = raw.count(b"\n", 0, error.start) + 1
                self._problems.append(Problem(folder.shown(path), bad, "not UTF-8"))
                self._lost["sources.toml"].add(source.id)
                continue
            if source.sha256 and sha256_of(raw) != source.sha256:
                place = f"{table.name}:{table.line('source', number, 'file')}"
                what = f"the text has changed: its checksum is not the one in {place}"
                self._problems.append(Problem(folder.shown(path), 1, what))
            read[path] = text
            yield source, text


def _with_numbers(parsed: Parsed, source: Source) -> Parsed:
    if not (source.numbers or source.withdrawn):
        return parsed
    from rusq.numbers import numbered  # only a text that was replaced has numbers of its own

    return parsed._replace(statements=numbered(parsed.statements, source))


def _decoded(path: Path, folder: Folder) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise RusqError(f"cannot read {folder.shown(path)}: {error.strerror}") from None


def _inside(root: Path, name: str) -> bool:
    """Whether the file lies in the folder, links followed: a table cannot name /etc/passwd."""
    path = root / name
    if path.parent == root and name != ".." and not path.is_symlink():
        return True  # nearly all are so, and resolving asks the system about every folder on the way
    return path.resolve().is_relative_to(root.resolve())


def sha256_of(raw: bytes) -> str:
    """The checksum of some bytes, in hexadecimal digits."""
    # hashlib loads OpenSSL, a fifth of the whole start-up; these are the same functions without it.
    try:
        module = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:
        module = import_module("hashlib")
    return str(module.sha256(raw).hexdigest())
