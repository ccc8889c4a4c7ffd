"""A web page in, its article as a document out. Knows which elements are headings, items and lines; opens no files."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rusq.errors import RusqError
from rusq.importing.article import Article, article_of, attribute, events, refuse_endless_nesting
from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document, Note
from rusq.importing.encodings import decoded
from rusq.importing.flow import blocks_of, has_words, is_contents_line, is_note_mark, joined, may_be_heading, settled
from rusq.importing.mend import mended

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"<(?:meta\b[^<>]*charset|\?xml\b[^<>]*encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LISTS = ("ul", "ol", "menu", "dir")
_TITLES = ("msotitle", "title")  # as word processors call the paragraph of a document's title
_BOLD = frozenset(("b", "strong"))
_FRAMED = "table, ul, ol, h1, h2, h3, h4, h5, h6, p + p, div + div, blockquote"
_LINKED_MARK = re.compile(r"<a\b[^>]*>\s*\[?\(?[\d*†]{1,3}\)?\]?\s*</a>", re.IGNORECASE)
_CELL_LENGTH = 400  # of data; what is longer is text in a frame
_LINE_LENGTH = 500  # of a heading; what is longer was never closed
_LEVEL_UNSTATED = 2


def read_html(raw: bytes, name: str) -> Document:
    """The headings, list items, paragraphs and table rows of the article on a page, not what is around it.

    `title` is its h1, else what the page calls itself. A note says how much was left out.
    """
    page = _parsed(raw, name)
    if page.body is None:
        return Document(())
    article = article_of(page.body)
    walk = _Walk(article)
    blocks = settled(list(walk.blocks()))
    title, heading = _title(page, article, blocks)
    if heading:
        blocks.insert(0, Block(HEADING, heading, 1))
    return Document(tuple(blocks), title, tuple(walk.said()))


def _parsed(raw: bytes, name: str) -> "LexborHTMLParser":
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise RusqError(
            f"reading '{name}' needs selectolax; install it with: pip install 'rusq[import]' "
            "(in a checkout: '.[import]')"
        ) from error
    refuse_endless_nesting(raw, name)
    return LexborHTMLParser(_text(raw, name))


def _text(raw: bytes, name: str) -> str:
    """The page's text: by what its bytes are where that is certain, else by the encoding it says it has."""
    stated = _CHARSET.search(raw[:_HEAD_BYTES])
    if stated and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and not _is_utf8(raw):
        called = stated[1].decode("ascii", "replace").lower()
        # Pages that say ISO-8859-1 mean Windows-1252, and every browser reads them so.
        if called not in ("utf-8", "utf8", "iso-8859-1", "latin1", "windows-1252", "us-ascii"):
            try:
                return raw.decode(called)
            except (LookupError, UnicodeError):
                pass
    return decoded(raw.replace(b"\0", b""), name)[0] if b"\0" in raw and _is_utf8(raw) else decoded(raw, name)[0]


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _title(page: "LexborHTMLParser", article: Article, blocks: list[Block]) -> tuple[str, str]:
    """The article's title, and the same again if it is a heading outside of what was read."""
    within = [block.text for block in blocks if block.kind == HEADING and block.level == 1]
    if len(within) == 1:
        return within[0], ""
    tops = [mended(node.text()) for node in page.css("h1") if node.mem_id not in article.left_out]
    if not within and len(tops) == 1 and has_words(tops[0]):
        is_read = any(tops[0] in block.text for block in blocks)
        return tops[0], "" if is_read else tops[0]
    stated = page.css_first("meta[property='og:title']")
    named = page.css_first("head > title")
    called = mended((attribute(stated, "content") if stated else "") or (named.text() if named else ""))
    return called, ""


class _Piece(NamedTuple):
    text: str
    bold: bool


