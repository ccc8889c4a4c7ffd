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
_HANGING = "◦"
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
_LEADING = frozenset("vil skal ønsker ønskjer bør må ikke ikkje for å at løsninger løysingar mål".split())
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
        "innst",
        "meld",
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


class _Piece(NamedTuple):
    line: _Line
    what: str  # a kind of statement, or why it is none
    start: int
    end: int
    section: str = ""
    lead_in: str | None = None


def parse_document(text: str, source: Source) -> Parsed:
    """The statements of `text`, numbered as `<source>-b01`, `<source>-p01`, and what was left out.

    For every statement `text[start:end] == statement.text`.
    """
    statements: list[Statement] = []
    omissions: list[Omission] = []
    counts = {BULLET: 0, PROSE: 0}
    for piece in _pieces(list(_lines(text))):
        line, words = piece.line, text[piece.start : piece.end]
        if piece.what not in counts:
            omissions.append(Omission(line.number, piece.start, piece.end, words, piece.what))
            continue
        counts[piece.what] += 1
        statements.append(
            Statement(
                id=f"{source.id}-{piece.what[0]}{counts[piece.what]:02d}",
                actor=source.actor,
                source=source.id,
                year=source.year,
                kind=piece.what,
                line=line.number,
                page=line.page and line.page + text.count("\f", line.start, piece.start),
                start=piece.start,
                end=piece.end,
                text=words,
                section=piece.section,
                lead_in=piece.lead_in,
            )
        )
    return Parsed(tuple(_with_speakers(statements)), tuple(omissions))


def _pieces(lines: list[_Line]) -> Iterator[_Piece]:
    """The lines cut into list items, sentences and what is neither, each with what it stands under."""
    sections: list[str] = []
    lead_in: str | None = None
    parent: str | None = None  # the item that those marked as hanging on it go on from: «… herunder:»
    for at, line in enumerate(lines):
        section = " › ".join(sections)
        if line.mark or line.text in _BULLETS:
            body = line.start + line.mark if line.mark else line.end
            yield _Piece(line, "list mark", line.start, body)
            if line.text[0] != _HANGING:
                parent = line.text[line.mark :] if line.text.endswith(":") else None
                above = lead_in
            else:
                above = " ".join(filter(None, (lead_in, parent))) or None
            if body < line.end:
                yield _Piece(line, BULLET, body, line.end, section, above)
            continue
        parent = None
        why = _omission(lines, at)
        spans = [] if why not in (None, "lead-in") else list(sentence_spans(line.text))
        # Of a lead-in only the last sentence is one; whole sentences before it are said all the same.
        rest = spans.pop() if why == "lead-in" else (0, len(line.text))
        for start, end in spans:
            yield _Piece(line, PROSE, line.start + start, line.start + end, section)
        if why is not None:
            yield _Piece(line, why, line.start + rest[0], line.end)
        if why == "heading":
            level, title = _heading(line.text)
            sections = [*sections[: level - 1], title]
        lead_in = line.text[rest[0] :] if why == "lead-in" else None if why in (None, "heading") else lead_in


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
    """Whether a sign ends a sentence: a capital or a figure must follow, and no abbreviation go before."""
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
    if len(last) == 1 and last.isalpha() and word[0].lstrip(_OPENING).isupper():
        return False  # an initial: «J. Hansen», and not «det samfunnet vi lever i.»
    return last not in _ABBREVIATIONS or (last in _ENDS_SENTENCES and following.isupper())


def _mark(text: str) -> int:
    """How many characters a bullet mark or a goal's number takes at the beginning, white space after it included."""
    head, *_ = text.partition(" " if " " in text[:6] else "\t")
    if "\u00a0" in head:
        head = head.partition("\u00a0")[0]
    numbered = head[-1:] in ".)" and (head[:-1].isdecimal() or (head[-1:] == ")" and head[:-1].isalpha()))
    if not (head in _BULLETS or (numbered and 1 < len(head) <= 4)) or len(head) == len(text):
        return 0
    return len(text) - len(text[len(head) :].lstrip(_BLANKS)) if text[len(head) :].strip(_BLANKS) else 0


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold anything but white space, trimmed, with their place in `text`."""
    paged = "\f" in text
    pages, last, at = 0, 0, 0
    for number, raw in enumerate(text.split("\n"), 1):
        offset, at = at, at + len(raw) + 1
        before, pages = pages, pages + raw.count("\f")
        stripped = raw.strip()
        if not stripped:
            continue
        start = offset + len(raw) - len(raw.lstrip())
        yield _Line(
            number=number,
            page=1 + before + raw.count("\f", 0, start - offset) if paged else None,
            start=start,
            end=start + len(stripped),
            text=stripped,
            mark=0 if _opens_with_a_date(stripped) else _mark(stripped),
            after_blank=number > last + 1,
        )
        last = number


def _opens_with_a_date(line: str) -> bool:
    day, _, rest = line.partition(".")
    return day.isdigit() and rest.split(None, 1)[:1] != [] and rest.split(None, 1)[0].lower().rstrip(".,") in _MONTHS


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
    if lowered in _NAVIGATION:
        return True
    return not lowered.endswith((".", "!", "?")) and (
        lowered.startswith(_NAVIGATION_OPENINGS) or lowered.split(None, 1)[0] == "les"
    )


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
            if sentences[-1].text.endswith(".") and "," in sentences[-1].text
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
