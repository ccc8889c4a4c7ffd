"""Lines of a PDF in, the same lines out in whole words where a font names its letters wrongly. Knows words only."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from rusq.importing.mend import HYPHENS, font_map, remapped
from rusq.importing.order import Line

_AROUND_WORDS = ".,;:!?«»()\"'”“…"
_PAIRS = ("ti", "tt", "ff", "fi", "ft", "fl", "tti", "ttf", "ffi", "fti", "fj", "tf")
_ODD_WITHIN = re.compile(
    r"(?<=[a-zæøå])(?:[A-ZÆØÅ]|\d|[^\w\s'’´`\-‐‑–/.,&@_«»])(?=[a-zæøå])|^[)>](?=[a-zæøå])"
    r"|(?<=[a-zæøå]{3})[A-ZÆØÅ](?=[.,;:!?»]*$)"  # at the end of a word: «straU»
)


def with_letters(lines: Sequence[Line]) -> tuple[list[Line], frozenset[str]]:
    """The lines with the letters that broken fonts' signs stand for; and all their words, in lower case.

    What stands for what is told for the whole document first, then for each family of fonts by itself.
    """
    words = {word for line in lines for word in line.piece.text.split()}
    table = font_map(words)
    if table:
        lines = [_with_text(line, remapped(line.piece.text, table)) for line in lines]
        words = {remapped(word, table) for word in words}
    known = frozenset(word.strip(_AROUND_WORDS) for word in map(str.lower, words))
    odd = {word for word in words if not _is_plain(word) and _ODD_WITHIN.search(word)}
    repairs = _repairs(lines, odd, known) if odd else {}
    if not any(repairs.values()):
        return list(lines), known
    return [_with_text(line, _repaired(line.piece.text, repairs[line.piece.family])) for line in lines], known


def parts_words(lines: Sequence[Line]) -> bool:
    """Whether a document parts words at the ends of its lines: one line in a hundred, if it has as many."""
    ends = sum(line.piece.text[-1] in HYPHENS and line.piece.text[-2:-1].isalpha() for line in lines)
    return len(lines) < 100 or 100 * ends >= len(lines)


def _is_plain(word: str) -> bool:
    core = word.strip(_AROUND_WORDS)
    return core.isalpha() and (core[1:].islower() or not core[1:]) and word[0] not in ")>"


def _with_text(line: Line, text: str) -> Line:
    return line if text == line.piece.text else line._replace(piece=line.piece._replace(text=text))


def _repaired(text: str, repairs: dict[str, str]) -> str:
    return " ".join(repairs.get(word, word) for word in text.split(" ")) if repairs else text


def _repairs(lines: Sequence[Line], odd: Collection[str], known: Collection[str]) -> dict[str, dict[str, str]]:
    """For each family of fonts, what its broken words are in whole letters."""
    by_family: dict[str, set[str]] = {}
    for line in lines:
        by_family.setdefault(line.piece.family, set()).update(line.piece.text.split())
    return {family: _of_family(words, odd, known) for family, words in by_family.items()}


def _of_family(words: Collection[str], odd: Collection[str], known: Collection[str]) -> dict[str, str]:
    broken = [word for word in words if word in odd]
    votes: dict[str, Counter[str]] = {}
    repairs: dict[str, str] = {}
    for word in broken:
        for sign in set(_ODD_WITHIN.findall(word)):
            pair = next((pair for pair in _PAIRS if _is_known(word.replace(sign, pair), known)), None)
            if pair is not None:
                repairs[word] = word.replace(sign, pair)
                votes.setdefault(sign, Counter())[pair] += 1
    # One known word may be chance, but for a sign that is no letter two are a font's habit.
    table = {
        sign: counts.most_common(1)[0][0]
        for sign, counts in votes.items()
        if not sign.isalpha() and counts.most_common(1)[0][1] >= 2
    }
    if table:
        repairs.update(_by_table(words, table, known))
    return repairs


def _by_table(words: Iterable[str], table: dict[str, str], known: Collection[str]) -> dict[str, str]:
    """The words that hold a sign of the table within, or that it makes known words of."""
    repairs = {}
    for word in words:
        whole = word
        for sign, pair in table.items():
            if sign in whole:
                within = re.sub(rf"(?<=[a-zæøå]){re.escape(sign)}(?=[a-zæøå])", pair, whole)
                everywhere = within.replace(sign, pair)
                whole = everywhere if _is_known(everywhere, known) else within
        if whole != word:
            repairs[word] = whole
    return repairs


def _is_known(word: str, known: Collection[str]) -> bool:
    return word.lower().strip(_AROUND_WORDS) in known
