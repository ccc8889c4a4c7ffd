"""A compound to the words it is put together of. A part is a word that is known, never a chance string."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rusq.norwegian.inflection import keys
from rusq.norwegian.language import Language

_SHORTEST = 3
# Endings that look like words when a derived word is cut: «person|lig», «bruk|er».
_NO_HEADS = frozenset(
    "lig lige ligere het heten heter skap skapet dom som ing inga else elsen ere erne ene ane eren erte "
    "ert ende ande sjon isk iske aktig bar bare full løs løse mål vis vise ste ster den det de te ter ten "
    "tet elle iver ider ansen len nes rene rens hets ".split()
)


_ENDINGS = (
    "enes",
    "ene",
    "ens",
    "ets",
    "ers",
    "nes",
    "en",
    "et",
    "er",
    "ne",
    "ns",
    "rs",
    "es",
    "e",
    "a",
    "n",
    "r",
    "s",
)


class Part(NamedTuple):
    """A part of a compound without its linking letter, and where it begins in the word."""

    word: str
    start: int


class Splitter:
    """Cuts words into known parts. `is_word(string)` says which strings occur as words of their own.

    Words of the corpus are not enough (it may lack «barnehage») and too much («mennesker|ettigheter»):
    parts come from the language's own list and from words the corpus has, at least four letters long.
    """

    def __init__(
        self, language: Language, is_word: Callable[[str], bool], frequency: Callable[[str], int] = lambda _: 0
    ) -> None:
        self._language = language
        self._is_word = is_word
        self._frequency = frequency
        self.parts = lru_cache(maxsize=None)(self._parts)
        self.is_head = lru_cache(maxsize=None)(self._head)
        self._known = lru_cache(maxsize=None)(self._is_known)

    def _parts(self, word: str) -> tuple[Part, ...]:
        """The parts of a folded word in order; () if it is no compound of known words.

        «langtidsbehandlingsplasser» gives lang, tid, behandling and plasser.
        """
        if word in self._language.whole:
            return ()
        base = self._base(word)
        if base is not None:
            return (*base[:-1], Part(word[base[-1].start :], base[-1].start)) if base else ()
        best: tuple[Part, ...] = ()
        for at in range(len(word) - 2, 1, -1):
            first = self.first(word[:at])
            if first is None:
                continue
            last = word[at:]
            if first == word[: at - 1] and word[at - 1] == "s" and self._owns_the_s(first, last):
                continue
            rest = self.parts(last) if len(last) > 5 else ()
            if not rest and not self.is_head(last):
                continue
            inner = self.parts(first) if len(first) > 5 else ()
            tail = tuple(Part(part, start + at) for part, start in rest) if rest else (Part(last, at),)
            found = (inner or (Part(first, 0),)) + tail
            if not best or len(found) < len(best):
                best = found
        return best

    def _base(self, word: str) -> tuple[Part, ...] | None:
        """The parts of the known word that `word` is a plain form of: skolen is of skole, and no «sko|len».

        () if that word has none; None if `word` is a form of no known word.
        """
        for ending in _ENDINGS:
            stem = word[: len(word) - len(ending)]
            if len(stem) < 4 or not word.endswith(ending):
                continue
            syncopated = stem[:-1] + "e" + stem[-1] if stem[-1] in "rl" and len(stem) > 4 else ""
            for base in (stem, syncopated, stem + "e" if ending[0] in "ea" and ending != "e" else ""):
                if base and (base in self._language.parts or self._frequency(base)):
                    return self.parts(base)
        return None

    def _owns_the_s(self, first: str, last: str) -> bool:
        """Whether an s between words begins the second («arve|skatt») and does not link them («behandling|s|plan»)."""
        if not self.is_head("s" + last):
            return False
        return first[-1] in "aeiouyæøå" or self._frequency("s" + last) >= self._frequency(last)

    def first(self, string: str) -> str | None:
        """The word that `string` is as a first part, with or without a linking s or e; None if it is none."""
        if self._known(string):
            return string
        if string[-1] in "se" and len(string) > _SHORTEST and self._known(string[:-1]):
            return string[:-1]
        if len(string) > 6 and string.endswith("s") and self.parts(string[:-1]):
            return string[:-1]
        return None

    def _is_known(self, string: str) -> bool:
        language = self._language
        if string in language.no_parts or string in language.asking:
            return False
        if len(string) <= _SHORTEST:
            return string in language.short_parts
        return string in language.parts or self._is_word(string)

    def _head(self, string: str) -> bool:
        if string in _NO_HEADS or string in self._language.no_parts or string in self._language.asking:
            return False
        if self._known(string):
            return True
        if len(string) < _SHORTEST:
            return False
        bases = (*self._language.base_forms(string), *_possible_bases(string, self._language))
        return any(self._known(base) for base in bases)


def _possible_bases(string: str, language: Language) -> Iterator[str]:
    """Words that `string` may be a form of: «sentre» of senter, «reduserende» of redusere, or kin of reduksjon."""
    for key in keys(string, language):
        kind, stem = key[0], key[2:]
        if len(stem) < 3 or stem in _NO_HEADS:
            continue
        if kind == "n":
            yield from (stem, stem + "e", stem[:-1] + "e" + stem[-1])
        elif kind == "v" and len(stem) > 3:
            yield from (stem + "e", stem + "ing", stem + "ning")


def piece_of(word: str, parts: tuple[Part, ...], first: int, last: int) -> str:
    """The parts `first` to `last` (excluded) of a compound as one word."""
    if last == len(parts):
        return word[parts[first].start :]
    return word[parts[first].start : parts[last - 1].start] + parts[last - 1].word


def suspended(first: str, last: str, splitter: Splitter) -> str | None:
    """What a suspended part stands for: («avrusings», «rehabiliteringstilbud») -> «avrusingstilbud».

    `last` with a leading hyphen is suspended on the other side: («behandlingsmetoder», «-tiltak») ->
    «behandlingstiltak». None if the full word has no parts.
    """
    if last.startswith("-"):
        parts = splitter.parts(first)
        return first[: parts[-1].start] + last[1:] if parts else None
    parts = splitter.parts(last)
    return first + parts[-1].word if parts else None
