"""Lines that belong together in, paragraphs and list items out. Knows marks and hyphens; no formats or files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block
from rusq.importing.mend import HYPHENS, bullet, is_mark, mended, unbroken
from rusq.parse import sentence_spans

_DASHES = "–—-‐−"
_SPOKEN = re.compile(r"[,!?]»?\s+(?:sier|seier|sa|mener|meiner|uttaler|forteller|fortel|fortsetter|spør|svarer)\b")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\.\s){4,}|_{4,})\s*\d{0,4}\s*$")
_NUMBER = re.compile(r"(?:\d{1,3}[.)] |[a-zæøå]\) )(?=[^\W\d_a-zæøå]|[«\"“])|\d{1,2}[.)](?=[A-ZÆØÅ][A-ZÆØÅa-zæøå ])")
_DASHED = re.compile(r"[–—] \S")
_NOTE_MARK = re.compile(r"\[?\(?(?:\d{1,3}|[*†‡])\)?\]?")
# Words on which no line ends of itself, only one that was cut.
_UNFINISHED = frozenset(
    "og eller som å at på i av til for med en ei et den det de er har kan om fra ved mot ikke men der når".split()
)
# The last word of a line that a list hangs on: «Vi vil», «Partiet ønsker å».
_LEADING = frozenset("vil skal ønsker ønskjer bør må for å at mål løsninger løysingar".split())
_CREDITS = ("foto:", "foto :", "illustrasjon:", "fotograf:", "kilde:")
HEADING_LENGTH = 110
_NEAR = 40  # lines that tell whether a dash is a list's


def joined(lines: Iterable[str]) -> str:
    """Wrapped lines as one, words broken at their ends whole again, and mended."""
    text = ""
    for line in (line.strip() for line in lines):
        if text and line and text[-1] in HYPHENS and text[-2:-1].isalnum():
            text = unbroken(text, line)
        elif line:
            text = f"{text} {line}" if text else line
    return mended(text)


def blocks_of(lines: Sequence[str], *, kind: str = PARAGRAPH, depth: int = 0) -> list[Block]:
    """The lines of one paragraph as blocks: a list item from each line that opens with a mark, the rest joined.

    `kind` is what the lines before the first mark are, `depth` how many lists they stand in. Each block's level
    is how deep it stands, or would as an item; `settled` makes of it what a block's level is. Blocks without a
    letter or figure are left out.
    """
    pieces: list[tuple[str, list[str]]] = [(kind, [])]
    for at, line in enumerate(lines):
        mark = 0 if kind == HEADING else len(line) if is_mark(line) else item_mark(lines, at)
        if mark:
            pieces.append((ITEM, [line[mark:]]))
        else:
            pieces[-1][1].append(line)
    found = [Block(kind, joined(lines), depth + 1) for kind, lines in pieces]
    if kind == ITEM:
        # Marks written right after the list's own are of the same items, not of some within them.
        own = 1 if has_words(found[0].text) else len(found)
        found[:own] = [block._replace(level=max(depth, 1)) for block in found[:own]]
    return [block for block in found if has_words(block.text)]


def item_mark(lines: Sequence[str], at: int) -> int:
    """How many characters the mark of a list item takes in line `at` of a paragraph, 0 if it is none.

    A dash may stand within a wrapped sentence, and a long one may open speech: it is a mark beside its like
    or where a sentence, a lead-in or a short line ends before it, and never where someone «sier» the words.
    """
    line = lines[at]
    mark, dash = bullet(line), line.lstrip()[:1]
    if not mark or dash not in _DASHES:
        return mark
    near = lines[max(0, at - _NEAR) : at + _NEAR]
    alike = [other for other in near if other.lstrip()[:1] == dash and bullet(other)]
    words, before = line[mark:], lines[at - 1].strip() if at else ""
    if _SPOKEN.search(words):
        return 0
    apart = len(before) < 40 or before.endswith((".", ":", "!", "?", ";")) or is_lead_in(before)
    if dash in "-‐−":
        return mark if apart or len(alike) > 1 else 0
    listed = len(alike) > 1 and not any(map(_SPOKEN.search, alike))
    lead = next((other for other in reversed(lines[max(0, at - _NEAR) : at]) if other not in alike), "")
    return mark if listed or is_lead_in(lead) or (apart and words[:1].islower()) else 0


def is_lead_in(text: str) -> bool:
    """Whether a line is what the list after it hangs on."""
    words = text.rstrip().lower().split()
    return bool(words) and (words[-1].endswith(":") or (len(words) < 8 and words[-1] in _LEADING))


def has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def may_be_heading(text: str) -> bool:
    """Whether a line that stands alone can be a heading: short, with letters, and no sentence or lead-in."""
    bare = text.rstrip("»”\"')]")
    return (
        0 < len(text) <= HEADING_LENGTH
        and any(map(str.isalpha, text))
        and not bare.endswith((".", "!", "…", ":", ";", ",", "-"))
        and not is_lead_in(text)
        and not text[:1].islower()
        and text.rsplit(None, 1)[-1].lower() not in ("og", "eller", "som", "å", "at", "en", "et")
        and not text.startswith(("–", "—"))
        and not text.lower().startswith(_CREDITS)
    )


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised signs refer to a footnote: figures after a word or a sentence, not a unit's («m²»)."""
    word = re.search(r"[^\W\d]*$", before)
    after_word = (word is not None and len(word[0]) > 2) or before.rstrip()[-1:] in tuple(".,;:!?»”)")
    return _NOTE_MARK.fullmatch(raised.strip()) is not None and after_word


