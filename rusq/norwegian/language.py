"""What `data/norwegian.toml` says of the language, as one record that the other modules of this room take."""

from collections.abc import Iterable
from typing import NamedTuple

from rusq.norwegian.tokens import small


class Lines:
    """Lines of words, the first of which the others belong to.

    Looked up in the text as it is, with nothing to build, until so much has been asked that tables pay.
    """

    __slots__ = ("_after", "_asked", "_before", "_text")
    _MANY = 500

    def __init__(self, text: str = "") -> None:
        """`text` holds words with single spaces between, lines with line breaks between."""
        self._text = f"\n{small(text.strip())}\n".replace("\n", " \n ")
        self._asked = 0
        self._after: dict[str, tuple[str, ...]] = {}
        self._before: dict[str, tuple[str, ...]] = {}

    def after(self, first: str) -> tuple[str, ...]:
        """The words that stand after `first` on the lines that begin with it; () if none does."""
        if self._asked_often():
            return self._after.get(first, ())
        found: list[str] = []
        at = self._text.find(f"\n {first} ")
        while at >= 0:
            start = at + len(first) + 3
            end = self._text.index("\n", start)
            found += self._text[start:end].split()
            at = self._text.find(f"\n {first} ", end)
        return tuple(found)

    def before(self, word: str) -> Iterable[str]:
        """The first words of the lines on which `word` stands further on."""
        if self._asked_often():
            return self._before.get(word, ())
        found = []
        at = self._text.find(f" {word} ")
        while at >= 0:
            start = self._text.rfind("\n", 0, at + 1) + 2
            if start <= at:
                found.append(self._text[start : self._text.index(" ", start)])
            at = self._text.find(f" {word} ", at + 1)
        return found

    def _asked_often(self) -> bool:
        self._asked += 1
        if self._asked == self._MANY:
            for line in self._text.split("\n"):
                first, *others = line.split() or [""]
                self._after[first] = (*self._after.get(first, ()), *others)
                for word in others:
                    self._before[word] = (*self._before.get(word, ()), first)
        return self._asked >= self._MANY


class Language(NamedTuple):
    """Words and lines of words, all folded (see `tokens.fold`).

    asking      words that ask or frame a question, and words that only bind: never searched for
    light       words that say little; they count little beside others
    acronyms    that are ordinary words too, and mean the acronym only in capitals
    irregular   a base form, then forms that no ending shows («liten små»)
    apart       two words that rules of endings would unite although they are different words
    nynorsk     a nynorsk base form, then the bokmål one
    agents      nouns in -er that are no plurals («bruker»), also as last part of a compound
    adjectives  short adjectives that are compared with -ere, -est
    parts       words that compounds are put together of, besides the words of the texts
    short_parts words of two or three letters that may be a part
    whole       words that are never cut, though they look like two
    no_parts    strings that never are a part
    real        words that exist, so that they are never taken for a misspelling of another
    """

    asking: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    irregular: Lines = Lines()
    apart: Lines = Lines()
    nynorsk: Lines = Lines()
    agents: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    short_parts: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    no_parts: frozenset[str] = frozenset()
    real: frozenset[str] = frozenset()

    def base_forms(self, word: str) -> tuple[str, ...]:
        """The base forms that `word` is an irregular form of."""
        return tuple(self.irregular.before(word))

    def kept_apart(self, word: str) -> frozenset[str]:
        """Words that look like forms of `word` and are not."""
        return frozenset((*self.apart.after(word), *self.apart.before(word)))

    def in_other_standard(self, word: str, bases: Iterable[str]) -> dict[str, str]:
        """The word in the other written standard, as listed, with a note: bustad -> bolig, and bolig -> bustad."""
        found: dict[str, str] = {}
        for base in bases:
            found.update(dict.fromkeys(self.nynorsk.after(base), f"nynorsk {base}"))
            found.update(dict.fromkeys(self.nynorsk.before(base), f"bokmål {base}"))
        found.pop(word, None)
        return found
