"""Engines that rusq is measured beside on large corpora, each as it comes: an index in a folder, asked for twenty.

They are given words ready cut, and keep nothing of a statement but its number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tantivy

LIMIT = 20
_LONG = 6  # letters from which a word may have two errors
_TEXT, _NUMBER = "words", "number"


def edits(word: str) -> int:
    """How many errors a word of its length may have, for an engine that has to be told."""
    return 2 if len(word) >= _LONG else 1


class Tantivy:
    """Tantivy with the settings it comes with: its own writer, positions, BM25. ImportError if it is not installed."""

    name = "Tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._index = tantivy.Index.open(str(folder))
        self._index.register_tokenizer("spaces", _spaces())
        self._searcher = self._index.searcher()

    @staticmethod
    def build(folder: Path, lines: Sequence[str]) -> None:
        """Index statements, each a line of words; into a folder that is there."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field(_TEXT, tokenizer_name="spaces")
        schema.add_unsigned_field(_NUMBER, stored=True)
        index = tantivy.Index(schema.build(), path=str(folder))
        index.register_tokenizer("spaces", _spaces())
        writer = index.writer()
        for number, line in enumerate(lines):
            document = tantivy.Document()
            document.add_text(_TEXT, line)
            document.add_unsigned(_NUMBER, number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, words: str) -> Sequence[Any]:
        """The best statements for any of the words, by its own query parser: where they lie, not yet their numbers."""
        return self._best(self._index.parse_query(words, [_TEXT]))

    def ask_fuzzily(self, word: str) -> Sequence[Any]:
        """Statements with a word that is a few edits away."""
        return self._best(self._tantivy.Query.fuzzy_term_query(self._index.schema, _TEXT, word, distance=edits(word)))

    def numbers(self, hits: Sequence[Any]) -> list[int]:
        """The numbers of the statements that it gave."""
        return [self._searcher.doc(address)[_NUMBER][0] for _, address in hits]

    def _best(self, query: tantivy.Query) -> Sequence[Any]:
        # Without the number of all that answer, which would cost it most.
        return self._searcher.search(query, LIMIT, count=False).hits


def _spaces() -> tantivy.TextAnalyzer:
    from tantivy import TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()


class Fts5:
    """SQLite's full-text index. sqlite3.OperationalError if SQLite was made without it."""

    name = "SQLite FTS5"
    _file = "fts5.sqlite"

    def __init__(self, folder: Path) -> None:
        self._tables = sqlite3.connect(folder / self._file)

    @classmethod
    def build(cls, folder: Path, lines: Sequence[str]) -> None:
        """Index statements, each a line of words; into a folder that is there."""
        tables = sqlite3.connect(folder / cls._file)
        # content='': like the others it keeps no text.
        tables.execute("create virtual table statements using fts5(words, content='')")
        tables.executemany("insert into statements (rowid, words) values (?, ?)", enumerate(lines))
        tables.commit()
        tables.close()

    def ask(self, words: str) -> list[int]:
        """The numbers of the best statements for any of the words, by BM25."""
        asked = " OR ".join(f'"{word}"' for word in words.split())
        found = "select rowid from statements where statements match ? order by rank limit ?"
        return [number for (number,) in self._tables.execute(found, (asked, LIMIT))]
