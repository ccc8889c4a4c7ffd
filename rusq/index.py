"""Statements to postings. Knows no queries and no ranking; large corpora keep theirs on disk (see `engine`).

The vocabulary is a sorted list, and one long string with a word a line: the words that contain some
letters are found by searching in it, which is faster than any structure and leaves nothing to build.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from rusq.model import Statement
from rusq.norwegian.compounds import Splitter, suspended
from rusq.norwegian.inflection import keys, roots
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import Token, ascii_spelling, is_suspending, tokenise, words

T = TypeVar("T")
_FEW_WORDS = 4000
MANY = 2000  # statements, from which on they hold slips of their own
RARE = 10_000  # a word in fewer than one of so many statements may be one
PLAIN_ENDINGS = frozenset(["en", "et", "er", "ene", "a", "r", "n", "t", "ne", "e", "ar", "ane", "s"])


def read(text: str, language: Language, completer: Splitter) -> list[Token]:
    """The words of `text` as they are indexed: suspended compounds completed, acronyms in capitals only.

    «LAR» is a treatment, «lar» is a verb.
    """
    tokens = tokenise(text, lambda first, last: suspended(first, last, completer))
    acronyms = language.acronyms
    return [token for token in tokens if token.word not in acronyms or text[token.start : token.end].isupper()]


class AnyIndex(ABC):
    """What every index tells of its words and statements, wherever it keeps them.

    Statements are numbered from 0 in the order of the texts. `splitter` cuts compounds, `completer` the
    last words of suspended ones.
    """

    statements: Sequence[Statement]
    language: Language
    splitter: Splitter
    completer: Splitter

    @abstractmethod
    def __contains__(self, word: str) -> bool: ...

    @abstractmethod
    def postings(self, word: str) -> Sequence[int]:
        """The numbers of the statements that hold exactly this folded word, ascending."""

    @abstractmethod
    def frequency(self, word: str) -> int:
        """In how many statements the word stands."""

    def is_rare(self, word: str) -> bool:
        """Whether a word of the texts may be a slip that they have too: so rare in so many statements."""
        total = len(self.statements)
        return total >= MANY and 0 < self.frequency(word) <= max(2, total // RARE)

    @abstractmethod
    def holding(self, words: Collection[str]) -> int:
        """In how many statements at least one of the words stands."""

    @abstractmethod
    def holding_all(self, groups: Sequence[Collection[str]]) -> int:
        """In how many statements at least one word of each group stands."""

    @abstractmethod
    def number(self, statement: str) -> int | None:
        """The number of the statement with that id; None if there is none."""

    @property
    @abstractmethod
    def words(self) -> Sequence[str]:
        """The vocabulary, sorted."""

    @abstractmethod
    def containing(self, part: str) -> Iterator[str]:
        """The words that hold the letters of `part` anywhere, sorted."""

    @abstractmethod
    def starting(self, prefix: str) -> Iterator[str]:
        """The words that begin with `prefix`, sorted."""

    @abstractmethod
    def spelt_in_ascii(self, key: str) -> Sequence[str]:
        """The words whose `ascii_spelling` is `key`, sorted."""

    def remembered(self, word: str, kind: str, find: Callable[[], T], revive: Callable[[Any], T]) -> T:  # noqa: ARG002
        """What `find` says of a word, or said of it before if an index on disk has kept that.

        `revive` makes it of the plain lists and tables that it was kept as; `kind` tells what was found.
        """
        return find()

    def tokens(self, text: str) -> list[Token]:
        """The words of `text` as they are indexed."""
        return read(text, self.language, self.completer)

    def keys(self, word: str) -> frozenset[str]:
        """The inflection keys of a word, computed once."""
        known = self._keys.get(word)
        if known is None:
            known = self._keys[word] = keys(word, self.language)
        return known

    def roots(self, word: str) -> frozenset[str]:
        """The stems that a derived word goes back to, computed once."""
        known = self._roots.get(word)
        if known is None:
            known = self._roots[word] = roots(word, self.language)
        return known

    @cached_property
    def _keys(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _roots(self) -> dict[str, frozenset[str]]:
        return {}

    def _is_word(self, string: str) -> bool:
        """Whether a text has `string` as a word of its own, or a plain inflection of it."""
        return len(string) > 3 and (string in self or any(string + ending in self for ending in PLAIN_ENDINGS))


class Keeping:
    """Where the index of large texts is kept (auto by their size, memory, disk), and whom to tell of it.

    `progress` is told how many bytes of how many are done, `remark` why there is no ready index.
    """

    __slots__ = ("progress", "remark", "where")

    def __init__(
        self,
        where: str = "auto",
        progress: Callable[[int, int], None] = lambda done, size: None,  # noqa: ARG005
        remark: Callable[[str], None] = lambda what: None,  # noqa: ARG005
    ) -> None:
        self.where = where
        self.progress = progress
        self.remark = remark


class Index(AnyIndex):
    """An index in memory, built in milliseconds from some thousand statements."""

    def __init__(self, statements: Sequence[Statement], language: Language, *, like: AnyIndex | None = None) -> None:
        """`like`: the index that these statements are from, if what is known of words is to be known from it."""
        self.statements = tuple(statements)
        self.language = language
        self.splitter = Splitter(language, self._is_word, self.frequency) if like is None else like.splitter
        self._postings: dict[str, list[int]] = {}
        suspending = []
        post = self._postings
        for number, statement in enumerate(self.statements):
            if is_suspending(statement.text):
                suspending.append(number)
                continue
            for word in words(statement.text):
                if word in post:
                    post[word].append(number)
                else:
                    post[word] = [number]
        # Suspended compounds are completed with the words known so far, now and whenever the text is read again.
        self.plain = frozenset(word for word in post if len(word) > 3)
        self.completer = Splitter(language, self.plain.__contains__) if like is None else like.completer
        for number in suspending:
            for word in {token.word for token in self.tokens(self.statements[number].text)}:
                insort(post.setdefault(word, []), number)
        for word in language.acronyms.intersection(post):
            post[word] = [n for n in post[word] if any(t.word == word for t in self.tokens(self.statements[n].text))]
            if not post[word]:
                del post[word]

    def _is_word(self, string: str) -> bool:
        if len(self._postings) < _FEW_WORDS:
            return super()._is_word(string)
        return len(string) > 3 and (string in self._postings or string in self._stems)

    @cached_property
    def _stems(self) -> frozenset[str]:
        """What plain endings leave of the words: worth making for many words, and slower for few."""
        endings = tuple(PLAIN_ENDINGS)
        return frozenset(
            word[: -len(ending)]
            for word in self._postings
            if len(word) > 4 and word.endswith(endings)
            for ending in endings
            if word.endswith(ending)
        )

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def postings(self, word: str) -> Sequence[int]:
        return self._postings.get(word, ())

    def frequency(self, word: str) -> int:
        return len(self._postings.get(word, ()))

    def holding(self, words: Collection[str]) -> int:
        if len(words) == 1:
            return self.frequency(next(iter(words)))
        return len(self._held(words))

    def holding_all(self, groups: Sequence[Collection[str]]) -> int:
        return len(set.intersection(*map(self._held, groups)))

    def _held(self, words: Collection[str]) -> set[int]:
        return {number for word in words for number in self.postings(word)}

    def number(self, statement: str) -> int | None:
        return self._numbers.get(statement)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {statement.id: number for number, statement in enumerate(self.statements)}

    @property
    def words(self) -> Sequence[str]:
        return self._words

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._postings)

    @cached_property
    def _lines(self) -> str:
        return "\n" + "\n".join(self._words) + "\n"

    def containing(self, part: str) -> Iterator[str]:
        at = self._lines.find(part)
        while at >= 0:
            start = self._lines.rfind("\n", 0, at + 1) + 1
            end = self._lines.find("\n", at)
            yield self._lines[start:end]
            at = self._lines.find(part, end)

    def starting(self, prefix: str) -> Iterator[str]:
        words = self._words
        for at in range(bisect_left(words, prefix), len(words)):
            if not words[at].startswith(prefix):
                return
            yield words[at]

    def spelt_in_ascii(self, key: str) -> Sequence[str]:
        return self._by_ascii_spelling.get(key, ())

    @cached_property
    def _by_ascii_spelling(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._words:
            found.setdefault(ascii_spelling(word), []).append(word)
        return found
