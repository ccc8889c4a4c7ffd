"""Words for the same thing: which names a concept goes by and which are near it. Knows no texts and no weights."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from rusq.norwegian.inflection import bases, english_bases, same_word
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import fold, small

# The kinds of name a concept has, as data/lexicon.toml calls them; `near` and `from` name something else.
KINDS = ("same", "abbr", "brand", "lay", "nn", "en")


class Concept(NamedTuple):
    """A concept: its main term and its other names by kind, what is near it, and where the names are known from."""

    term: str
    names: Mapping[str, tuple[str, ...]]
    near: tuple[str, ...] = ()
    origin: str = ""


class Erratum(NamedTuple):
    """A slip in an original: what it reads and what was meant. Quotations keep the slip."""

    statement: str
    reads: str
    meant: str
    why: str


class Name(NamedTuple):
    """A name of a concept: its folded words, the concept, its kind (`term` for the main one).

    `length` is how many words it was read from: those that only bind may stand between («mor [som] drikker»).
    """

    words: tuple[str, ...]
    concept: Concept
    kind: str
    length: int


_BETWEEN = 2  # words at most that may stand inside a name and only bind
_SLIPS = ("  ", " ,", " ;", " \n")  # a name that is empty, or a space too many


def all_sound(lines: Iterable[str]) -> bool:
    """Whether lines of the lexicon are plainly well formed, told for all at once: they are read at every start.

    `parse_concept` knows all ways to write one, and says what is wrong.
    """
    known = {f"{kind}:" for kind in (*KINDS, "near", "from")}
    seen: set[tuple[str, ...]] = set()  # kinds that stood together before: few, against many lines
    written = list(lines)
    count = 0
    for line in written:
        kinds = tuple([part[: part.find(": ") + 1] for part in line.split("; ")])
        if kinds not in seen:
            if len(set(kinds)) < len(kinds) or not known.issuperset(kinds):
                return False
            seen.add(kinds)
        count += len(kinds)
    # Each part has a colon, and each but the first a semicolon: more of them all told is one too many somewhere.
    together = "\n".join(written) + "\n"
    if together.count(":") != count or together.count(";") != count - len(written):
        return False
    return together.count(",") == together.count(", ") and not any(slip in together for slip in _SLIPS)


def parse_concept(term: str, line: str) -> Concept:
    """The concept that one line of the lexicon says: `kind: name, name; kind: name`. ValueError says what is wrong."""
    fields: dict[str, tuple[str, ...]] = {}
    for part in line.split(";"):
        kind, colon, names = part.partition(":")
        kind = kind.strip()
        if not colon or kind not in (*KINDS, "near", "from"):
            raise ValueError(
                f"'{part.strip()}' is not 'kind: name, name' with a kind of {', '.join(KINDS)}, near, from"
            )
        if kind in fields:
            raise ValueError(f"'{kind}' stands twice")
        fields[kind] = tuple(name.strip() for name in names.split(","))
        if not all(fields[kind]):
            raise ValueError(f"an empty name under '{kind}'")
    near, origin = fields.pop("near", ()), ", ".join(fields.pop("from", ()))
    return Concept(term, fields, near, origin)


class Lexicon:
    """Concepts found by any of their names, in any inflection.

    A concept is kept as its line, and read when a word of it is asked for: most never are.
    """

    def __init__(
        self, lines: Mapping[str, str], errata: Sequence[Erratum], language: Language, *, plain: bool = False
    ) -> None:
        """`plain`: all lines are known to be `all_sound`."""
        self._lines = lines
        self._plain = plain and not any(sign in term for term in lines for sign in ":,;\n")
        self._terms = tuple(lines)
        self._concepts: dict[str, Concept] = {}
        self._language = language
        self.errata = tuple(errata)

    @cached_property
    def _text(self) -> str:
        """All lines as they are looked through: a line a concept, lower case, a space before every word."""
        written = [f" {term}; {line}" for term, line in self._lines.items()]
        text = "\n".join(written)
        if not self._plain:
            import re  # only for a line written otherwise than ours are

            text = "\n".join(" " + re.sub(r" ?([:,;]) ?", r"\1 ", " ".join(line.split())) for line in written)
        return small(text).replace("-", "") + "\n"

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins."""
        return list(accumulate((len(line) + 1 for line in self._text.split("\n")), initial=0))

    def _with_word(self, word: str) -> Iterator[int]:
        """The numbers of the concepts with a name that has the word."""
        text, sought = self._text, f" {word}"
        at = text.find(sought)
        while at >= 0:
            end = at + len(sought)
            if text[end] in " ,;\n":
                yield bisect_right(self._starts, at) - 1
                end = text.index("\n", end)
            at = text.find(sought, end)

    def concepts(self) -> Iterator[Concept]:
        """Every concept, in the order of the tables."""
        return map(self._concept, self._lines)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word that is a name or a part of one, folded; of English names those of one word."""
        found: set[str] = set()
        for line in self._text.splitlines():
            for part in line.split("; "):
                kind, colon, names = part.partition(": ")
                if kind == "en":
                    found.update(name for name in names.split(", ") if " " not in name)
                elif kind not in ("near", "from"):
                    found.update((names if colon else kind).replace(",", "").split())
        return frozenset(found)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Every abbreviation, folded: names of that kind, and main terms in capitals."""
        listed = [line.partition("abbr: ")[2].partition(";")[0] for line in self._text.splitlines()]
        return frozenset((*", ".join(listed).split(", "), *(fold(term) for term in self._lines if term.isupper())))

    @cached_property
    def terms_by_word(self) -> dict[str, str]:
        """A name of one word, folded -> the main term of its concept; English names left out.

        For going through whole texts; a single query is answered sooner by `names_at`.
        """
        found: dict[str, str] = {}
        for term, line in self._lines.items():
            for part in (f"term: {term}", *line.split("; ")):
                kind, _, names = part.partition(": ")
                if kind not in ("en", "near", "from"):
                    for name in names.split(", "):
                        if " " not in name:
                            found.setdefault(name.lower().replace("-", ""), term)
        return found

    def names_at(self, words: Sequence[str], at: int) -> list[Name]:
        """The longest names that begin at `words[at]`, in any inflection; [] if none does."""
        found: list[Name] = []
        apart = self._language.kept_apart(words[at])
        firsts = tuple(base for base in bases(words[at], self._language) if base not in apart)
        foreign = english_bases(words[at])
        begun = (*firsts, *foreign)
        for number in sorted({number for first in begun for number in self._with_word(first)}):
            concept = self._concept(self._terms[number])
            for text, kind in all_names(concept):
                if not text.lower().replace("-", "").startswith(begun):
                    continue
                own = words_of(text)
                begins = own[0] in firsts or (kind == "en" and own[0] in foreign)
                length = self._read(own, words[at : at + len(own) + _BETWEEN], kind) if begins else 0
                if length:
                    found.append(Name(own, concept, kind, length))
        longest = max((name.length for name in found), default=0)
        return [name for name in found if name.length == longest]

    def concept(self, term: str) -> Concept | None:
        """The concept with that main term; None if there is none."""
        return self._concept(term) if term in self._lines else None

    def _concept(self, term: str) -> Concept:
        concept = self._concepts.get(term)
        if concept is None:
            concept = self._concepts[term] = parse_concept(term, self._lines[term])
        return concept

    def _read(self, name: tuple[str, ...], words: Sequence[str], kind: str) -> int:
        """How many of `words` spell the name, whose first word is known to fit; 0 if they do not."""
        at = 1
        for own in name[1:]:
            while at < len(words) and words[at] in self._language.asking and not self._fits(own, words[at], kind):
                at += 1
            if at >= len(words) or not self._fits(own, words[at], kind):
                return 0
            at += 1
        return at

    def _fits(self, own: str, word: str, kind: str) -> bool:
        return (
            own == word
            or (kind == "en" and own in english_bases(word))
            or same_word(own, word, self._language)
            or own in bases(word, self._language)
        )

    @cached_property
    def slips(self) -> dict[str, tuple[str, ...]]:
        """What was meant -> how the originals have it, single words, folded."""
        found: dict[str, tuple[str, ...]] = {}
        for erratum in self.errata:
            meant, reads = words_of(erratum.meant), words_of(erratum.reads)
            if len(meant) == len(reads) == 1:
                found[meant[0]] = (*found.get(meant[0], ()), reads[0])
        return found


def all_names(concept: Concept) -> Iterator[tuple[str, str]]:
    """Every name of the concept with its kind, the main term first."""
    yield concept.term, "term"
    for kind, names in concept.names.items():
        for name in names:
            yield name, kind


def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name; a hyphen joins («ACT-team» is one word, as in a query)."""
    return tuple(fold(word).replace("-", "") for word in name.split())


_SHOWN = {"en": "English", "nn": "nynorsk", "abbr": "short", "lay": "everyday word", "brand": "name"}


def equation(label: str, kind: str, other: str) -> str:
    """That two names are of one thing, as people are told it: «detox = avrusning (English)»."""
    shown = _SHOWN.get(kind)
    return f"{label} = {other}" + (f" ({shown})" if shown else "")
