"""One document's text in, statements and omissions out. Knows bullets, headings and sentences; not files or stems.

A document is read line by line, a line being a paragraph, a list item, a heading or nothing. Every
character ends up in a statement, in an omission with its reason, or is white space between them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rusq.model import BULLET, PROSE, Omission, Source, Statement

# Few patterns, and the rest by words: compiling a pattern costs more at start-up than reading five texts.
# An en dash opens spoken words, so it is no bullet.
_BULLETS = frozenset("•·▪◦‣●○■□➢➤✓*+-")
_BLANKS = " \t\u00a0"
_PAUSE = re.compile(r"[.!?…]+[»”\"')\]]*\s+")
# «sier helse- og omsorgsminister Bent Høie.» at the end of a paragraph: the words before it are spoken.
_SAYS = r",\s+(?:sier|seier|sa|mener|uttaler)\s+(?:[a-zæøå-]+\s+)*((?:[A-ZÆØÅ][\w-]+\s*)+)\.$"

_NAVIGATION = frozenset(("forsiden", "historisk arkiv", "skriv ut", "del", "til toppen", "tilbake"))
_NAVIGATION_OPENINGS = ("publisert under: ", "publisert: ", "utgiver: ", "sist oppdatert", "del på ", "hopp til ")
_CREDIT_OPENINGS = ("foto:", "foto :", "illustrasjon:", "fotograf:")
_CAPTION_WORDS = ("illustrasjonsfoto", "illustrasjonsbilde")
_ENDINGS = ".!?…:;"
_CLOSING = "»”\"')]"
_OPENING = "«“\"'([–—- "
# A short line before a list that ends in one of these words is what the items hang on («Venstre vil»).
_LEADING = frozenset(
    ["vil", "skal", "ønsker", "ønskjer", "bør", "må", "for", "å", "at", "løsninger", "løysingar", "mål"]
)
_HEADING_LENGTH = 110

_ABBREVIATIONS = frozenset(
    [
        "adr",
        "ang",
        "art",
        "avd",
        "bl",
        "bl.a",
        "ca",
        "cand",
        "dr",
        "dvs",
        "e.kr",
        "evt",
        "f",
        "f.eks",
        "f.kr",
        "fl",
        "fork",
        "f.o.m",
        "fr",
        "gt",
        "inkl",
        "iht",
        "ifm",
        "ift",
        "jf",
        "jfr",
        "kap",
        "kgl",
        "kl",
        "kr",
        "kst",
        "lic",
        "maks",
        "m.a",
        "m.fl",
        "mill",
        "min",
        "m.m",
        "mrd",
        "mv",
        "nr",
        "o.a",
        "o.l",
        "osv",
        "pga",
        "pkt",
        "prof",
        "prop",
        "red",
        "ref",
        "s",
        "s.k",
        "sst",
        "st",
        "st.meld",
        "t.d",
        "t.o.m",
        "tlf",
        "ung",
        "vedr",
        "vol",
        "årg",
    ]
)
_ENDS_SENTENCES = frozenset(("osv", "mv", "m.m", "m.fl", "o.l", "o.a"))
_MONTHS = frozenset(
    [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ]
)


class Parsed(NamedTuple):
    """What one document holds: the statements in reading order, and all that is not one."""

    statements: tuple[Statement, ...]
    omissions: tuple[Omission, ...]


class _Line(NamedTuple):
    number: int
    page: int | None
    start: int
    end: int
    text: str
    mark: int  # characters taken by a bullet mark; 0 for none
    after_blank: bool


def parse_document(text: str, source: Source) -> Parsed:
    """The statements of `text`, numbered as `<source>-b01`, `<source>-p01`, and what was left out.

    For every statement `text[start:end] == statement.text`.
    """
    statements: list[Statement] = []
    omissions: list[Omission] = []
    sections: list[str] = []
    lead_in: str | None = None
    counts = {BULLET: 0, PROSE: 0}
    lines = list(_lines(text))

    def omit(line: _Line, start: int, end: int, why: str) -> None:
        omissions.append(Omission(line.number, start, end, text[start:end], why))

    def state(line: _Line, kind: str, start: int, end: int) -> None:
        counts[kind] += 1
        statements.append(
            Statement(
                id=f"{source.id}-{kind[0]}{counts[kind]:02d}",
                actor=source.actor,
                source=source.id,
                year=source.year,
                kind=kind,
                line=line.number,
                page=line.page,
                start=start,
                end=end,
                text=text[start:end],
                section=" › ".join(sections),
                lead_in=lead_in if kind == BULLET else None,
            )
        )

    for at, line in enumerate(lines):
        if line.mark:
            omit(line, line.start, line.start + line.mark, "list mark")
            state(line, BULLET, line.start + line.mark, line.end)
            continue
        why = _omission(lines, at)
        if why is None:
            lead_in = None
            for start, end in sentence_spans(line.text):
                state(line, PROSE, line.start + start, line.start + end)
            continue
        omit(line, line.start, line.end, why)
        if why == "heading":
            level, title = _heading(line.text)
            sections = [*sections[: level - 1], title]
            lead_in = None
        elif why == "lead-in":
            lead_in = line.text
    return Parsed(tuple(_with_speakers(statements)), tuple(omissions))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph as (start, end), outer white space left off."""
    start = 0
    for found in _PAUSE.finditer(text):
        ended = found.start() + len(found.group().rstrip())
        if _ends_sentence(text[start : found.start()], found.group()[0], text[found.end() :]):
            yield start, ended
            start = found.end()
    if start < len(text):
        yield start, len(text)


