"""A folder that `building` filled, as an index that answers as one in memory does, and the search in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from rusq.engine.arrays import BYTE_ORDER, META, PLAIN
from rusq.engine.plain import PlainPostings
from rusq.engine.postings import Postings
from rusq.engine.remembered import Remembered
from rusq.engine.statements import Column, Stored
from rusq.engine.vocabulary import Vocabulary
from rusq.index import AnyIndex
from rusq.norwegian.compounds import Splitter
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import Token

T = TypeVar("T")
_LONG = 0.002  # seconds, from which on what was found is kept
_KEPT = 1000  # texts whose tokens are kept


class StoredIndex(AnyIndex):
    """The index in a folder. ValueError or OSError if the folder is not whole."""

    def __init__(self, folder: Path, language: Language) -> None:
        meta = json.loads((folder / META).read_text("utf-8"))
        wrong = [name for name, size in meta["files"].items() if (folder / name).stat().st_size != size]
        if wrong or meta["byte_order"] != BYTE_ORDER:
            raise ValueError(f"the index in {folder} is not whole")
        self.language = language
        self._remembered = Remembered(folder / "remembered")
        self.stored = Stored(folder, [Column(*column) for column in meta["columns"]])
        self.statements = self.stored
        self.vocabulary = Vocabulary(folder)
        self.is_plain = meta["made_by"] == PLAIN
        self.found = PlainPostings(folder, self.vocabulary) if self.is_plain else Postings(folder, language.acronyms)
        self.splitter = Splitter(language, self._is_word, self.frequency)
        self.completer = Splitter(language, lambda word: len(word) > 3 and self.vocabulary.is_plain(word))

    def __contains__(self, word: str) -> bool:
        return word in self.vocabulary

    def postings(self, word: str) -> Sequence[int]:
        return self.found.numbers(word) if word in self.vocabulary else ()

    @property
    def engine(self) -> Postings:
        """The engine's postings, of an index that it keeps."""
        if isinstance(self.found, PlainPostings):
            raise TypeError("this index is kept without an engine")
        return self.found

    def frequency(self, word: str) -> int:
        return self.vocabulary.frequency(word)

    def holding(self, words: Collection[str]) -> int:
        if len(words) == 1:
            return self.frequency(next(iter(words)))
        return self.found.holding(words) if words else 0

    def holding_all(self, groups: Sequence[Collection[str]]) -> int:
        return self.found.holding_all(groups) if all(groups) else 0

    def number(self, statement: str) -> int | None:
        return self.stored.find(statement)

    @property
    def words(self) -> Sequence[str]:
        return self._words

    @cached_property
    def _words(self) -> list[str]:
        return self.vocabulary.all()

    def containing(self, part: str) -> Iterator[str]:
        return self.vocabulary.containing(part)

    def starting(self, prefix: str) -> Iterator[str]:
        return self.vocabulary.starting(prefix)

    def spelt_in_ascii(self, key: str) -> Sequence[str]:
        return self.vocabulary.spelt_in_ascii(key)

    def remembered(self, word: str, kind: str, find: Callable[[], T], revive: Callable[[Any], T]) -> T:
        known = self._remembered.recall(word, kind, revive)
        if known is None:
            start = perf_counter()
            known = find()
            if perf_counter() - start > _LONG:
                self._remembered.keep(word, kind, known)
        return known

    def tokens(self, text: str) -> list[Token]:
        """The same as of any index; those of the last texts are kept, for they are asked for twice or thrice."""
        found = self._tokens.get(text)
        if found is None:
            if len(self._tokens) > _KEPT:
                self._tokens.clear()
            found = self._tokens[text] = super().tokens(text)
        return found

    @cached_property
    def _tokens(self) -> dict[str, list[Token]]:
        return {}

    def _is_word(self, string: str) -> bool:
        return len(string) > 3 and self.vocabulary.has_form(string)
