"""Statements to postings. The only room that knows how words are stored; knows no queries and no ranking.

The vocabulary is a sorted list, and one long string with a word a line: the words that contain some
letters are found by searching in it, which is faster than any structure and leaves nothing to build.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import cached_property

from rusq.model import Statement
from rusq.norwegian.compounds import Splitter, suspended
from rusq.norwegian.inflection import keys
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import Token, ascii_spelling, surfaces, tokenise, words

_PLAIN_ENDINGS = frozenset(["en", "et", "er", "ene", "a", "r", "n", "t", "ne", "e", "ar", "ane", "s"])


class Index:
    """Which statements hold which word. Statements are numbered from 0 in the order given."""

    def __init__(self, statements: Sequence[Statement], language: Language) -> None:
        self.statements = tuple(statements)
        self.language = language
        self.splitter = Splitter(language, self._is_word, self.frequency)
        self._postings: dict[str, list[int]] = {}
        suspending = []
        post = self._postings
        for number, statement in enumerate(self.statements):
            if "-" in statement.text:
                suspending.append(number)
                continue
            for word in words(statement.text):
                if word in post:
                    post[word].append(number)
                else:
                    post[word] = [number]
        # Suspended compounds are completed with the words known so far, now and whenever the text is read again.
        known = frozenset(word for word in post if len(word) > 3)
        self._completer = Splitter(language, known.__contains__)
        for number in suspending:
            for word in {token.word for token in self.tokens(self.statements[number].text)}:
                insort(post.setdefault(word, []), number)
        for word in language.acronyms.intersection(post):
            post[word] = [n for n in post[word] if word.upper() in surfaces(self.statements[n].text)]

    def _is_word(self, string: str) -> bool:
        """Whether a text has `string` as a word of its own, or a plain inflection of it."""
        if len(string) < 4:
            return False
        if string in self._postings:
            return True
        size = len(string)
        return any(word[size:] in _PLAIN_ENDINGS for word in self.starting(string))

    def tokens(self, text: str) -> list[Token]:
        """The words of `text` as they are indexed: suspended compounds completed, acronyms in capitals only.

        «LAR» is a treatment, «lar» is a verb.
        """
        tokens = tokenise(text, lambda first, last: suspended(first, last, self._completer))
        acronyms = self.language.acronyms
        return [token for token in tokens if token.word not in acronyms or text[token.start : token.end].isupper()]

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def postings(self, word: str) -> Sequence[int]:
        """The numbers of the statements that hold exactly this folded word, ascending."""
        return self._postings.get(word, ())

    def frequency(self, word: str) -> int:
        """In how many statements the word stands."""
        return len(self._postings.get(word, ()))

    @property
    def words(self) -> Sequence[str]:
        """The vocabulary, sorted."""
        return self._words

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._postings)

    @cached_property
    def _lines(self) -> str:
        return "\n" + "\n".join(self._words) + "\n"

    def containing(self, part: str) -> Iterator[str]:
        """The words that hold the letters of `part` anywhere, sorted."""
        at = self._lines.find(part)
        while at >= 0:
            start = self._lines.rfind("\n", 0, at + 1) + 1
            end = self._lines.find("\n", at)
            yield self._lines[start:end]
            at = self._lines.find(part, end)

    def starting(self, prefix: str) -> Iterator[str]:
        """The words that begin with `prefix`, sorted."""
        words = self._words
        for at in range(bisect_left(words, prefix), len(words)):
            if not words[at].startswith(prefix):
                return
            yield words[at]

    @cached_property
    def by_ascii_spelling(self) -> dict[str, list[str]]:
        """ASCII key -> words that are spelt so without æ, ø and å."""
        found: dict[str, list[str]] = {}
        for word in self._words:
            found.setdefault(ascii_spelling(word), []).append(word)
        return found

    def keys(self, word: str) -> frozenset[str]:
        """The inflection keys of a word, computed once."""
        known = self._keys.get(word)
        if known is None:
            known = self._keys[word] = keys(word, self.language)
        return known

    @cached_property
    def _keys(self) -> dict[str, frozenset[str]]:
        return {}
