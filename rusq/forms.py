"""A word to the words of the texts that are its forms, its kin or compounds with it, each with a weight and why."""

from collections.abc import Mapping, Sequence

from rusq.index import AnyIndex
from rusq.meaning import COMPOUND, EXACT, INFLECTION, WEIGHTS, Meaning, Way, revived
from rusq.norwegian.inflection import ENDING_LETTERS, bases, opening
from rusq.norwegian.tokens import ascii_spelling

_DERIVING = "ghi"  # letters that derived words end in besides: «-heit», «-inga»
_LONGEST_ENDING = 8  # letters that inflection and derivation add at most («-ningenes»)


class Forms:
    """Finds the forms of words in one corpus. `slips`: what was meant -> how the originals have it."""

    def __init__(self, index: AnyIndex, slips: Mapping[str, Sequence[str]]) -> None:
        self._index = index
        self._language = index.language
        self._slips = slips
        self._found: dict[tuple[str, bool], dict[str, Way]] = {}

    def of(self, word: str, *, typed: bool = False) -> dict[str, Way]:
        """The words of the texts that are `word`: itself, its inflections, compounds with it, its kin.

        What a user `typed` may be in ASCII spelling. The words of names are asked for again and again, and found once.
        """
        known = self._found.get((word, typed))
        if known is None:
            kind = "typed" if typed else "forms"
            known = self._index.remembered(word, kind, lambda: self._find(word, typed), revived)
            self._found[word, typed] = known
        return known

    def _find(self, word: str, typed: bool) -> dict[str, Way]:
        found = Meaning(word)
        index, language = self._index, self._language
        spellings = [word] if word in index else []
        if typed and not spellings:
            spellings = list(index.spelt_in_ascii(ascii_spelling(word)))
        for spelling in spellings:
            found.add(spelling, Way(WEIGHTS["exact" if spelling == word else "ascii"], EXACT))
        for slip in self._slips.get(word, ()):
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
        longest, stem = len(word) + _LONGEST_ENDING, opening(kin)
        letters = ENDING_LETTERS.union(_DERIVING, stem[-1], *(longer[len(stem) :] for longer in kin))
        for candidate in index.starting(stem):
            if (
                len(candidate) > longest
                or candidate == word
                or not letters.issuperset(candidate[len(stem) :])
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
