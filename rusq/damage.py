"""A kept text to the lines that look as if a reader had broken them, each with what is odd. Knows no files."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_LOWER, _UPPER = "a-zæøåäöéèêàôüóòíáñçšžčđŋŧ", "A-ZÆØÅÄÖÉÜŠŽČĐŊŦ"
# What is odd within one line.
_SIGNS = (
    ("a lost character", re.compile("\ufffd")),
    ("a control character", re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    # «oWentlig» for «offentlig»; but «iPad» and «eHelse» are written so.
    ("a capital within a word", re.compile(rf"(?<!\w)(?![ie][{_UPPER}])[{_LOWER}]+[{_UPPER}][{_LOWER}]{{2}}")),
    ("words run together", re.compile(rf"[{_LOWER}]{{3}}[{_UPPER}]{{2,}}[{_LOWER}]{{4}}")),
    (
        "a word torn apart into letters",
        re.compile(r" (?<=[^\W\d_] )(?<!\w\w )[^\W\d_] [^\W\d_] [^\W\d_](?= [^\W\d_](?!\w))"),
    ),
    ("dots that lead to a page number", re.compile(r"\. ?\. ?\. ?\. ?\.")),
    ("a very long word", re.compile(r"(?<!\w)[^\W\d_]{41}")),
)
_BROKEN_OFF = re.compile(rf"([{_LOWER}]+-)$")
_ENDED = (".", "!", "?", ":", ";", "…", "»", "”", '"', ")", "-", "–", ",")
_LONG = 40  # characters: a shorter line may be a heading, or what a list hangs on
_SHORT = 80  # characters: a running head is no longer
_PAGES = 3  # that a line opens or closes, to look like a running head
_TIMES = 5  # that it comes back in a text without pages


class Damage(NamedTuple):
    """A line, from 1, what is odd about it, and the words that are; `sign` is the same for all that are alike."""

    line: int
    sign: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.sign}: '{self.words}'" if self.words else self.sign


def damage(text: str, *, rows: bool = False) -> Iterator[Damage]:
    """The odd lines of a kept text, in order within each sign. Of `rows` only what one line can show is told."""
    yield from _within(text)
    if not rows:
        yield from _between(text.split("\n"))
        yield from _running_heads(text)


def _within(text: str) -> Iterator[Damage]:
    """The first word of each line that shows a sign, sign by sign."""
    for sign, pattern in _SIGNS:
        line, counted, end = 1, 0, -1
        for found in pattern.finditer(text):
            if found.start() < end:
                continue
            line += text.count("\n", counted, found.start())
            counted, end = found.start(), text.find("\n", found.start())
            yield Damage(line, sign, _word_around(text, *found.span()))
            if end < 0:
                break


def _word_around(text: str, start: int, end: int) -> str:
    """The characters from `start` to `end`, and what hangs on them without a space; "" for one not to be shown."""
    before = re.search(r"\S*\Z", text[max(0, start - 40) : start])
    after = re.match(r"\S*", text[end : end + 40])
    word = (before[0] if before else "") + text[start:end] + (after[0] if after else "")
    return word if word.isprintable() else ""


def _between(lines: list[str]) -> Iterator[Damage]:
    """Lines that the next one seems to go on from, and figures that stand alone."""
    held = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    for (number, line), (_, following) in zip(held, [*held[1:], (0, "")], strict=True):
        if _BROKEN_OFF.search(line):
            yield Damage(number, "a hyphen at the end of a line", line.split()[-1])
        elif line.isdecimal():
            yield Damage(number, "a number alone on its line", line)
        elif len(line) > _LONG and not line.startswith("#") and not line.endswith(_ENDED) and following[:1].islower():
            words = f"{' '.join(line.split()[-4:])} / {' '.join(following.split()[:4])}"
            yield Damage(number, "a sentence that goes on in the next line", words)


def _running_heads(text: str) -> Iterator[Damage]:
    """Lines at the top or the foot of several pages, or in even distances, whatever figures are in them; each once."""
    pages, at = [], 1
    for page in text.split("\f"):
        held = [(at + n, line.strip()) for n, line in enumerate(page.split("\n")) if line.strip()]
        pages.append(held)
        at += page.count("\n")
    if len(pages) == 1:
        yield from _in_even_distances(pages[0])
        return
    edges = [{_masked(line): n for n, line in (*held[:2], *held[-2:])} for held in pages]
    often = Counter(line for edge in edges for line in edge)
    for line, times in often.items():
        if times >= _PAGES and _may_run(line):
            first = next(edge[line] for edge in edges if line in edge)
            yield Damage(first, f"a line at the top or foot of {times} pages", line[:60])


def _in_even_distances(held: list[tuple[int, str]]) -> Iterator[Damage]:
    places: dict[str, list[int]] = {}
    for number, line in held:
        if len(line) <= _SHORT:
            places.setdefault(_masked(line), []).append(number)
    for line, numbers in places.items():
        gaps = [after - before for before, after in pairwise(numbers)]
        if len(numbers) >= _TIMES and _may_run(line) and min(gaps) > 1 and max(gaps) <= 2 * min(gaps):
            yield Damage(numbers[0], "a line that comes back in even distances", line[:60])


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _may_run(line: str) -> bool:
    """Whether a line may be a running head: it has letters, and nothing hangs on it."""
    return any(sign.isalpha() for sign in line) and not line.endswith(":")
