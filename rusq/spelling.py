"""A word that is not known to the words it may be a slip for. Knows the keyboard and how Norwegian sounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

# Cost of one error. A careless or sounding one is cheap, a chance letter dear: measured on lists of real slips.
_SWAP, _DOUBLE, _SOUND, _NEIGHBOUR, _GAP, _OTHER, _FIRST = 0.7, 0.5, 0.6, 0.85, 0.9, 1.1, 0.4
_ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")
_SOUNDING = frozenset(
    frozenset(pair)
    for pair in (
        [
            "oå",
            "æe",
            "øo",
            "øu",
            "kc",
            "vw",
            "sz",
            "iy",
            "ij",
            "ks",
            "dt",
            "bp",
            "gk",
            "ei",
            "cs",
            "qk",
            "fv",
            "ea",
            "ou",
            "yu",
            "øy",
            "æa",
            "eø",
            "gj",
            "hj",
        ]
    )
)
_SHORT = {3: _GAP, 4: _OTHER}  # how far off short words may be, where that is asked for
_SILENT = frozenset("hgtde")  # often written though not heard, or heard no more and left out
_SOUNDS = (
    (re.compile("skj|sch|sj|kj|tj|rs(?=[^aeiouyæøå]|$)|sh"), "§"),
    (re.compile("sk(?=[iyeøæ])"), "§"),
    (re.compile("hv|w"), "v"),
    (re.compile("^gj|^hj|^lj|^gi"), "j"),
    (re.compile("tion|sion|sjon|ssjon"), "§on"),
    (re.compile("ch|ck|qu?|c"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("aa"), "å"),
    (re.compile("ae|ä"), "æ"),
    (re.compile("oe|ö"), "ø"),
    (re.compile("x"), "ks"),
    (re.compile("z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=[lnr])d$|(?<=[lnr])d(?=[^aeiouyæøå])|(?<=i)g$"), ""),
)


def _neighbours() -> frozenset[frozenset[str]]:
    found: set[frozenset[str]] = set()
    for row, letters in enumerate(_ROWS):
        found.update(frozenset(pair) for pair in pairwise(letters))
        if row:
            above = _ROWS[row - 1]
            found.update(frozenset((letter, up)) for at, letter in enumerate(letters) for up in above[at : at + 2])
    return frozenset(found)


_NEIGHBOURS = _neighbours()


def reach(word: str) -> float:
    """The highest cost at which another word may still be what was meant: grows with the length of the word."""
    return 0.0 if len(word) < 4 else min(0.96 + 0.17 * (len(word) - 4), 2.6)


def sounds_like(word: str) -> str:
    """A rough key of how a word sounds: skjenke, sjenke and kjenke give one."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def cost(typed: str, meant: str) -> float:
    """What it costs to take `typed` for `meant`: 0 for the same word, about 1 for a chance letter.

    Optimal string alignment with costs by kind of error (Damerau 1964), or, if it is cheaper, the
    same between how both sound.
    """
    spelt = _aligned(typed, meant)
    heard_typed, heard_meant = sounds_like(typed), sounds_like(meant)
    if heard_typed == heard_meant:
        return min(spelt, 0.55)
    return min(spelt, 0.3 + _aligned(heard_typed, heard_meant))


def _aligned(typed: str, meant: str) -> float:
    before: list[float] = []
    last = [at * _GAP for at in range(len(meant) + 1)]
    for row, letter in enumerate(typed, 1):
        now = [row * _GAP + _FIRST]
        for column, other in enumerate(meant, 1):
            if letter == other:
                best = last[column - 1]
            else:
                best = last[column - 1] + _changed(letter, other) + (_FIRST if row == column == 1 else 0)
            extra = _DOUBLE if row > 1 and typed[row - 2] == letter else _GAP
            best = min(best, last[column] + extra)
            if column > 1 and meant[column - 2] == other:
                missing = _DOUBLE
            else:
                missing = _GAP - 0.15 * (other in _SILENT)
            best = min(best, now[column - 1] + missing)
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other and letter != other:
                best = min(best, before[column - 2] + _SWAP)
            now.append(best)
        before, last = last, now
    return last[-1]


def _changed(letter: str, other: str) -> float:
    pair = frozenset((letter, other))
    return _SOUND if pair in _SOUNDING else _NEIGHBOUR if pair in _NEIGHBOURS else _OTHER


def corrections(
    word: str,
    words: Sequence[str],
    frequency: Callable[[str], int],
    *,
    limit: int = 3,
    slack: float = 0.35,
    short: bool = False,
) -> list[tuple[str, float]]:
    """What `word` may be a slip for among `words`, likeliest first, each with its likeness 0..1.

    A common word is a likelier meaning than a rare one at the same cost. Only those within `slack`
    of the best are given. `short`: in words of three or four letters one is allowed to be wrong too.
    """
    bound = max(reach(word), _SHORT.get(len(word), 0.0) if short else 0.0)
    if not bound:
        return []
    rated = []
    for other in _within(word, words, math.ceil(bound / 0.8)):
        price = cost(word, other)
        if 0 < price <= bound:
            rated.append((price - 0.06 * math.log1p(frequency(other)), price, other))
    rated.sort()
    if not rated:
        return []
    likeliest, least, _ = rated[0]
    # What is less likely is worth no more than what is likelier, though it may cost less: of «bary», barn before bar.
    return [
        (other, round(1 - max(price, least + rank - likeliest) / 6, 3))
        for rank, price, other in rated[:limit]
        if rank <= likeliest + slack
    ]


def corrections_inside(
    word: str,
    is_first: Callable[[str], object],
    is_last: Callable[[str], object],
    words: Sequence[str],
    frequency: Callable[[str], int],
) -> list[tuple[str, float]]:
    """What `word` may be a slip for if it is a compound with one part misspelt: the other part must be known."""
    found: dict[str, float] = {}
    for at in range(4, len(word) - 3):
        first, last = word[:at], word[at:]
        if is_first(first):
            mended = [(first + other, likeness) for other, likeness in corrections(last, words, frequency, limit=1)]
        elif is_last(last):
            bare = first.removesuffix("s")
            link = first[len(bare) :]
            mended = [(other + link + last, likeness) for other, likeness in corrections(bare, words, frequency)]
        else:
            continue
        for other, likeness in mended:
            found[other] = max(likeness, found.get(other, 0.0))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:1]


def _within(word: str, words: Sequence[str], edits: int) -> Iterable[str]:
    """The words at most `edits` edits from `word` as spelt, or that sound the same."""
    from rapidfuzz import process  # heavy: loaded only when a word is not known
    from rapidfuzz.distance import OSA

    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=60)
    return [other for other, _, _ in near]
