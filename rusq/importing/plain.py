"""Plain text in, a document out. Knows wrapped lines, form feeds, underlined headings and running heads; no files.

A text that is in the kept form already (`document.kept_text`) comes back as the same blocks.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document, Note
from rusq.importing.flow import (
    has_words,
    is_contents_line,
    is_lead_in,
    item_mark,
    joined,
    may_be_heading,
    settled,
)
from rusq.importing.mend import is_mark, mended

_MARKED_HEADING = re.compile(r"(#{1,9})[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,}|_{3,}|\*{3,})\s*")
_CHAPTER = re.compile(r"(?:kapittel|del)?\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.:]?\s+[A-ZÆØÅ]", re.IGNORECASE)
_SUBCHAPTER = re.compile(r"\d{1,2}(?:(?:\.\d{1,2}){1,3}\.?)?\s+[A-ZÆØÅ]")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s")
_SENTENCE_END = re.compile(r"[.!?:;…][»”\"')\]]*$")
_LISTED = 4  # headings in a row that come again make a table of contents
_EDGE = 2  # lines at the head and foot of a page where a running head may stand


class _Line(NamedTuple):
    number: int
    page: int | None
    text: str  # outer white space kept at the beginning, for the indent
    feeds: tuple[int, ...]  # offsets into `text` of form feeds within the line, which it no longer holds
    after_gap: bool
    starts_page: bool


def read_plain(text: str, name: str) -> Document:  # noqa: ARG001
    """The headings, list items and paragraphs of a text, its wrapped lines joined."""
    notes: list[Note] = []
    lines = list(_lines(text))
    blocks: list[Block] = []
    if _is_kept(lines):
        blocks += _kept_blocks(lines)
    else:
        lines = _without_contents(_without_running_heads(lines, notes), notes)
        width = _wrapped_at(lines)
        bare = frozenset[int]() if width else _headings_without_gaps(lines)
        groups = list(_groups(lines))
        for at, group in enumerate(groups):
            blocks += _group_blocks(group, width, bare, goes_on=_goes_on(groups, at))
        blocks = settled(_with_levels(_without_listed_headings(blocks, notes)))
    title = blocks[0].text if blocks and blocks[0].kind == HEADING else ""
    return Document(tuple(blocks), title, tuple(notes))


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold anything, each with its page if the text has any, and whether a gap is before it."""
    paged = "\f" in text
    page, gap = 1, True
    for number, raw in enumerate(text.split("\n"), 1):
        opening = raw[: len(raw) - len(raw.lstrip())]
        page += opening.count("\f")
        pieces = raw[len(opening) :].rstrip().split("\f")
        words = "".join(pieces)
        if not words:
            page, gap = page + raw[len(opening) :].count("\f"), True
            continue
        feeds, at = [], 0
        for piece in pieces[:-1]:
            at += len(piece)
            feeds.append(at)
        indent = opening.replace("\f", "")
        place = page if paged else None
        fed = "\f" in opening
        yield _Line(
            number, place, indent + words, tuple(len(indent) + feed for feed in feeds), gap or fed, fed and not gap
        )
        page, gap = page + len(feeds) + raw[len(raw.rstrip()) :].count("\f"), False


# -- The kept form


def _is_kept(lines: Sequence[_Line]) -> bool:
    """Whether a text is as `kept_text` writes: marked headings, an empty line before these alone, no indents."""
    headings = [line for line in lines if _MARKED_HEADING.match(line.text)]
    gaps = [line for line in lines[1:] if line.after_gap and not line.starts_page]
    return bool(headings) and all(_MARKED_HEADING.match(line.text) for line in gaps) and not _has_indents(lines)


def _has_indents(lines: Sequence[_Line]) -> bool:
    return any(line.text[:1].isspace() for line in lines)


def _kept_blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    for line in lines:
        heading = _MARKED_HEADING.fullmatch(line.text)
        if heading:
            words = re.sub(r" #+$", "", heading[2])
            yield Block(HEADING, mended(words), len(heading[1]), line.page)
            continue
        cut = 2 if line.text.startswith(("• ", "◦ ")) else 0
        text = mended(line.text[cut:])
        if text:
            breaks = tuple(len(mended(line.text[cut:feed])) for feed in line.feeds)
            placed = tuple(place + (text[place : place + 1] == " ") for place in breaks)
            level = 2 if cut and line.text[0] == "◦" else 1
            yield Block(ITEM if cut else PARAGRAPH, text, level, line.page, placed)


# -- What is no part of the text


