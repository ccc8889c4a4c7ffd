"""A word of a query to the words of the texts that it stands for, each with a weight and a reason."""

from collections.abc import Callable, Sequence

from rusq.index import PLAIN_ENDINGS, AnyIndex
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
    revived,
)  # fmt: skip
from rusq.norwegian.compounds import Part, piece_of
from rusq.norwegian.inflection import ENDING_LETTERS, bases, opening
from rusq.norwegian.tokens import ascii_spelling

MANY = 2000  # statements, from which on they hold slips of their own
RARE = 10_000  # a word in fewer than one of so many statements may be one,
OFTENER = 20  # if the word that it looks like stands in so many times as many
_LONGEST_ENDING = 8  # letters that inflection and derivation add at most («-ningenes»)


class Expander:
    """Meanings of words in one corpus. `correct` gives spellings for an unknown word, best first."""

    def __init__(
        self, index: AnyIndex, lexicon: Lexicon, correct: Callable[[str], Sequence[tuple[str, float]]]
    ) -> None:
        self._index = index
        self._lexicon = lexicon
        self._correct = correct
        self._language = index.language
        self._forms: dict[tuple[str, bool], dict[str, Way]] = {}

    def over(self, index: AnyIndex) -> "Expander":
        """The same over another index, for words that are spelt right."""
        return Expander(index, self._lexicon, lambda _: ())

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
        if len(words) == 1 and not names and not found.light and words[0] not in self._language.real:
            if self.is_rare(words[0]):
                self._add_corrections(found, words[0], least=OFTENER * self._index.frequency(words[0]))
            elif self._trusted_strength(found) < KNOWN:
                self._add_corrections(found, words[0])
        return found

    def _is_light(self, words: Sequence[str], names: Sequence[Name]) -> bool:
        """Whether the words say little, in Norwegian or as the foreign name of a word that does."""
        light, asking = self._language.light, self._language.asking
        if all(w in asking or w in light or not light.isdisjoint(bases(w, self._language)) for w in words):
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
            self._add_parts(found, word, parts)
        elif word.startswith("u") and len(word) > 5 and not found.words and not named:
            found.add_all(self.forms(word[1:]), WEIGHTS["near"], note=f"the opposite of {word}")

    def forms(self, word: str, *, typed: bool = False) -> dict[str, Way]:
        """The words of the texts that are `word`: itself, its inflections, compounds with it, its kin.

        What a user `typed` may be in ASCII spelling. The words of names are asked for again and again, and found once.
        """
        known = self._forms.get((word, typed))
        if known is None:
            kind = "typed" if typed else "forms"
            known = self._index.remembered(word, kind, lambda: self._found_forms(word, typed), revived)
            self._forms[word, typed] = known
        return known

    def _found_forms(self, word: str, typed: bool) -> dict[str, Way]:
        found = Meaning(word)
        index, language = self._index, self._language
        spellings = [word] if word in index else []
        if typed and not spellings:
            spellings = list(index.spelt_in_ascii(ascii_spelling(word)))
        for spelling in spellings:
            found.add(spelling, Way(WEIGHTS["exact" if spelling == word else "ascii"], EXACT))
        for slip in self._lexicon.slips.get(word, ()):
            if slip in index:
                found.add(slip, Way(WEIGHTS["slip"], EXACT, f"a slip in the original for {word}"))
        for base in spellings or [word]:
            self._add_inflections(found, base)
            self._add_compounds(found, base)
        for base in language.base_forms(word):
            self._add_inflections(found, base)
        return found.words

    def _add_inflections(self, found: Meaning, word: str) -> None:
        index, language = self._index, self._language
        apart = language.kept_apart(word)
        own = index.keys(word)
        stems = {key[2:] for key in own}
        derived = index.roots(word)
        kin = stems | derived
        longest = len(word) + _LONGEST_ENDING
        for candidate in index.starting(opening(kin)):
            if (
                len(candidate) > longest
                or candidate == word
                or self._is_another(candidate, word, apart)
                or (candidate in language.asking and word not in language.asking)
            ):
                continue
            if not own.isdisjoint(index.keys(candidate)):
                found.add(candidate, Way(WEIGHTS["inflection"], INFLECTION))
            elif kin & index.roots(candidate) or derived & {key[2:] for key in index.keys(candidate)}:
                found.add(candidate, Way(WEIGHTS["root"], INFLECTION, f"from the same root as {word}"))
        for form in language.irregular.after(word):
            if form in index:
                found.add(form, Way(WEIGHTS["inflection"], INFLECTION))

    def _is_another(self, candidate: str, word: str, apart: frozenset[str]) -> bool:
        """Whether a word that looks like a form of `word` is one of those kept `apart`, or plainly a form of one."""
        if not apart or candidate in apart:
            return candidate in apart
        forms = bases(candidate, self._language)
        return word not in forms and not apart.isdisjoint(forms)

    def _add_compounds(self, found: Meaning, word: str) -> None:
        index, language = self._index, self._language
        if word in language.no_parts or (len(word) < 4 and word not in language.short_parts):
            return
        own = index.keys(word)
        stem = opening({key[2:] for key in own})
        letters = ENDING_LETTERS | {stem[-1]}  # which may be doubled
        for candidate in index.containing(stem):
            if len(candidate) < len(word) + 2 or candidate in found.words:
                continue
            way = self._part_of(word, own, candidate) if self._may_hold(candidate, word, own, stem, letters) else None
            if way:
                found.add(candidate, way)

    def _may_hold(self, candidate: str, word: str, own: frozenset[str], stem: str, letters: frozenset[str]) -> bool:
        """Whether it is worth cutting `candidate` for `word`: it ends in a form of it, or a head follows one.

        A cheap look that spares most candidates of a large vocabulary the full one.
        """
        keys, splitter = self._index.keys, self._index.splitter
        at = candidate.find(stem)
        while at >= 0:
            tail = at + len(stem)
            if at and (
                candidate.endswith(word)
                or (letters.issuperset(candidate[tail:]) and not own.isdisjoint(keys(candidate[at:])))
            ):
                return True
            for end in range(tail, min(len(candidate) - 1, at + len(word) + 3)):
                if not letters.issuperset(candidate[tail:end]):
                    break
                piece, rest = candidate[at:end], candidate[end:]
                linked = piece[-1] in "se"
                if (
                    piece == word
                    or (linked and piece[:-1] == word)
                    or not own.isdisjoint(keys(piece))
                    or (linked and not own.isdisjoint(keys(piece[:-1])))
                ) and (splitter.is_head(rest) or splitter.parts(rest)):
                    return True
            at = candidate.find(stem, at + 1)
        return False

    def _part_of(self, word: str, own: frozenset[str], candidate: str) -> Way | None:
        """How `word` is a part of `candidate`: its head, or what stands before the head; None if it is not."""
        parts, apart = self._index.splitter.parts(candidate), self._language.kept_apart(word)
        for at, part in enumerate(parts):
            tail = candidate[part.start :]
            if at and (tail == word or not own.isdisjoint(self._index.keys(tail))):
                if self._is_another(tail, word, apart):
                    return None  # a form of another word: «-plasser» is not of plast
                return Way(WEIGHTS["head"], COMPOUND)
            ends = [following.start for following in parts[at + 1 :]]
            for end in ends:
                piece = candidate[part.start : end]
                own_form = end == ends[0] and part.word not in apart
                if word in (piece, piece[:-1], part.word) or (
                    own_form and not own.isdisjoint(self._index.keys(part.word))
                ):
                    return Way(WEIGHTS["modifier"], COMPOUND)
        return None

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
                ways = pieces[begin] if end == begin + 1 else self.forms(piece_of(word, parts, begin, end))
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

    def _corrected_inside(self, word: str) -> list[tuple[str, float]]:
        """The compound that an unknown word may be a slip for: «behandligsgaranti»."""
        splitter, real = self._index.splitter, self._language.real
        if len(word) < 9 or word in real or splitter.parts(word):
            return []
        from rusq.spelling import corrections_inside

        words = sorted({*self._index.words, *self._lexicon.words, *self._language.parts})
        return corrections_inside(word, splitter.first, splitter.is_head, words, self._index.frequency)

    def _trusted_strength(self, found: Meaning) -> float:
        """How well a meaning is met by words that are no slips themselves."""
        if len(self._index.statements) < MANY:
            return found.strength
        words = max((way.weight for word, way in found.words.items() if not self.is_rare(word)), default=0.0)
        several = (s.way.weight for s in found.several if not any(all(map(self.is_rare, part)) for part in s.parts))
        return max([words, *several])

    def is_trusted(self, part: str) -> bool:
        """Whether a part of a compound is a word, and not a slip that many texts have as a word of their own."""
        index = self._index
        if len(index.statements) < MANY or part in self._language.parts or part in self._lexicon.words:
            return True
        forms = (part, *(part + ending for ending in PLAIN_ENDINGS))
        return any(form in index and not self.is_rare(form) for form in forms)

    def is_rare(self, word: str) -> bool:
        """Whether a word of the texts may be a slip that they have too: so rare in so many statements."""
        total = len(self._index.statements)
        return total >= MANY and 0 < self._index.frequency(word) <= max(2, total // RARE)

    def _add_corrections(self, found: Meaning, word: str, least: int = 0) -> None:
        """What `word` may be a slip for, of what stands in `least` statements."""
        for spelling, likeness in self._correct(word) or self._corrected_inside(word):
            if self._index.frequency(spelling) < least:
                continue
            meant = Meaning(spelling)
            self._add_word(meant, spelling)
            for name in self._lexicon.names_at([spelling], 0):
                self._add_concept(meant, name)
            scale = WEIGHTS["typo"] * likeness
            found.add_all(meant.words, scale, TYPO, f"{word} read as {spelling}")
            for several in meant.several:
                way = Way(several.way.weight * scale, TYPO, f"{word} read as {spelling}")
                found.several.append(Several(several.parts, way, several.window))
