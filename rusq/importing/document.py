"""What a file holds, as blocks in reading order, and the plain text a corpus keeps of them.

The kept text has a line a block, so that people can read and mend it: `# ` before a heading (one sign a
level), `• ` before a list item (`◦ ` where it hangs on the item before), and a form feed where a page of the
original begins.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rusq.parse import sentence_spans

HEADING, ITEM, PARAGRAPH = "heading", "item", "paragraph"

# How a paragraph must not begin, or `parse` takes it for something else: «- og», «3. klasse», «# », a) b».
_LIKE_A_MARK = re.compile(r"(?:[•·▪◦‣●○■□➢➤✓*+-]|#+|\d{1,3}[.)](?= [^\WA-ZÆØÅ])|[^\W\d_]{1,3}\)(?= [^\WA-ZÆØÅ])) ")


class Block(NamedTuple):
    """A heading, a list item or a paragraph; `text` is one line, outer white space left off.

    `level` is a heading's, 1 for the top; a list item's is 2 if it hangs on the item before («herunder:»).
    `page` is the 1-based page it begins on, None where the format has no pages; `breaks` the offsets into
    `text`, ascending, at which a further page begins.
    """

    kind: str
    text: str
    level: int = 1
    page: int | None = None
    breaks: tuple[int, ...] = ()


class Note(NamedTuple):
    """Something the user should know of an import: the 1-based line or page it concerns (0 for the whole file)."""

    what: str
    line: int = 0
    page: int = 0


class Document(NamedTuple):
    """What a reader makes of one file. `title` only where the file has one itself (metadata or its first heading)."""

    blocks: tuple[Block, ...]
    title: str = ""
    notes: tuple[Note, ...] = ()


def kept_text(blocks: Sequence[Block]) -> str:
    """The blocks as the text that a corpus keeps; ends with a line break, "" for no blocks.

    `parse_document` reads the same blocks back: only a heading has an empty line before it, so no
    paragraph is taken for one. A page that begins within a paragraph begins there with the first whole
    sentence that stands on it.
    """
    lines: list[str] = []
    page = 1
    for at, block in enumerate(blocks):
        feeds = "\f" * max(0, (block.page or page) - page)
        page += len(feeds)
        text, broken = _with_breaks(block)
        blank = [""] if block.kind == HEADING and at else []
        lines += [*blank, feeds + _marked(block, text)]
        page += broken
    return "\n".join(lines) + "\n" if lines else ""


def _marked(block: Block, text: str) -> str:
    """The line a block is kept as.

    A paragraph that opens like a heading or a list item has an en space after that opening: white space
    still, but none that `parse` looks for. A heading that ends in # has one more, as Markdown allows.
    """
    if block.kind == HEADING:
        return "#" * block.level + " " + text + (" #" if text.endswith("#") else "")
    if block.kind == ITEM:
        return ("• " if block.level == 1 else "◦ ") + text
    mark = _LIKE_A_MARK.match(text)
    return f"{text[: mark.end() - 1]}\u2002{text[mark.end() :]}" if mark else text


def _with_breaks(block: Block) -> tuple[str, int]:
    """The block's text with a form feed before each sentence that begins a page, and how many there are."""
    if not block.breaks or block.kind != PARAGRAPH:
        return block.text, 0
    starts = [start for start, _ in sentence_spans(block.text)]
    feeds: dict[int, int] = {}
    for offset in block.breaks:
        start = next((start for start in starts if start >= offset), None)
        if start is not None:
            feeds[start] = feeds.get(start, 0) + 1
    pieces, last = [], 0
    for start, count in sorted(feeds.items()):
        pieces += [block.text[last:start], "\f" * count]
        last = start
    return "".join([*pieces, block.text[last:]]), sum(feeds.values())


def plain(blocks: Iterable[Block]) -> str:
    """The words of the blocks, a line each: for guessing what a text is."""
    return "\n".join(block.text for block in blocks)