def _without_running_heads(lines: list[_Line], notes: list[Note]) -> list[_Line]:
    """The lines without those that stand at the head or foot of most pages, figures aside, and page numbers."""
    pages: dict[int | None, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    if len(pages) < 3:
        return lines
    edges = [line for page in pages.values() for line in {*page[:_EDGE], *page[-_EDGE:]}]
    often = Counter(_masked(line) for line in edges)
    enough = max(3, len(pages) // 3)
    running = {line.number for line in edges if often[_masked(line)] >= enough and len(line.text) <= 120}
    # A spread has two page numbers, one of them in its middle.
    running |= {line.number for line in lines if _is_page_number(line, len(pages))}
    heads = {mended(line.text) for line in edges if line.number in running and has_letters(line.text)}
    if running:
        quoted = f", such as «{min(heads, key=len)}»" if heads else ""
        notes.append(Note(f"left out {len(running)} running heads and page numbers{quoted}"))
    kept, gap = [], False
    for line in lines:
        if line.number in running:
            gap = True
        else:
            kept.append(line._replace(after_gap=line.after_gap or gap))
            gap = False
    return kept


def _is_page_number(line: _Line, pages: int) -> bool:
    words = line.text.strip().strip("–- ")
    return words.isdecimal() and line.after_gap and len(words) < 5 and int(words) <= 2 * pages + 20


def _masked(line: _Line) -> str:
    return re.sub(r"\d+", "0", mended(line.text)).lower()


def has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _without_contents(lines: list[_Line], notes: list[Note]) -> list[_Line]:
    """The lines without those of a table of contents: dots that lead to a page number."""
    contents = [line for line in lines if is_contents_line(line.text)]
    if contents:
        notes.append(Note(f"left out {len(contents)} lines of contents", line=contents[0].number))
    return [line for line in lines if not is_contents_line(line.text)]


# -- Lines to blocks


def _wrapped_at(lines: Sequence[_Line]) -> int:
    """How long the lines are that paragraphs are wrapped into, in characters; 0 where a line is a paragraph.

    Wrapped they are if many lines go on in the next one in the middle of a sentence.
    """
    pairs = [
        (line.text, after.text.lstrip(" \t-–—"))
        for line, after in pairwise(lines)
        if not after.after_gap and not item_mark([line.text, after.text], 1)
    ]
    full = sorted(len(line) for line, after in pairs if not _SENTENCE_END.search(line) and after[:1].islower())
    enough = 1 if len(pairs) < 4 else max(2, len(pairs) // 5)
    return full[len(full) // 2] if len(full) >= enough else 0


def _headings_without_gaps(lines: Sequence[_Line]) -> frozenset[int]:
    """The numbers of the lines that are headings though no empty line is around them, in a text of a line a paragraph.

    Chapter numbers tell; without, in a text that hardly has an empty line, that no sentence ends there, and that
    there are not several in a row, as in a list without marks.
    """
    likely = [
        may_be_heading(mended(line.text)) and not item_mark([line.text], 0) and not _NUMBERED.match(line.text.strip())
        for line in lines
    ]
    chapter = [likely[at] and _SUBCHAPTER.match(line.text.strip()) is not None for at, line in enumerate(lines)]
    found = {at for at, is_chapter in enumerate(chapter) if is_chapter}
    if sum(line.after_gap for line in lines) * 50 <= len(lines) or len(lines) < 50:
        bare = [is_likely and not is_chapter for is_likely, is_chapter in zip(likely, chapter, strict=True)]
        bare[:1] = [False]  # the title
        for at in range(1, len(lines) - 1):
            alone = bare[at] and not bare[at - 1] and not likely[at + 1]
            if alone and len(lines[at].text) <= 80 and len(lines[at + 1].text) > len(lines[at].text):
                found.add(at)
    return frozenset(lines[at].number for at in found)


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines without an empty one between them."""
    group: list[_Line] = []
    for line in lines:
        if group and line.after_gap:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(groups: Sequence[list[_Line]], at: int) -> bool:
    """Whether the next group goes on in the middle of a sentence, or this is one of several numbered lines."""
    near = [groups[index][0].text.strip() for index in (at - 1, at + 1) if 0 <= index < len(groups)]
    if at + 1 < len(groups) and near[-1][:1].islower():
        return True
    number = _NUMBERED.match(groups[at][0].text.strip())
    others = {int(found[1]) for found in map(_NUMBERED.match, near) if found}
    return number is not None and bool(others & {int(number[1]) - 1, int(number[1]) + 1})


def _group_blocks(group: list[_Line], width: int, bare: frozenset[int], *, goes_on: bool) -> Iterator[Block]:
    """One group as blocks: its first line may be a heading, underlined or set apart; the rest are items and prose.

    `goes_on`: its first line is no heading though it stands alone.
    """
    texts, at = [line.text for line in group], 0
    while at < len(group):
        line, below = group[at], group[at + 1].text.strip() if at + 1 < len(group) else ""
        marked = _MARKED_HEADING.fullmatch(line.text.strip())
        underlined = _UNDERLINE.fullmatch(below) and not is_mark(below) and has_words(line.text)
        if marked and has_words(marked[2]):
            words = re.sub(r"\s#+$", "", marked[2])
            yield Block(HEADING, mended(words), len(marked[1]), line.page)
            at += 1
        elif underlined and len(line.text) <= 2 * len(below) + 20:
            yield Block(HEADING, mended(line.text), 1 if below[0] == "=" else 2, line.page)
            at += 2
        elif line.number in bare or (at == 0 and not (goes_on and len(group) == 1) and _stands_apart(group, width)):
            yield Block(HEADING, mended(line.text), 0, line.page)
            at += 1
        else:
            end = _paragraph_end(texts, at, width)
            yield from _paragraph(group, texts, at, end)
            at = end


def _stands_apart(group: list[_Line], width: int) -> bool:
    """Whether the first line of a group is a heading though nothing marks it: it is alone, or list items follow."""
    line = group[0].text.strip()
    if not may_be_heading(mended(line)) or item_mark([line], 0):
        return False
    if len(group) == 1:
        return True
    following = group[1].text.strip()
    if item_mark([line.text for line in group[:9]], 1):
        return True
    # In a wrapped text a line that is much shorter than the next is no part of its paragraph.
    return not following[:1].islower() and (not width or 3 * len(line) < 2 * len(following))


def _paragraph_end(texts: list[str], at: int, width: int) -> int:
    """The index after the last line of the paragraph or list item that begins at `at`."""
    is_item = bool(item_mark(texts, at))
    indent = len(texts[at]) - len(texts[at].lstrip())
    for end in range(at + 1, len(texts)):
        before, here = texts[end - 1].strip(), texts[end]
        deeper = len(here) - len(here.lstrip()) > indent
        new = (
            item_mark(texts, end)
            or is_mark(here)
            or _MARKED_HEADING.fullmatch(here.strip())
            or _UNDERLINE.fullmatch(here.strip())
        )
        if new or (is_lead_in(before) and not here.strip()[:1].islower() and len(before) < 40):
            return end
        if is_mark(before) or (is_item and deeper):
            continue
        if not width or (deeper and not is_item):
            return end
        # A line that leaves room ends its paragraph, though no empty line says so.
        room = len(before) < (0.85 if is_item else 0.7) * width
        if _SENTENCE_END.search(before) and (is_item or room):
            return end
        if is_item and room and here.strip()[:1].isupper():
            return end
    return len(texts)


def _paragraph(group: list[_Line], texts: list[str], at: int, end: int) -> Iterator[Block]:
    """The lines from `at` to `end` as one block, with the pages that begin within it."""
    lines = group[at:end]
    mark = len(lines[0].text) if is_mark(lines[0].text) and len(lines) > 1 else item_mark(texts, at)
    pieces = [lines[0].text[mark:], *(line.text for line in lines[1:])]
    kind = ITEM if mark else PARAGRAPH
    whole = joined(pieces)
    breaks = []
    for number, line in enumerate(lines):
        cut = mark if number == 0 else 0
        breaks += [len(joined([*pieces[:number], line.text[cut:feed]])) for feed in line.feeds]
        if number and (line.page or 0) > (lines[number - 1].page or 0) + len(lines[number - 1].feeds):
            breaks.append(len(joined(pieces[:number])) + 1)
    if has_words(whole):
        # A break before a space belongs after it, where the words of the new page begin.
        placed = tuple(place + (whole[place : place + 1] == " ") for place in breaks)
        yield Block(kind, whole, page=lines[0].page, breaks=placed)


def _without_listed_headings(blocks: Sequence[Block], notes: list[Note]) -> list[Block]:
    """The blocks without headings that stand in a row with others and come again: a table of contents."""
    last = {block.text.lower(): at for at, block in enumerate(blocks) if block.kind == HEADING}
    listed: set[int] = set()
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].kind == HEADING:
            end += 1
        again = [place for place in range(at, end) if last[blocks[place].text.lower()] > place]
        listed.update(again if len(again) >= _LISTED else ())
        at = end + 1
    if listed:
        notes.append(Note(f"left out {len(listed)} lines of contents", page=blocks[min(listed)].page or 0))
    return [block for place, block in enumerate(blocks) if place not in listed]


def _with_levels(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, headings that nothing but their place marks (level 0) with a level.

    The first block of all is the title. Others go by their chapter number, or one below the chapter they are
    in; without chapters, capitals stand with the highest marked headings and the rest below all of these.
    """
    headings = [block for block in blocks[1:] if block.kind == HEADING]
    marked = {block.level for block in headings if block.level}
    loud = min(marked, default=1)
    ranked = [*marked, *(loud for block in headings if not block.level and _is_loud(block))]
    chapter_level, result = 0, list[Block]()
    for block in blocks:
        if block.kind == HEADING:
            chapter = _CHAPTER.match(block.text)
            if chapter:
                chapter_level = block.level or 1 + chapter[1].count(".")
            level = 1 if not result else chapter_level if chapter else chapter_level + 1
            if result and not chapter_level:
                level = loud if _is_loud(block) else max(ranked, default=0) + 1
            block = block._replace(level=block.level or level)
        result.append(block)
    return result


def _is_loud(block: Block) -> bool:
    return block.text.isupper()
