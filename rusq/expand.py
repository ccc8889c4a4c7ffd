"""A word of a query to the words of the texts that it stands for, each with a weight and a reason."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rusq.forms import Forms
from rusq.index import MANY, AnyIndex
from rusq.lexicon import Lexicon, Name, all_names, equation, words_of
from rusq.meaning import (
    APART_WINDOW,
    COMPOUND,
    EXACT,
    INFLECTION,
    KNOWN,
    PREFIX,
    SYNONYM,
    TYPO,
    WEIGHTS,
    Meaning,
    Several,
    Way,
    inverse_document_frequency,
)  # fmt: skip
from rusq.norwegian.compounds import Part, piece_of
from rusq.norwegian.inflection import bases, is_spelt_as_of

if TYPE_CHECKING:
    from rusq.slips import Slips

OFTENER = 20  # a rare word may be a slip for one that stands in so many times as many statements
_SHORT = 5  # a word of fewer letters is like many others
_LONGEST_ENDING = 8  # letters that inflection and derivation add at most («-ningenes»)


class Expander:
    """Meanings of words in one corpus. `correcting`: a word that is not known is taken for a slip of the pen."""

    def __init__(self, index: AnyIndex, lexicon: Lexicon, *, correcting: bool = True) -> None:
        self._index = index
        self._lexicon = lexicon
        self._correcting = correcting
        self._language = index.language
        self.forms = Forms(index, lexicon.slips).of

    def over(self, index: AnyIndex) -> "Expander":
        """The same over another index, for words that are spelt right."""
        return Expander(index, self._lexicon, correcting=False)

    @cached_property
    def slips(self) -> "Slips":
        """What may have been meant by words that are not known."""
        from rusq.slips import Slips  # only for such a word

        return Slips(self._index, self._lexicon)

    def literally(self, word: str) -> Meaning:
        """Only the word itself, as with --exact."""
        found = Meaning(word)
        if word in self._index:
            found.add(word, Way(WEIGHTS["exact"], EXACT))
        return found

    def prefixed(self, prefix: str) -> Meaning:
        """Every word that begins so, however it goes on."""
        found = Meaning(prefix + "*")
        for word in self._index.starting(prefix):
            found.add(word, Way(WEIGHTS["prefix"], PREFIX))
        return found

    def meaning(self, words: Sequence[str], names: Sequence[Name] = ()) -> Meaning:
        """All that `words` (one, or the several of a name) may be in the texts.

        `names` are the lexicon's readings of them. A word that meets nothing is taken for a slip of
        the pen, and means what its likeliest spellings mean, at less weight.
        """
        found = Meaning(" ".join(words), light=self._is_light(words, names))
        if len(words) == 1:
            self._add_word(found, words[0], named=bool(names))
        else:
            self._add_several(found, words, 1.0, EXACT)
            self._add_carrying(found, words)
        for name in names:
            self._add_concept(found, name)
        if len(words) > 2 and names and found.strength > WEIGHTS["root"]:
            found.light = False  # «velge selv hvor»: small words that together name what the texts have
        if self._correcting and len(words) == 1 and not names and not found.light:
            self._add_meant(found, words[0])
        return found

    def _add_meant(self, found: Meaning, word: str) -> None:
        """Add what the word means if it is a slip of the pen, or may be one that many texts have too."""
        index = self._index
        if word in self._language.real:
            return
        many, rare = len(index.statements) >= MANY, index.is_rare(word)
        certain = found.words
        if rare or (many and word not in index):  # what looks like its forms is a slip as well, or of another word
            certain = {
                other: way
                for other, way in certain.items()
                if other == word or not (index.is_rare(other) or self._is_by_chance(word, other, way))
            }
        strength = self._trusted_strength(certain, found.several)
        if not rare and (strength < KNOWN or (many and strength == KNOWN)):
            least = OFTENER if len(word) < _SHORT else 0
        elif certain is not found.words:
            least = OFTENER * max(1, index.frequency(word))
        else:
            return
        meant = self._meant(word, least)
        if meant.words:
            found.words = certain
        found.add_scaled(meant)

    def _is_by_chance(self, word: str, other: str, way: Way) -> bool:
        """Whether a word that neither the texts nor the language have only looks like a form or a part of another."""
        index, language = self._index, self._language
        if word in index or way.why not in (INFLECTION, COMPOUND):
            return False
        known = (b for b in bases(other, language) if (b in index and not index.is_rare(b)) or b in language.parts)
        return way.why == COMPOUND or not any(is_spelt_as_of(word, base, language) for base in known)

    def _is_light(self, words: Sequence[str], names: Sequence[Name]) -> bool:
        """Whether the words say little, in Norwegian or as the foreign name of a word that does."""
        light, asking = self._language.light, self._language.asking
        language = self._language
        if all(
            w in asking or any(base in light and is_spelt_as_of(w, base, language) for base in bases(w, language))
            for w in words
        ):
            return True
        return bool(names) and all(name.kind == "en" and name.concept.term in light for name in names)

    def _add_word(self, found: Meaning, word: str, *, named: bool = True) -> None:
        found.add_all(self.forms(word, typed=True), 1.0)
        for other, note in self.other_spellings(word).items():
            found.add_all(self.forms(other), WEIGHTS["nynorsk"], note=note)
            if not named:
                for name in self._lexicon.names_at([other], 0):
                    self._add_concept(found, name, WEIGHTS["nynorsk"])
        parts = self._index.splitter.parts(word) or self._parts_by_name(word)
        if parts:
            pieces = Meaning(word)
            self._add_parts(pieces, word, parts)
            found.add_scaled(pieces, WEIGHTS["named"] if named and word not in self._index else 1.0)
        elif word.startswith("u") and len(word) > 5 and not found.words and not named:
            found.add_all(self.forms(word[1:]), WEIGHTS["near"], note=f"the opposite of {word}")

    def other_spellings(self, word: str) -> dict[str, str]:
        """The word in the other written standard, with a note: bustad -> bolig, and bolig -> bustad.

        By rule and in compounds only if the word is not known as it is and what comes of it is.
        """
        found = self._language.in_other_standard(word, bases(word, self._language))
        if found or word in self._index or word in self._language.parts:
            return found
        from rusq.norwegian.nynorsk import by_rule, of_compound  # only for a word that is not known

        spellings = list(dict.fromkeys((*of_compound(word, self._language), *by_rule(word))))
        for known in (self._index, self._lexicon.words):
            for spelling in spellings:
                if spelling != word and any(base in known for base in bases(spelling, self._language)):
                    return {spelling: f"nynorsk {word}"}
        parts = self._index.splitter.parts
        return {other: f"nynorsk {word}" for other in spellings if parts(other)} if not parts(word) else found

    def _add_parts(self, found: Meaning, word: str, parts: tuple[Part, ...]) -> None:
        """A compound written apart in the text, or said with its parts near one another."""
        pieces = [self._with_names(part.word) for part in parts]
        pieces[0], pieces[-1] = _in_place(pieces[0], first=True), _in_place(pieces[-1], first=False)
        if all(pieces):
            way = Way(WEIGHTS["apart"], COMPOUND, f"the parts of {word}")
            found.several.append(Several(tuple(pieces), way, APART_WINDOW))
            for other in set(pieces[0]).intersection(*pieces[1:]):  # «avrusningsplasser» for avgiftingsplasser
                found.add(other, Way(WEIGHTS["kin"], SYNONYM, f"{word} by other names"))
        for at in range(1, len(parts)):  # «langtids» «behandlingsplasser», as two words
            first, last = word[: parts[at].start], word[parts[at].start :]
            heads = {w: way for w, way in self.forms(last).items() if way.why in (EXACT, INFLECTION)}
            firsts = {w: Way(1.0, EXACT) for w in (first, first.removesuffix("s")) if w in self._index}
            if heads and firsts:
                found.several.append(
                    Several((firsts, heads), Way(WEIGHTS["split"], COMPOUND, "written apart"), window=0)
                )
        for part in parts[1:]:  # «langtidsbehandlingsplass» is a name in two words
            for name in self._lexicon.names_at([word[: part.start], word[part.start :]], 0):
                if name.length > 1:
                    self._add_concept(found, name, WEIGHTS["split"])
        # A piece alone says the more of the compound, the less its other parts say in these texts.
        told = [self._information(piece) for piece in pieces]
        whole = sum(told)
        for begin in range(len(parts)):
            for end in range(begin + 1, len(parts) + 1):
                if end - begin == len(parts) or (begin and end < len(parts)):
                    continue  # the whole, or a piece out of the middle
                share = WEIGHTS["part"] * sum(told[begin:end]) / whole
                ways = pieces[begin]
                if end > begin + 1:
                    ways = _in_place(self.forms(piece_of(word, parts, begin, end)), first=not begin)
                for other, way in ways.items():
                    by_name = way.why == SYNONYM
                    note = f"{way.note}, part of {word}" if by_name else f"part of {word}"
                    found.add(other, Way(way.weight * share, SYNONYM if by_name else COMPOUND, note))

    def _add_carrying(self, found: Meaning, words: Sequence[str]) -> None:
        """Single words of a name of several, «sitte i fengsel»: each the more, the less the others say."""
        carrying = [w for w in words if w not in self._language.asking and not self._is_light([w], ())]
        ways = {word: self._with_names(word) for word in carrying}
        told = {word: self._information(way) for word, way in ways.items()}
        for word, way in ways.items():
            share = told[word] / sum(told.values())
            found.add_all(way, WEIGHTS["part"] * share, note=f"part of {' '.join(words)}")

    def _parts_by_name(self, word: str) -> tuple[Part, ...]:
        """An unknown compound of a name that the texts do not have and a known word: metadonpasienter."""
        if len(word) < 9 or self._language.nynorsk.after(word) or word in self._index or word in self._lexicon.words:
            return ()
        for at in range(len(word) - 4, 3, -1):
            first, last = word[:at], word[at:]
            for name in (first, first[:-1]) if first[-1] in "se" else (first,):
                if name in self._lexicon.words and name not in self._language.no_parts and self.forms(last):
                    return Part(name, 0), Part(last, at)
        return ()

    def _with_names(self, word: str) -> dict[str, Way]:
        """The forms of a word, and of its other names of one word."""
        found = Meaning(word, dict(self.forms(word)))
        for name in self._lexicon.names_at([word], 0):
            for other, kind in all_names(name.concept):
                if kind != "en" and " " not in other and words_of(other) != name.words:
                    found.add_all(self.forms(words_of(other)[0]), WEIGHTS["same"], SYNONYM, f"{word} = {other}")
        return found.words

    def _information(self, ways: dict[str, Way]) -> float:
        """How much it says that a statement has a word met in these ways, in nats."""
        total = len(self._index.statements)
        holding = sum(self._index.frequency(word) for word, way in ways.items() if way.weight >= WEIGHTS["modifier"])
        return inverse_document_frequency(min(holding, total), total)

    def _add_concept(self, found: Meaning, name: Name, scale: float = 1.0) -> None:
        concept, label = name.concept, " ".join(name.words)
        for other, kind in all_names(concept):
            if kind != "en" and (words_of(other) != name.words or scale < 1):
                self._add_name(found, other, WEIGHTS["same"] * scale, equation(label, name.kind, other))
        for other in concept.near:
            self._add_near(found, other, WEIGHTS["near"] * scale, f"{label} is near {other}")

    def _add_near(self, found: Meaning, near: str, scale: float, note: str) -> None:
        """What is near; if the texts do not have the thing itself, also its other names, and what is near to that."""
        self._add_name(found, near, scale, note)
        concept = self._lexicon.concept(near) if found.strength < WEIGHTS["inflection"] else None
        if concept is not None:
            for other, kind in all_names(concept):
                if kind != "en":
                    self._add_name(found, other, WEIGHTS["same"] * scale, note)
            for other in concept.near:
                self._add_name(found, other, WEIGHTS["far"] * scale, note)

    def _add_name(self, found: Meaning, name: str, scale: float, note: str) -> None:
        words = words_of(name)
        if len(words) == 1:
            found.add_all(self.forms(words[0]), scale, SYNONYM, note)
        else:
            self._add_several(found, words, scale, SYNONYM, note)

    def _add_several(self, found: Meaning, words: Sequence[str], weight: float, why: str, note: str = "") -> None:
        """All of `words`, but for those that only bind, near one another."""
        carrying = [word for word in words if word not in self._language.asking]
        if len(carrying) < 2:
            carrying = list(words)  # «legge ned», «rett til»: the small word makes the meaning
        pieces = []
        for word in carrying:
            pieces.append(self.forms(word))
            if not pieces[-1]:
                return  # most names are of words that the texts do not have: no more is asked of these
        if len(pieces) == 1:
            found.add_all(pieces[0], weight, why if why != EXACT else None, note)
        else:
            found.several.append(Several(tuple(pieces), Way(weight, why, note)))

    def _trusted_strength(self, words: Mapping[str, Way], several: Sequence[Several]) -> float:
        """How well a meaning is met by words that are no slips themselves."""
        rare = self._index.is_rare
        single = max((way.weight for word, way in words.items() if not rare(word)), default=0.0)
        return max([single, *(s.way.weight for s in several if not any(all(map(rare, part)) for part in s.parts))])

    def _meant(self, word: str, least: int) -> Meaning:
        """What `word` may be a slip for, of what stands in `least` statements."""
        found = Meaning(word)
        for spelling, likeness in self.slips.meant(word) or self.slips.meant_inside(word):
            if self._index.frequency(spelling) < least:
                continue
            meant = Meaning(spelling)
            self._add_word(meant, spelling)
            for name in self._lexicon.names_at([spelling], 0):
                self._add_concept(meant, name)
            found.add_scaled(meant, WEIGHTS["typo"] * likeness, TYPO, f"{word} read as {spelling}")
        return found


def _in_place(ways: dict[str, Way], *, first: bool) -> dict[str, Way]:
    """Without the compounds that have a piece in another place: «miljøkrav» is not about «arbeidsmiljø»."""
    elsewhere = WEIGHTS["head" if first else "modifier"]
    return {word: way for word, way in ways.items() if way.why != COMPOUND or way.weight != elsewhere}