def is_contents_line(text: str) -> bool:
    """Whether a line is of a table of contents: dots that lead to a page number."""
    return _LEADERS.search(text) is not None


def settled(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; numbered paragraphs become list items, and sentences cut in two are whole again.

    The level of an item or a paragraph is taken for how deep in lists it stands, as `blocks_of` has it.
    """
    result: list[Block] = []
    for block in _with_dashed_items([_without_number(block) for block in blocks]):
        if result and _goes_on(result[-1], block):
            result[-1] = _together(result[-1], block)
        else:
            result.append(block)
    return list(_with_two_levels(result))


def _with_two_levels(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same blocks, list items with level 2 if they hang on one before that stands less deep.

    In a kept text only one item at a time has others hanging on it, and leads on to them if it ends in a colon.
    Of items within one another it is the outermost that does.
    """
    outer, leads = 0, False  # how deep the item stands that others hang on, 0 for none; whether it leads on to them
    for block, after in zip_longest(blocks, blocks[1:]):
        hangs = block.kind != HEADING and 0 < outer < block.level
        if block.kind == ITEM:
            colon = block.text.endswith(":")
            opens = colon and after is not None and after.kind == ITEM and after.level > block.level
            if not hangs or (opens and not leads):
                outer, leads, hangs = block.level, colon, False
        else:
            outer, leads = outer if hangs else 0, False
        yield block if block.kind == HEADING else block._replace(level=2 if hangs and block.kind == ITEM else 1)


def _with_dashed_items(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; paragraphs in a row that open with a long dash become list items, if no one «sier» them.

    They must follow a lead-in, go on a list without being sentences, or be three: two may be a conversation.
    """
    result, at = list(blocks), 0
    while at < len(result):
        end = at
        while end < len(result) and _DASHED.match(result[end].text) and result[end].kind == PARAGRAPH:
            end += 1
        run = result[at:end]
        before = result[at - 1] if at else None
        within = before is not None and before.kind == ITEM and not any(ended(block.text) for block in run)
        listed = len(run) > 2 or within or (before is not None and is_lead_in(before.text))
        if run and listed and not any(_SPOKEN.search(block.text) for block in run):
            result[at:end] = [_cut(block, 2) for block in run]
        at = end + 1
    return result


def _cut(block: Block, length: int) -> Block:
    """A paragraph as a list item, without the mark it opens with."""
    breaks = tuple(max(0, place - length) for place in block.breaks)
    return block._replace(kind=ITEM, text=block.text[length:], breaks=breaks)


def _without_number(block: Block) -> Block:
    """A numbered paragraph («1. Flere», «1.Flere», «a) Flere») as a list item without its number."""
    found = _NUMBER.match(block.text) if block.kind == PARAGRAPH else None
    if not found or not has_words(block.text[found.end() :]):
        return block
    return _cut(block, found.end())


def _goes_on(block: Block, after: Block) -> bool:
    """Whether `after` goes on in the middle of the sentence that `block` breaks off.

    Not every small letter does: list items without marks begin with one too. On the next page one is enough;
    else the words that broke off must be such as nobody ends on, or stand after a whole sentence.
    """
    if block.kind == HEADING or after.kind != PARAGRAPH or not after.text[:1].islower() or ended(block.text):
        return False
    if (after.page or 0) > (block.page or 0) + len(block.breaks):
        return True
    cut = len(list(sentence_spans(block.text))) > 1 or block.text.rsplit(None, 1)[-1].lower() in _UNFINISHED
    return cut and not is_lead_in(block.text)


def _together(block: Block, after: Block) -> Block:
    text = joined([block.text, after.text])
    start = max(0, text.rfind(after.text))
    pages = (start,) * ((after.page or 0) - (block.page or 0) - len(block.breaks))
    return block._replace(text=text, breaks=(*block.breaks, *pages, *(start + place for place in after.breaks)))


def ended(text: str) -> bool:
    """Whether a sentence, a lead-in or a part of a list ends here."""
    return text.rstrip().rstrip("»”\"')]").endswith((".", "!", "?", "…", ":", ";"))
