"""One document's text in, statements and omissions out. Knows bullets, headings and sentences; not files or stems.

A document is read line by line, a line being a paragraph, a list item, a heading or nothing. Every
character ends up in a statement, in an omission with its reason, or is white space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rusq.model import BULLET, PROSE, Omission, Source, Statement

_LINE = re.compile(r"[^\n]+")
# A bullet mark or a goal's number, and the white space after it. An en dash opens spoken words, so it is none.
_MARK = re.compile(r"(?:[•·▪◦‣●○■□➢➤✓*+-]|\d{1,3}[.)]|[a-z]\))[ \t\u00a0]+(?=\S)")
_HEADING_MARK = re.compile(r"(#{1,6})[ \t]+")
_NAVIGATION = re.compile(
    r"(?:forsiden|historisk arkiv|publisert under: .*|publisert: .*|utgiver: .*|sist oppdatert.*|skriv ut|del"
    r"|del på .*|til toppen|tilbake|hopp til .*|les\s(?!.*[.!?]$).*)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"(?:foto|illustrasjon|fotograf)\s*:", re.IGNORECASE)
_CAPTION = re.compile(r"illustrasjons(?:foto|bilde)", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:;][»”\"')\]]*$")
# A short line before a list that ends in one of these words is what the items hang on («Venstre vil»).
_LEADING = re.compile(r"\b(?:vil|skal|ønsker|ønskjer|bør|må|for|å|at|løsninger|løysingar|mål)$", re.IGNORECASE)
_HEADING_LENGTH = 110

# «sier helse- og omsorgsminister Bent Høie.» at the end of a paragraph: the words before it are spoken.
_SAYS = re.compile(r",\s+(?:sier|seier|sa|mener|uttaler)\s+(?:[a-zæøå-]+\s+)*((?:[A-ZÆØÅ][\w-]+\s*)+)\.$")

_SENTENCE_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s+[«“\"'(\[–—-]*\s*[A-ZÆØÅÄÖ0-9])")
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
_MONTHS = re.compile(
    r"\s+(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)", re.IGNORECASE
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
    for found in _SENTENCE_END.finditer(text):
        if _ends_sentence(text, start, found):
            yield start, found.end()
            start = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    if start < len(text):
        yield start, len(text)


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    if end.group()[0] != ".":
        return True
    word = text[start : end.start()].rsplit(None, 1)[-1:]
    last = word[0].lstrip("(«“\"'").lower() if word else ""
    following = text[end.end() :].lstrip()[:1]
    if last.isdigit() and len(last) <= 2:
        return not _MONTHS.match(text, end.end()) and not following.isdigit()
    if len(last) == 1 and last.isalpha():
        return False  # an initial: «J. Hansen»
    return last not in _ABBREVIATIONS or (last in _ENDS_SENTENCES and following.isupper())


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold anything but white space, trimmed, with their place in `text`."""
    paged = "\f" in text
    page, number, seen, last = 1, 1, 0, 0
    for found in _LINE.finditer(text):
        raw = found.group()
        number += text.count("\n", seen, found.start())
        seen = found.start()
        page += raw.count("\f") if paged else 0
        stripped = raw.strip()
        if not stripped:
            continue
        start = found.start() + len(raw) - len(raw.lstrip())
        mark = _MARK.match(stripped)
        yield _Line(
            number=number,
            page=page if paged else None,
            start=start,
            end=start + len(stripped),
            text=stripped,
            mark=mark.end() if mark else 0,
            after_blank=number > last + 1,
        )
        last = number


def _omission(lines: list[_Line], at: int) -> str | None:
    """Why a line without a bullet is no statement, or None if it is one."""
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if _HEADING_MARK.match(line.text):
        return "heading"
    if _NAVIGATION.fullmatch(line.text):
        return "navigation"
    if _CREDIT.match(line.text) or _CAPTION.search(line.text):
        return "caption"
    before_list = following is not None and following.mark > 0
    if before_list and (line.text.endswith(":") or _LEADING.search(line.text)):
        return "lead-in"
    if not _ENDED.search(line.text) and len(line.text) <= _HEADING_LENGTH and (line.after_blank or at == 0):
        return "heading"
    return None


def _heading(text: str) -> tuple[int, str]:
    """A heading's level (1 = top) and its words."""
    mark = _HEADING_MARK.match(text)
    return (len(mark.group(1)), text[mark.end() :].rstrip("# ")) if mark else (1, text)


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
        said = _SAYS.search(sentences[-1].text)
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
