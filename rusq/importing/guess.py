"""What a text says of itself to its title, year and actor, each with what that rests on. Nothing is invented.

A guess is made only where one answer stands out; where two do, there is none, and `why` tells of them.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from rusq.model import Actor
from rusq.norwegian.tokens import ascii_spelling, fold

_OPENING_LINES, _OPENING_SIGNS = 25, 3000  # what counts as the first page of a text without pages
_SHORT = 90  # a line that names its period as titles do is no longer
_MOST_YEARS = 12  # of a programme, a plan
_EARLIEST = 1900
_NO_TITLES = frozenset(
    "innhold innhald innholdsfortegnelse innhaldsliste forord føreord innledning innleiing contents untitled".split()
)
_PERIOD = re.compile(r"(?<!\d)(\d{4}) ?[-–—/] ?(\d{4}|\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_INTENDS = r" (vil|skal|ønsker|ønskjer|mener|meiner|krever|krev|foreslår|går inn for|arbeider for|arbeidar for)\b"
_LEAST_OFTEN = 3  # «X vil» so many times, and twice as often as any other


class Guess(NamedTuple):
    """A value and what it rests on, in words; `value` None where nothing stands out."""

    value: str | int | None
    why: str = ""


class Clues(NamedTuple):
    """What there is to guess from: the name of the file, the title it states itself, and the text that is kept."""

    name: str
    title: str
    text: str

    def opening(self) -> list[tuple[int, str]]:
        """The lines of the first page, each with its number in the text."""
        lines = [(number, line) for number, line in enumerate(self.text[:_OPENING_SIGNS].split("\n"), 1)]
        return [(number, line.strip("# •\f")) for number, line in lines if line.strip("# •\f")][:_OPENING_LINES]


def title_of(clues: Clues) -> Guess:
    """The title that the file states itself, or else its first heading."""
    stated = tidy(clues.title)
    if _is_title(stated, clues.name):
        return Guess(stated, "the file says so")
    heading = next((line.lstrip("#\f ") for line in clues.text.split("\n") if line.lstrip("\f").startswith("#")), "")
    if _is_title(heading, clues.name):
        return Guess(heading, "the first heading")
    return Guess(None)


def _is_title(words: str, name: str) -> bool:
    """Whether these can be a title: not the name of a file, nor what every document calls its parts."""
    bare = fold(words)
    if not words or len(words) > 200 or not any(sign.isalpha() for sign in words) or bare in _NO_TITLES:
        return False
    looks_like_a_file = re.search(r"\.(?:docx?|pdf|indd|html?|txt|md|pptx?|odt|rtf)$", bare)
    return not (looks_like_a_file or bare == fold(PurePath(name).stem) or bare.startswith("microsoft word"))


def year_of(clues: Clues, *, this_year: int) -> Guess:
    """The year a text is from: the first of the period it is for («2025–2029»), or the one its title names.

    `why` is a sentence for `dating`. Looked for in the title, then in short lines of the first page
    (periods only), then in the name of the file.
    """
    title = title_of(clues).value
    if isinstance(title, str):
        years = set(_years(title, this_year))
        if len(years) == 1:
            return Guess(years.pop(), _told(title, "its title"))
    periods: dict[int, str] = {}
    for number, line in clues.opening():
        if len(line) <= _SHORT:
            for year in _periods(line):
                periods.setdefault(year, _told(line, f"line {number}"))
    if len(periods) == 1:
        return Guess(*next(iter(periods.items())))
    if periods:
        return Guess(None, "the first page names several periods")
    years = set(_years(PurePath(clues.name).stem, this_year))
    if len(years) == 1:
        return Guess(years.pop(), f"The name of the file, '{clues.name}', says so.")
    return Guess(None)


def _told(line: str, where: str) -> str:
    period = "the first year of the period it is for" if _PERIOD.search(line) else "the year that it names"
    return f"«{line}» ({where}): {period}."


def _periods(line: str) -> Iterator[int]:
    """The first year of each period of some years that the line names."""
    for found in _PERIOD.finditer(line):
        first, last = int(found[1]), int(found[2])
        last += first // 100 * 100 if len(found[2]) == 2 else 0
        if first >= _EARLIEST and 1 <= last - first <= _MOST_YEARS:
            yield first


def _years(line: str, this_year: int) -> Iterator[int]:
    """The first years of periods, or else the single years that are past or at hand."""
    periods = list(_periods(line))
    yield from periods
    if not periods and not _PERIOD.search(line):
        yield from (int(year) for year in _YEAR.findall(line) if _EARLIEST <= int(year) <= this_year + 1)


def actor_of(clues: Clues, actors: Mapping[str, Actor], ordinary: Container[str] = ()) -> Guess:
    """Whose text it is: named by the file's name, by the title, by «X vil», or by short lines of the first page.

    A name of one letter counts only before a year, as in «h2017.txt», and one that is an `ordinary` word
    never. A government is never guessed: all name it, and the word does not say which.
    """
    named = _Names({actor.id: actor for actor in actors.values() if actor.kind != "government"}, ordinary)
    speaking = named.speaking(clues.text)
    title = tidy(clues.title)
    for found, why in (
        (named.in_file_name(clues.name), f"the name of the file, '{clues.name}'"),
        (set(named.within(title)), f"its title, «{title}»"),
    ):
        if len(found) == 1:
            (actor,) = found
            if speaking is None or speaking[0] == actor:
                return Guess(actor, why)
            return Guess(None, f"{why}, names {actor}, but {speaking[1]}")
    if speaking is not None:
        return Guess(*speaking)
    lines = [line for _, line in clues.opening() if len(line) <= _SHORT and not line.endswith((".", "!", "?", ":"))]
    on_page = dict.fromkeys(actor for line in lines for actor in named.within(line))
    if len(on_page) == 1:
        (actor,) = on_page
        line = next(line for line in lines if actor in named.within(line))
        return Guess(actor, f"«{line}» on its first page")
    return Guess(None, f"its first page names {' and '.join(on_page)}" if on_page else "")


class _Names:
    """The names of actors as they stand in running text: with a capital, whole words, a genitive's s allowed."""

    def __init__(self, actors: Mapping[str, Actor], ordinary: Container[str]) -> None:
        self._written: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
        for actor in actors.values():
            for name in (actor.id, actor.name, *actor.aliases):
                if len(name) > 1 and fold(name) not in ordinary:
                    self._spelt.setdefault(_spelling(name), actor.id)
                    if name[0].isupper():
                        self._written.setdefault(name, actor.id)
        self._loud = {name.upper(): actor for name, actor in self._written.items()}
        self._letters = {actor.lower(): actor for actor in actors if len(actor) == 1}
        longest_first = sorted(self._written, key=len, reverse=True)
        self._any = rf"(?<![\w-])({'|'.join(map(re.escape, longest_first)) or '(?!)'})(?:s|['’]s?)?(?![\w-])"

    def within(self, line: str) -> list[str]:
        """The actor of each name in the line, longer names before those they hold."""
        if line.isupper():
            return [self._loud[name.upper()] for name in re.findall(f"(?i:{self._any})", line)]
        return [self._written[name] for name in re.findall(self._any, line)]

    def speaking(self, text: str) -> tuple[str, str] | None:
        """(actor, how one can tell) of who is said to intend something, if one is so far more than any other."""
        said = Counter((self._written[name], f"{name} {verb}") for name, verb in re.findall(self._any + _INTENDS, text))
        times: Counter[str] = Counter()
        for (actor, _), often in said.items():
            times[actor] += often
        ranked = times.most_common(2)
        if not ranked or ranked[0][1] < _LEAST_OFTEN or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        actor = ranked[0][0]
        words = next(words for (who, words), _ in said.most_common() if who == actor)
        return actor, f"the text says «{words}» or the like {ranked[0][1]} times"

    def in_file_name(self, name: str) -> set[str]:
        """The actors named by the words of a file's name."""
        stem = PurePath(name).stem
        letter = re.match(r"([a-zæøå])[-_ ]?(?:19|20)\d\d(?!\d)", stem.lower())
        if letter and letter[1] in self._letters:
            return {self._letters[letter[1]]}
        words = re.findall(r"[^\W\d_]+", stem)
        found: dict[tuple[int, int], str] = {}
        for start in range(len(words)):
            for stop in range(len(words), start, -1):
                spelt = _spelling(" ".join(words[start:stop]))
                actor = self._spelt.get(spelt) or (self._spelt.get(spelt[:-1]) if spelt.endswith("s") else None)
                if actor and not any(one <= start and stop <= other for one, other in found):
                    found[start, stop] = actor
        return set(found.values())


def tidy(words: str) -> str:
    """`words` on one line, with single spaces and nothing that cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _spelling(name: str) -> str:
    return ascii_spelling(fold(name)).replace("-", " ").replace("_", " ").replace(".", "")