def _ends_sentence(before: str, sign: str, after: str) -> bool:
    """Whether the sign after `before` ends a sentence: a capital or a figure must follow, and no abbreviation go before."""
    following = after.lstrip(_OPENING)[:1]
    if not (following.isupper() or following.isdigit()):
        return False
    if sign != ".":
        return True
    word = before.rsplit(None, 1)[-1:]
    last = word[0].lstrip(_OPENING).lower() if word else ""
    if last.isdigit() and len(last) <= 2:
        month = after.split(None, 1)[0].lower().rstrip(".,")
        return not following.isdigit() and month not in _MONTHS
    if len(last) == 1 and last.isalpha():
        return False  # an initial: «J. Hansen»
    return last not in _ABBREVIATIONS or (last in _ENDS_SENTENCES and following.isupper())


def _mark(text: str) -> int:
    """How many characters a bullet mark or a goal's number takes at the beginning, white space after it included."""
    head, _, rest = text.partition(" ") if " " in text[:6] else text.partition("\t")
    if "\u00a0" in head:
        head = head.partition("\u00a0")[0]
    numbered = head[-1:] in ".)" and (head[:-1].isdecimal() or (head[-1:] == ")" and head[:-1].isalpha()))
    if not (head in _BULLETS or (numbered and 1 < len(head) <= 4)) or len(head) == len(text):
        return 0
    return len(text) - len(text[len(head) :].lstrip(_BLANKS)) if text[len(head) :].strip(_BLANKS) else 0


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold anything but white space, trimmed, with their place in `text`."""
    paged = "\f" in text
    page, last, at = 1, 0, 0
    for number, raw in enumerate(text.split("\n"), 1):
        offset, at = at, at + len(raw) + 1
        page += raw.count("\f") if paged else 0
        stripped = raw.strip()
        if not stripped:
            continue
        start = offset + len(raw) - len(raw.lstrip())
        yield _Line(
            number=number,
            page=page if paged else None,
            start=start,
            end=start + len(stripped),
            text=stripped,
            mark=_mark(stripped),
            after_blank=number > last + 1,
        )
        last = number


def _omission(lines: list[_Line], at: int) -> str | None:
    """Why a line without a bullet is no statement, or None if it is one."""
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if line.text.startswith("#") and line.text.lstrip("#").startswith((" ", "\t")):
        return "heading"
    lowered = line.text.lower()
    if _is_navigation(lowered):
        return "navigation"
    if lowered.startswith(_CREDIT_OPENINGS) or any(word in lowered for word in _CAPTION_WORDS):
        return "caption"
    if following is not None and following.mark and (lowered.endswith(":") or lowered.split()[-1] in _LEADING):
        return "lead-in"
    ended = lowered.rstrip(_CLOSING).endswith(tuple(_ENDINGS))
    if not ended and len(line.text) <= _HEADING_LENGTH and (line.after_blank or at == 0):
        return "heading"
    return None


def _is_navigation(lowered: str) -> bool:
    if lowered in _NAVIGATION or lowered.startswith(_NAVIGATION_OPENINGS):
        return True
    return lowered.split(None, 1)[0] == "les" and not lowered.endswith((".", "!", "?"))


def _heading(text: str) -> tuple[int, str]:
    """A heading's level (1 = top) and its words."""
    bare = text.lstrip("#")
    return max(1, len(text) - len(bare)), bare.strip().rstrip("#").rstrip()


def _with_speakers(statements: list[Statement]) -> Iterator[Statement]:
    """The same statements, those spoken by someone with the speaker's name.

    A paragraph is spoken if it opens with an en dash or closes with «…, sier NAME.». One without a
    name takes the next name given: the words go on in the paragraph that has it.
    """
    paragraphs: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.kind == PROSE:
            paragraphs.setdefault(statement.line, []).append(statement)
    names: dict[int, str] = {}
    full_names: list[str] = []
    waiting: list[int] = []
    for number, sentences in paragraphs.items():
        said = (
            re.search(_SAYS, sentences[-1].text)
            if sentences[-1].text.endswith(".") and ", s" in sentences[-1].text
            else None
        )
        if said:
            name = said.group(1).strip()
            full = next((known for known in full_names if known.endswith(" " + name)), name)
            full_names.append(full)
            names.update(dict.fromkeys([*waiting, number], full))
            waiting = []
        elif sentences[0].text.startswith(("–", "—")):
            waiting.append(number)
        else:
            waiting = []
    for statement in statements:
        name = names.get(statement.line) if statement.kind == PROSE else None
        yield statement._replace(speaker=name) if name else statement