class _Walk:
    """One pass over an article: gives its blocks and counts what it leaves out."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._left_out: dict[str, int] = {}
        self._pieces: list[_Piece] = []  # of the text since the last block
        self._kinds: list[str] = []  # of the next block in each list item that is open
        self._cells: list[str] | None = None  # of the open row of a table of data
        self._data_tables: dict[int, bool] = {}  # whether a table is one, by `mem_id`
        self._level = 0  # of the last heading the page marks
        self._depth = 0  # how many lists are open; an inner one may stand beside the item it belongs to
        self._bold = self._kept_lines = 0
        self._line = 0  # the `mem_id` of the heading or cell that is open, all whose words are one line

    def said(self) -> Iterator[Note]:
        if self._article.words_left_out:
            yield Note(f"left out about {self._article.words_left_out} words in menus, links, forms and the like")
        for what, count in self._left_out.items():
            yield Note(f"left out {count} {what}{'s' if count > 1 else ''}")

    def blocks(self) -> Iterator[Block]:
        skipped: list[int] = []
        for what, node in events(self._article.root, self._article.left_out):
            tag = str(node.tag)
            if what == "open" and not skipped and self._is_skipped(node, tag):
                skipped.append(node.mem_id)
            elif what == "close" and skipped and skipped[-1] == node.mem_id:
                skipped.pop()
            elif skipped:
                continue
            elif what == "text":
                self._text(node)
            elif what == "open":
                yield from self._open(node, tag)
            else:
                yield from self._close(node, tag)
        yield from self._flush()

    def _is_skipped(self, node: "LexborNode", tag: str) -> bool:
        if tag == "figcaption":
            self._left_out["caption"] = self._left_out.get("caption", 0) + 1
            return True
        if tag == "button":
            return not (_is_unfolding(node) or _is_whole_heading(node))
        return tag == "sup" and self._is_note_mark(node)

    def _is_note_mark(self, node: "LexborNode") -> bool:
        before = "".join(piece.text for piece in self._pieces[-2:])
        return is_note_mark(node.text(), before) or bool(_LINKED_MARK.search(node.html or ""))

    def _text(self, node: "LexborNode") -> None:
        text = node.text(deep=False) or ""
        self._pieces.append(_Piece(text if self._kept_lines else re.sub(r"[ \t\n\r\f]+", " ", text), self._bold > 0))

    def _open(self, node: "LexborNode", tag: str) -> Iterator[Block]:
        self._bold += tag in _BOLD
        if tag == "br":
            self._pieces.append(_Piece("\n", True))
        if self._line:
            self._pieces += [_Piece(" ", True)] if tag in _BLOCKS else []
            return
        is_heading = self._heading_level(node, tag) and len(node.text()) <= _LINE_LENGTH
        if is_heading or tag in _BLOCKS:
            yield from self._flush()
        self._depth += tag in _LISTS
        if is_heading or (tag in ("td", "th") and self._cells is not None):
            self._line = node.mem_id
        elif tag == "li":
            self._kinds.append(ITEM)
        elif tag == "pre":
            self._kept_lines += 1
        elif tag == "tr" and not self._is_framed(node):
            self._cells = []

    def _close(self, node: "LexborNode", tag: str) -> Iterator[Block]:
        self._bold -= tag in _BOLD
        if self._line and self._line != node.mem_id:
            self._pieces += [_Piece(" ", True)] if tag in _BLOCKS else []
            return
        if self._line:
            self._line = 0
            text = self._taken()
            if self._cells is not None:
                self._cells.append(text)
            elif has_words(text):
                level = self._heading_level(node, tag)
                self._level = level if tag in _HEADINGS else self._level
                yield Block(HEADING, text, level)
            return
        if tag in _BLOCKS:
            yield from self._flush()
        self._depth -= tag in _LISTS
        if tag == "tr" and self._cells is not None:
            text = " | ".join(cell for cell in self._cells if has_words(cell))
            self._cells = None
            yield from [Block(PARAGRAPH, text)] if text else []
        self._kept_lines -= tag == "pre"
        if tag == "li" and self._kinds:
            self._kinds.pop()

    def _heading_level(self, node: "LexborNode", tag: str) -> int:
        """The level of a heading, or of what unfolds what is under it; 0 for anything else."""
        if tag in _HEADINGS:
            return _HEADINGS[tag]
        if tag == "p" and attribute(node, "class").lower() in _TITLES:
            return 1
        if attribute(node, "role") == "heading":
            stated = attribute(node, "aria-level")
            return int(stated) if stated in tuple("123456789") else _LEVEL_UNSTATED
        return self._level + 1 if tag == "summary" or (tag == "button" and not _is_in_heading(node)) else 0

    def _is_framed(self, row: "LexborNode") -> bool:
        """Whether the cells of a row are a frame for blocks rather than data."""
        cells = [cell for cell in row.css("td, th") if cell.mem_id not in self._article.left_out]
        if len(cells) < 2 or any(cell.css_first(_FRAMED) is not None for cell in cells):
            return True
        table = _table_of(row)
        if table is None:
            return False
        if table.mem_id not in self._data_tables:
            is_data = table.css_first("th") is not None or len(table.css("tr")) > 2
            self._data_tables[table.mem_id] = is_data
        return not self._data_tables[table.mem_id] and any(len(cell.text()) > _CELL_LENGTH for cell in cells)

    def _taken(self) -> str:
        """The words since the last block, as one line."""
        text = "".join(piece.text for piece in self._pieces)
        self._pieces = []
        return joined(text.split("\n"))

    def _flush(self) -> Iterator[Block]:
        """The words since the last block as paragraphs and list items; a line all in bold as a heading."""
        pieces, self._pieces = self._pieces, []
        for paragraph in _paragraphs(pieces):
            lines = ["".join(piece.text for piece in line) for line in paragraph]
            if all(map(is_contents_line, lines)):
                self._left_out["line of contents"] = self._left_out.get("line of contents", 0) + 1
                continue
            bold = all(piece.bold for piece in paragraph[0] if has_words(piece.text))
            if bold and not self._kinds and may_be_heading(joined(lines[:1])):
                yield Block(HEADING, joined(lines[:1]), self._level + 1)
                lines = lines[1:]
            if lines:
                found = blocks_of(lines, kind=self._kinds[-1] if self._kinds else PARAGRAPH, depth=self._depth)
                if self._kinds and found:
                    self._kinds[-1] = PARAGRAPH
                yield from found


def _paragraphs(pieces: list[_Piece]) -> Iterator[list[list[_Piece]]]:
    """Pieces cut into lines, and the lines into paragraphs where an empty one is between them."""
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(_Piece(first, piece.bold))
        lines += [[_Piece(other, piece.bold)] for other in others]
    paragraph: list[list[_Piece]] = []
    for line in lines:
        if any(piece.text.strip() for piece in line):
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _table_of(row: "LexborNode") -> "LexborNode | None":
    above = row.parent
    return above if above is None or above.tag == "table" else above.parent


def _is_unfolding(button: "LexborNode") -> bool:
    return bool(attribute(button, "aria-controls") or attribute(button, "aria-expanded"))


def _is_whole_heading(button: "LexborNode") -> bool:
    """Whether a button is all there is of a heading, as where it unfolds what is under it."""
    above = button.parent
    return above is not None and above.tag in _HEADINGS and above.text().strip() == button.text().strip()


def _is_in_heading(node: "LexborNode") -> bool:
    above = node.parent
    while above is not None and above.tag not in ("body", "html"):
        if above.tag in _HEADINGS or above.tag == "summary":
            return True
        above = above.parent
    return False
