"""A word that may be a slip of the pen to what was meant. Needed, and loaded, only for words that are not known."""

from collections.abc import Sequence
from functools import cached_property

from rusq.index import MANY, PLAIN_ENDINGS, AnyIndex
from rusq.lexicon import Lexicon
from rusq.norwegian.inflection import bases, is_spelt_as_of
from rusq.spelling import corrections, corrections_inside

Meant = list[tuple[str, float]]  # words that may have been meant, likeliest first, each with its likeness 0..1
_ALIKE = 0.9  # likeness of words that differ in what is not heard


class Slips:
    """What may have been meant by a word, of the words of the texts and of the lexicon."""

    def __init__(self, index: AnyIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._language = index.language

    def meant(self, word: str) -> Meant:
        """The words that it may stand for; none if it is a word of the language.

        Of one that is well put together only those that sound alike or have a letter doubled: «missbruke».
        """
        if self._is_a_word(word):
            return []
        parts = self._index.splitter.parts(word)
        found = self._index.remembered(
            word, "slip", lambda: self._likely(word), lambda kept: [(w, of) for w, of in kept]
        )
        if parts and all(self._is_trusted(part.word) for part in parts):
            return [(other, likeness) for other, likeness in found if likeness >= _ALIKE]
        return found

    def meant_inside(self, word: str) -> Meant:
        """The compound that it may stand for, one part misspelt: «behandligsgaranti»."""
        splitter = self._index.splitter
        if len(word) < 9 or word in self._language.real or splitter.parts(word):
            return []
        words = sorted({*self._index.words, *self._lexicon.words, *self._language.parts})
        return corrections_inside(word, splitter.first, splitter.is_head, words, self._index.frequency)

    def _likely(self, word: str) -> Meant:
        many = len(self._index.statements) >= MANY
        return corrections(word, self._known, self._index.frequency, short=many)

    def _is_a_word(self, word: str) -> bool:
        language = self._language
        known = (base for base in bases(word, language) if base in language.parts or base in language.real)
        return any(is_spelt_as_of(word, base, language) for base in known)

    def _is_trusted(self, part: str) -> bool:
        """Whether a part of a compound is a word, and not a slip that many texts have as a word of their own."""
        index = self._index
        if len(index.statements) < MANY or part in self._language.parts or part in self._lexicon.words:
            return True
        forms = (part, *(part + ending for ending in PLAIN_ENDINGS))
        return any(form in index and not index.is_rare(form) for form in forms)

    @cached_property
    def _known(self) -> Sequence[str]:
        return [*self._index.words, *sorted(word for word in self._lexicon.words if word not in self._index)]
