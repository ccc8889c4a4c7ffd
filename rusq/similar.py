"""A statement to its nearest relatives elsewhere, with what they share. The formula stands in DESIGN.md, "Similar".

A statement is seen as features: the words it has (all inflections one), the parts of its compounds,
and the concepts its words name. Two statements are alike as far as the rare ones among them agree.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from rusq.index import AnyIndex
from rusq.lexicon import Lexicon
from rusq.meaning import inverse_document_frequency
from rusq.model import Statement
from rusq.norwegian.tokens import words

PART = 0.6  # a part of a compound, beside the whole word
NAMED = 0.8  # a concept, beside the word that names it
LIGHT = 0.3  # a word that says little
SAME_SOURCE = 0.85  # relatives in the same text count a little less than those elsewhere
RELATED = 0.4  # from where two statements are shown as relatives
NEARLY_THE_SAME = 0.45  # of the weight of their words, from where two statements are set side by side


class Relative(NamedTuple):
    """A statement near another: how near, 0..1, and the words of it that both share, most telling first."""

    statement: Statement
    score: float
    shared: tuple[str, ...]


class Likeness:
    """How nearly two statements say the same in the same words: cheap, for setting statements side by side."""

    def __init__(self, index: AnyIndex) -> None:
        self._index = index
        self._known: dict[str, dict[str, float]] = {}

    def alike(self, one: Statement, other: Statement) -> bool:
        """Whether the rare words of both are nearly the same."""
        mine, theirs = self._weights(one), self._weights(other)
        return sum([mine[word] * theirs[word] for word in mine.keys() & theirs.keys()]) >= NEARLY_THE_SAME

    def _weights(self, statement: Statement) -> dict[str, float]:
        known = self._known.get(statement.id)
        if known is None:
            index, asking = self._index, self._index.language.asking
            total = len(index.statements)
            said = [word for word in words(statement.text) if word not in asking]
            weights = {word: inverse_document_frequency(index.frequency(word), total) for word in said}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            known = self._known[statement.id] = {word: weight / length for word, weight in weights.items()}
        return known


class Relatives:
    """Nearness among some statements of an index; all of them if none are given."""

    def __init__(self, index: AnyIndex, lexicon: Lexicon, statements: Sequence[Statement] | None = None) -> None:
        self._index = index
        self._lexicon = lexicon
        self._statements = index.statements if statements is None else statements
        self._all = statements is None
        self._numbers = {statement.id: number for number, statement in enumerate(self._statements)}
        self._by_word: dict[str, dict[str, float]] = {}

    def nearest(self, statement: Statement, *, limit: int | None = 10, least: float = 0.1) -> list[Relative]:
        """The statements nearest to `statement`, not from its own paragraph, nearest first; ties as in the texts."""
        own = self._weighted[self._numbers[statement.id]]
        found = []
        for number, other in enumerate(self._statements):
            if other.source == statement.source and other.line == statement.line:
                continue
            score = self._cosine(own, self._weighted[number])
            if other.source == statement.source:
                score *= SAME_SOURCE
            if score >= least:
                found.append((round(score, 4), -number))
        found.sort(reverse=True)
        chosen = found if limit is None else found[:limit]
        return [self._relative(own, -number, score) for score, number in chosen]

    def likeness(self, one: Statement, other: Statement) -> float:
        """How near two statements are, 0..1."""
        return self._cosine(self._weighted[self._numbers[one.id]], self._weighted[self._numbers[other.id]])

    def _relative(self, own: Mapping[str, float], number: int, score: float) -> Relative:
        theirs = self._weighted[number]
        words = self._words_of[number]
        shared = sorted(own.keys() & theirs.keys(), key=lambda feature: (-own[feature] * theirs[feature], feature))
        return Relative(self._statements[number], score, tuple(dict.fromkeys(words[feature] for feature in shared))[:6])

    @staticmethod
    def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
        if len(other) < len(one):
            one, other = other, one
        return sum(weight * other[feature] for feature, weight in one.items() if feature in other)

    @cached_property
    def _weighted(self) -> list[dict[str, float]]:
        """Statement number -> feature -> weight, weights of a statement squared and summed 1."""
        features_of_all = self._features  # before how many hold them: it is told by the words met on the way
        holding, total = self._holding, len(self._index.statements)
        weighted = []
        for features in features_of_all:
            weights = {f: w * inverse_document_frequency(holding[f], total) for f, w in features.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            weighted.append({feature: weight / length for feature, weight in weights.items()})
        return weighted

    @cached_property
    def _holding(self) -> Mapping[str, int]:
        """Feature -> in how many statements of the index it stands; of a few of them, as far as their words tell."""
        holding: dict[str, int] = {}
        if self._all:
            for features in self._features:
                for feature in features:
                    holding[feature] = holding.get(feature, 0) + 1
            return holding
        for word, features in self._by_word.items():
            for feature in features:
                holding[feature] = holding.get(feature, 0) + self._index.frequency(word)
        total = len(self._index.statements)
        return {feature: min(held, total) for feature, held in holding.items()}

    @cached_property
    def _features(self) -> list[dict[str, float]]:
        return [self._features_of(statement) for statement in self._statements]

    @cached_property
    def _words_of(self) -> list[dict[str, str]]:
        """Statement number -> feature -> a word of the statement that has it."""
        found = []
        for statement in self._statements:
            words: dict[str, str] = {}
            for token in self._index.tokens(statement.text):
                for feature in self._of_word(token.word):
                    words.setdefault(feature, statement.text[token.start : token.end])
            found.append(words)
        return found

    def _features_of(self, statement: Statement) -> dict[str, float]:
        found: dict[str, float] = {}
        for token in self._index.tokens(statement.text):
            for feature, weight in self._of_word(token.word).items():
                found[feature] = max(weight, found.get(feature, 0.0))
        return found

    def _of_word(self, word: str) -> dict[str, float]:
        """The features of one word: its stem, its parts' stems, the concepts it names."""
        known = self._by_word.get(word)
        if known is None:
            known = self._by_word[word] = {} if word in self._index.language.asking else self._made_of(word)
        return known

    def _made_of(self, word: str) -> dict[str, float]:
        weight = LIGHT if word in self._index.language.light else 1.0
        found = {self._stem(word): weight}
        for part in self._index.splitter.parts(word):
            found.setdefault(self._stem(part.word), PART * weight)
        terms = self._lexicon.terms_by_word
        for base in (word, *(key[2:] for key in sorted(self._index.keys(word)))):
            term = terms.get(base) or terms.get(base + "e")
            if term:
                found.setdefault(f"= {term}", NAMED * weight)
                break
        return found

    def _stem(self, word: str) -> str:
        """One stem for all forms of a word: the shortest that its endings leave."""
        stems = [key[2:] for key in self._index.keys(word) if len(key) > 4]
        return min(stems, key=lambda stem: (len(stem), stem)) if stems else word
