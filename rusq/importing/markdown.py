"""Markdown in, a document out: its words, the markup being layout. Knows no files.

The syntax tree is markdown-it's, which follows CommonMark and comes with Rich anyway.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rusq.importing.document import HEADING, ITEM, PARAGRAPH, Block, Document, Note
from rusq.importing.flow import blocks_of, joined, may_be_heading, settled
from rusq.importing.mend import mended
from rusq.importing.plain import read_plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*\n(.*?)^(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"[\w-]+\s*[:=]|\s|-|#|\Z")
_KEY_VALUE = re.compile(r"^[\w-]+\s*[:=]", re.MULTILINE)
_TITLE = re.compile(r"^title\s*[:=][ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_UNSHOWN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")
_HEADING_TAG = re.compile(r"<(h[1-6]|summary)\b[^<>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TASK = re.compile(r"\[[ xX]\]\s+")
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}$")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)")
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]+\]:.*(?:\n(?: {2,}|\t).*)*", re.MULTILINE)
_MANY = {"list of contents": "lists of contents", "image": "images", "footnote": "footnotes"}
# Nested or unclosed brackets cost markdown-it the square of their number; no text has this many.
_BRACKETS = 20_000


def read_markdown(text: str, name: str) -> Document:
    """The headings, list items and paragraphs of a Markdown text; `title` from its front matter or top heading."""
    title, body = _front_matter(text)
    if body.count("[") > _BRACKETS:
        return read_plain(text, name)
    footnotes = [body.count("\n", 0, found.start()) + 1 for found in _FOOTNOTE.finditer(body)]
    # The line breaks stay, so that a note's line is the file's.
    body = _FOOTNOTE.sub(lambda found: "\n" * found[0].count("\n"), body)
    walk = _Walk(_tokens(_FOOTNOTE_MARK.sub("", body)))
    walk.left_out = {"footnote": footnotes} if footnotes else {}
    blocks = settled(list(walk.blocks()))
    first = next((block.text for block in blocks[:1] if block.kind == HEADING), "")
    return Document(tuple(blocks), title or first, tuple(walk.said()))


def _tokens(text: str) -> Sequence["Token"]:
    from markdown_it import MarkdownIt

    # Not "code": what is only indented is read as prose, since in programmes it is.
    reader = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).disable("code")
    return reader.parse(text)


def _front_matter(text: str) -> tuple[str, str]:
    """The title that the lines of metadata before a text state ("" for none), and the text without them."""
    found = _FRONT_MATTER.match(text)
    if not found or not all(_KEY.match(line) for line in found[2].split("\n")) or not _KEY_VALUE.search(found[2]):
        return "", text
    title = _TITLE.search(found[2])
    # As many line breaks as were there, so that a note's line is the file's.
    return mended(title[1].strip().strip("\"'")) if title else "", "\n" * found[0].count("\n") + text[found.end() :]


class _Walk:
    """One pass over the tokens of a text: gives its blocks and collects the notes."""

    def __init__(self, tokens: Sequence["Token"]) -> None:
        self.tokens = tokens
        self.left_out: dict[str, list[int]] = {}  # the lines of what is left out, by what it is
        self._level = 0  # of the heading in force
        self._kinds: list[str] = []  # of the next block in each list item that is open
        self._before = ""  # an ordinal that belongs to the next paragraph

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            end = self._closing(at) if token.type in ("bullet_list_open", "ordered_list_open", "tr_open") else at
            if token.type == "tr_open":
                yield from self._row(self.tokens[at:end])
                at = end
            elif token.type.endswith("list_open") and _only_leads_on(self.tokens[at:end]):
                self._leave_out("list of contents", token)
                at = end
            else:
                yield from self._block(at)
            at += 1

    def _block(self, at: int) -> Iterator[Block]:
        token = self.tokens[at]
        if _is_item(token):
            ordinal = self._is_ordinal(at)
            self._kinds.append(PARAGRAPH if ordinal else ITEM)
            self._before = f"{token.info}{token.markup} " if ordinal else ""
        elif token.type == "list_item_close":
            self._kinds.pop()
        elif token.type == "heading_open":
            self._level = int(token.tag[1:])
            text = _ATTRIBUTES.sub("", joined(_lines(self.tokens[at + 1])))
            if text:
                yield Block(HEADING, text, self._level)
        elif token.type == "inline" and self.tokens[at - 1].type != "heading_open":
            yield from self._prose(token)
        elif token.type == "fence":
            yield from self._of_lines(token.content.split("\n"))
        elif token.type == "html_block":
            yield from self._of_html(_INLINE_TAG.sub("", _UNSHOWN.sub("", token.content)))

    def _of_html(self, shown: str) -> Iterator[Block]:
        """The words between the tags of raw HTML, its headings as such."""
        at = 0
        for found in [*_HEADING_TAG.finditer(shown), None]:
            words = shown[at : found.start() if found else len(shown)]
            for paragraph in re.split(r"\n\s*\n", html.unescape(_TAG.sub("\n", words))):
                yield from self._of_lines(paragraph.split("\n"))
            text = joined(html.unescape(_TAG.sub(" ", found[2])).split("\n")) if found else ""
            if found and text:
                level = int(found[1][1]) if found[1][1].isdigit() else self._level + 1
                self._level = level if found[1][1].isdigit() else self._level
                yield Block(HEADING, text, level)
            at = found.end() if found else at

    def _is_ordinal(self, at: int) -> bool:
        """Whether what Markdown takes for a list's only item is a sentence that opens with an ordinal: «3. klasse»."""
        token, text = self.tokens[at], self.tokens[at + 2].content
        alone = self._closing(at) + 1 == self._closing(at - 1)
        return token.info not in ("", "1") and alone and text[:1].islower()

    def _prose(self, token: "Token") -> Iterator[Block]:
        lines = _lines(token)
        lines[0], self._before = self._before + lines[0], ""
        if all(child.type in ("image", "softbreak", "hardbreak") for child in token.children or ()):
            self._leave_out("image", token)
        elif not self._kinds and _is_bold(token) and may_be_heading(joined(lines)):
            yield Block(HEADING, joined(lines), self._level + 1)
        else:
            yield from self._of_lines(lines)

    def _of_lines(self, lines: list[str]) -> Iterator[Block]:
        kind = self._kinds[-1] if self._kinds else PARAGRAPH
        if self._kinds:
            self._kinds[-1] = PARAGRAPH
            lines[0] = _TASK.sub("", lines[0], count=1) if _TASK.match(lines[0]) else lines[0]
        yield from blocks_of(lines, kind=kind, depth=len(self._kinds))

    def _row(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        """A row of a table as one paragraph, its cells parted by a bar."""
        cells = [joined(_lines(token)) for token in tokens if token.type == "inline"]
        yield from blocks_of([" | ".join(cell for cell in cells if cell)])

    def _closing(self, at: int) -> int:
        """Where what opens at `at` closes."""
        opening = self.tokens[at]
        closing = opening.type.replace("_open", "_close")
        here = (index for index in range(at, len(self.tokens)) if self.tokens[index].type == closing)
        return next((index for index in here if self.tokens[index].level == opening.level), at)

    def _leave_out(self, what: str, token: "Token") -> None:
        self.left_out.setdefault(what, []).append(token.map[0] + 1 if token.map else 0)

    def said(self) -> Iterator[Note]:
        """A note of each kind of thing that was left out, with the line of the first."""
        for what, lines in self.left_out.items():
            yield Note(f"left out {len(lines)} {_MANY[what] if len(lines) > 1 else what}", line=lines[0])


def _is_item(token: "Token") -> bool:
    return token.type == "list_item_open"


def _lines(inline: "Token") -> list[str]:
    """The words of a paragraph, a string for each of its lines."""
    text = ""
    for child in inline.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            text += child.content
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and _BREAK.match(child.content)):
            text += "\n"
        elif child.type == "image":
            text += child.content
    return text.split("\n")


def _is_bold(inline: "Token") -> bool:
    """Whether all words of a paragraph are set in bold."""
    depth, words = 0, False
    for child in inline.children or ():
        depth += (child.type == "strong_open") - (child.type == "strong_close")
        if child.type in ("text", "code_inline") and child.content.strip():
            if not depth:
                return False
            words = True
    return words


def _only_leads_on(tokens: Sequence["Token"]) -> bool:
    """Whether the items of a list are all links to headings of the same text, and more than one."""
    inlines = [token for token in tokens if token.type == "inline"]
    return len(inlines) > 1 and all(_is_link_within(token) for token in inlines)


def _is_link_within(inline: "Token") -> bool:
    target: str | None = None
    for child in inline.children or ():
        if child.type == "link_open":
            target = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            target = None
        elif child.content.strip(" .0123456789") and not (target or "").startswith("#"):
            return False
    return any(child.type == "link_open" for child in inline.children or ())
