"""A sheet to one HTML page that needs nothing else: read on a phone, on paper, by ear, in the light and in the dark."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from html import escape
from itertools import groupby
from urllib.parse import quote

from rusq.harmless import harmless
from rusq.sheet import AGAINST, FOR, MATCH, NOTE, QUALIFIED, QUOTE, SILENCE, STRONG, Cell, Run, Sheet, SheetRow
from rusq.wording import Wording

_QUOTED = (QUOTE, MATCH)
_STANCES = {FOR: "for", AGAINST: "against", QUALIFIED: "with reservations"}
_TAGS = {STRONG: ("<strong>", "</strong>"), NOTE: ("<small>", "</small>"), MATCH: ("<mark>", "</mark>")}
# The sign of a stance, which a reader's voice should leave out, and its words.
_STANCE = re.compile(r"\A\s*([^\w\s(\[«]*)\s*(.*?)\s*\Z", re.DOTALL)

_UNBROKEN = "\u00a0"
_PHONE = 640  # pixels: narrower screens always get one column
_LONG = 500  # characters: a third of a page in a narrow column; more had better be cut between quotations

# Whatever a document says: no script runs, nothing is fetched, nothing is sent.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

# Contrast, light / dark: ink on paper 17.0 / 14.5, on band 15.3 / 12.7, on mark 14.2 / 7.3; soft on paper 6.8 / 8.0, on
# band 6.1 / 7.0; link on paper 8.4 / 9.8, on band 7.6 / 8.6; paper on for 8.3 / 10.3; against on paper 7.6 / 8.9;
# qualified on paper 8.5 / 10.7. Never colour alone: a match is underlined, «for» filled, «against» outlined,
# what has reservations outlined in dashes, silence in brackets and slanted.
_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1c20;--soft:#565b66;--line:#d3d7de;--band:#f2f3f6;--link:#0b4f8a;
--mark:#ffeaa0;--for:#00594f;--against:#a3200f;--qualified:#6b4500}
@media screen and (prefers-color-scheme:dark){:root{--paper:#15171c;--ink:#e6e7ea;--soft:#a8adb8;--line:#3b404a;
--band:#20232a;--link:#90c4ff;--mark:#574800;--for:#6fd6c4;--against:#ff9d8f;--qualified:#f2c14e}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:WIDEST;padding:1.5rem clamp(1rem,4vw,3rem) 3rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0 1rem;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.25;margin:2.5rem 0 .5rem}
p,blockquote{margin:0}
a{color:var(--link);text-underline-offset:.15em}small{font-size:.85rem;color:var(--soft);font-weight:400}
mark{background:var(--mark);color:inherit;text-decoration:underline 2px;text-underline-offset:.15em}
blockquote,q{font-family:Charter,"Bitstream Charter","Iowan Old Style",Cambria,Georgia,"Liberation Serif",serif;
font-size:1.0625rem;line-height:1.45;white-space:pre-wrap}
q{quotes:none}q::before,q::after{content:none}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.25rem 0}
.skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--paper);z-index:2}
.skip:focus{left:.5rem;top:.5rem}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
main:focus{outline:none}:target{scroll-margin-top:6rem}
blockquote:target,q:target{outline:2px solid var(--link);outline-offset:.35rem}
.unseen,caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
table{width:100%;border-collapse:collapse;margin:.5rem 0 1.5rem}
th,td{text-align:left;vertical-align:top;padding:.6rem 1.5rem .6rem 0;font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{position:sticky;top:0;background:var(--paper);line-height:1.3;vertical-align:bottom;z-index:1}
thead th::after{content:"";position:absolute;left:0;right:0;bottom:0;border-bottom:2px solid var(--ink)}
tbody tr{border-top:1px solid var(--line)}tbody:nth-child(3) tr:first-child{border-top:0}
th[scope=rowgroup]{font-size:1.0625rem;padding:1.1rem 0 .1rem}
th[scope=rowgroup]>span{margin-left:.5rem}
.words caption+tbody .side{min-width:12rem}
.titled tr+tr{border-top:0}.titled tr:nth-child(n+3){border-top:1px dashed var(--line)}
.apart{padding-top:.8rem}.equal,.labelled{table-layout:fixed}.labelled th:first-child{width:30%}
.side{width:1%;min-width:9.5rem;overflow-wrap:break-word}
.silent{color:var(--soft);font-style:italic;font-size:.9rem}
.for,.against,.qualified{display:inline-block;border-radius:.3em;padding:0 .4em;margin:.1em 0 .25em;font-size:.875rem;
font-weight:600;line-height:1.35;overflow-wrap:normal}
.for{background:var(--for);color:var(--paper);border:2px solid var(--for)}
.against{color:var(--against);border:2px solid var(--against)}
.qualified{color:var(--qualified);border:2px dashed var(--qualified)}
footer{max-width:62rem;margin-top:2rem;border-top:1px solid var(--line);font-size:.9rem;color:var(--soft)}
footer p{margin-top:.6rem}
@media screen and (max-width:NARROW){
h1{font-size:1.4rem}nav a{padding:.4rem 0}
table,tbody,tr,th,td{display:block;width:auto!important}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
section:first-child .equal thead,.equal:first-child thead{position:static;width:auto;height:auto;clip-path:none}
.equal thead th{position:static;padding:.1rem 0}.equal thead th::after{content:none}
.equal thead p{display:inline;margin-right:.5rem}
:target{scroll-margin-top:1rem}
th,td{padding:.4rem 0}td:empty{display:none!important}tbody tr{padding:.5rem 0}
tbody [data-label]::before{content:attr(data-label);display:block;font-size:.85rem;font-weight:600}
.words .side::before,.labelled td::before{color:var(--soft)}.words td:not(.side)::before{content:none!important}
th[scope=rowgroup]{background:var(--band);margin:.5rem -1rem 0;padding:.6rem 1rem}
.titled tr{padding:0}.labelled tr{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}
.labelled th:first-child{grid-column:1/-1;font-weight:600}.labelled th:first-child::before{content:none}
.words .side,.equal .quiet{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .6rem;padding:.1rem 0}
.equal .quiet{padding:.4rem 0}
}
@page{margin:14mm}@page wide{size:A4 landscape}
@media print{
:root{--paper:#fff;--ink:#000;--soft:#333;--line:#999;--band:#fff;--link:#000;--mark:#fff;--for:#000;--against:#000;
--qualified:#000}
html{font-size:9.5pt}body{max-width:none;padding:0}.many{page:wide}
blockquote,q{line-height:1.35}
nav,.skip{display:none}a{text-decoration:none}h2{margin:1.5rem 0 -23.5rem;padding-bottom:24rem}
th,td{padding:.4rem 1rem .4rem 0}th[scope=rowgroup]{padding:.7rem 0 0}.apart{padding-top:.5rem}
thead{display:table-header-group}thead th{position:static;border-bottom:1.5pt solid #000}
thead th::after{content:none}
tr:has([scope=rowgroup]){break-after:avoid}
blockquote+p,blockquote+p+p{break-before:avoid}
h2,tr,tbody.titled,blockquote,.labelled section{break-inside:avoid}
tbody.long,tr.long{break-inside:auto}
.labelled thead th{font-size:.9em}
.for,.against,.qualified{padding:0 .3em;margin:0 0 .15em;border-width:1px;font-size:.85em}
.for{background:none;color:#000}.against{border:3px double}
blockquote:target,q:target{outline:none}
}
"""


def to_html(sheet: Sheet, *, language: str = "en") -> str:
    """A whole page: head, links to the groups, a table for each group, the notes.

    The page's own words are in `language`; quotations are marked as bokmål. What a run refers to
    (`Run.ref`) is the id of its first place on the page; wherever the page names that id, it links there.
    """
    say = Wording(language)
    page = _Page(sheet, say)
    title = _text(page.title)
    columns = max((len(row.cells) for row in sheet.rows), default=1)
    parts = [(group, list(rows)) for group, rows in groupby(sheet.rows, key=lambda row: row.group)]
    sections = [page.section(group, rows) for group, rows in parts]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{_text(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="generator" content="rusq">',
            f"<title>{title}</title>",
            f"<style>{_style(page.shape, columns)}</style>",
            "</head>",
            f'<body class="{page.shape}{" many" * (page.shape == "equal" and columns > 3)}">',
            f'<a class="skip" href="#{page.content}">{_text(say("Skip to the content"))}</a>',
            "<header>",
            f"<h1>{title}</h1>",
            *page.contents(),
            "</header>",
            f'<main id="{page.content}" tabindex="-1">',
            *(sections or [f"<p>{_text(say('Nothing to show.'))}</p>"]),
            "</main>",
            *page.footer(),
            "</body>",
            "</html>\n",
        )
    )


def _style(shape: str, columns: int) -> str:
    """The style sheet, in which columns stand below one another on screens too narrow for the longest words."""
    narrow, widest = {
        "equal": (64 + 220 * columns, max(1312, 240 * columns)),
        "labelled": (264 + 120 * (columns - 1), max(1312, 400 + 150 * columns)),
        "words": (0, 992),
    }[shape]
    return _STYLE.replace("NARROW", f"{max(_PHONE, narrow)}px").replace("WIDEST", f"{widest}px")


def _said(runs: Iterable[Run]) -> str:
    return harmless("".join(run.text for run in runs)).strip()


def _text(text: str) -> str:
    return escape(harmless(text))


class _Page:
    """What must be known of the whole page while a part of it is written: which ids there are, and which are taken."""

    def __init__(self, sheet: Sheet, say: Wording) -> None:
        self.sheet = sheet
        self.say = say
        lines = [line for row in sheet.rows for line in (row.title, *(line for cell in row.cells for line in cell))]
        refs = {run.ref for line in lines for run in line if run.ref and run.role not in (*_STANCES, SILENCE)}
        self._taken = set(refs)
        self._placed: set[str] = set()
        longest_first = "|".join(re.escape(ref) for ref in sorted(refs, key=len, reverse=True))
        self._named = re.compile(rf"(?<![\w-])({longest_first or '(?!)'})(?![\w-])")
        titles = ", ".join(_said(row.title[:1]) for row in sheet.rows if row.title)
        self.title = sheet.title or next((row.group for row in sheet.rows), "") or titles or "rusq"
        groups = dict.fromkeys(row.group for row in sheet.rows if row.group not in ("", self.title))
        self._ids = {group: self._new_id(group) for group in groups}
        self.content = self._new_id(say("content"))

    @property
    def shape(self) -> str:
        """How the columns share the room: all alike, a few figures beside a name, or one column of words."""
        if self.sheet.labelled:
            return "labelled"
        return "equal" if self.sheet.main is None else "words"

    def contents(self) -> Iterator[str]:
        if len(self._ids) > 1:
            links = "".join(f'<li><a href="#{quote(at)}">{_text(name)}</a></li>' for name, at in self._ids.items())
            yield f'<nav aria-label="{_text(self.say("Contents"))}"><ul>{links}</ul></nav>'

    def footer(self) -> Iterator[str]:
        if self.sheet.notes:
            yield "<footer>\n" + "\n".join(f"<p>{self._linked(note)}</p>" for note in self.sheet.notes) + "\n</footer>"

    def section(self, group: str, rows: Sequence[SheetRow]) -> str:
        if group not in self._ids:
            return self._table(_text(self.title), rows)
        at = _text(self._ids[group])
        table = self._table(_text(f"{self.title}: {group}"), rows)
        return f'<section aria-labelledby="{at}">\n<h2 id="{at}">{_text(group)}</h2>\n{table}\n</section>'

    def _table(self, caption: str, rows: Sequence[SheetRow]) -> str:
        # The roles say again what the elements say: browsers forget it where a phone's style makes blocks of them.
        lines = [f'<table class="{self.shape}" role="table">', f"<caption>{caption}</caption>"]
        if self.sheet.heads:
            heads = "".join(
                f'<th scope="col" role="columnheader"{_class(self._width(at))}>{self._cell(head)}</th>'
                for at, head in enumerate(self.sheet.heads)
            )
            lines.append(f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>')
        for part in _parts(rows):
            shape = "titled" * bool(part[0].title) + " long" * (sum(map(_length, part)) > _LONG)
            lines.append(f'<tbody role="rowgroup"{_class(shape)}>')
            lines += [self._row(row) for row in part]
            lines.append("</tbody>")
        return "\n".join((*lines, "</table>"))

    def _row(self, row: SheetRow) -> str:
        title = ""
        if row.title:
            title = (
                f'<tr role="row"><th scope="rowgroup" role="rowheader" colspan="{len(row.cells)}">'
                f"{self._inline(row.title)}</th></tr>\n"
            )
        named = self._names(run for cell in ((row.title,), *row.cells) for line in cell for run in line)
        headed = self.shape != "equal" and len(row.cells) > 1
        cells = "".join(self._entry(at, cell, named, head=headed and at == 0) for at, cell in enumerate(row.cells))
        return f'{title}<tr role="row"{_class("long" * (_length(row) > _LONG))}>{cells}</tr>'

    def _names(self, runs: Iterable[Run]) -> set[str]:
        """The ids that `runs` name, quotations aside."""
        return {ref for run in runs if run.role not in _QUOTED for ref in self._named.findall(run.text)}

    def _entry(self, at: int, cell: Cell, named: Set[str], *, head: bool) -> str:
        """A cell of the body, or the `head` of its row."""
        label = _said(self.sheet.heads[at][0]) if self.sheet.heads and self.sheet.heads[at] else ""
        labelled = f' data-label="{_text(label)}"' if label else ""
        spoken = self._cell(cell, named)
        quiet = "quiet" if {run.role for line in cell for run in line} == {SILENCE} else ""
        shape = _class(" ".join(filter(None, (self._width(at), quiet))))
        if head:
            return f'<th scope="row" role="rowheader"{shape}{labelled}>{spoken}</th>'
        return f'<td role="cell"{shape}{labelled}>{spoken}</td>'

    def _width(self, at: int) -> str:
        return "side" if self.shape == "words" and at != self.sheet.main else ""

    def _cell(self, cell: Cell, named: Set[str] | None = None) -> str:
        """The lines of a cell. What is quoted and not `named` anywhere in its row is followed by a link to it."""
        if _is_sign(cell):
            return self._sign(cell)
        blocks = []
        apart = False
        for line in cell:
            for piece in _pieces(line):
                blocks.append(self._block(piece, apart))
                apart = False
                ref = piece[0].ref
                if named is not None and ref and piece[0].role in _QUOTED and ref not in named:
                    blocks.append(f"<p><small>{self._linked(ref)}</small></p>")
            apart = not line
        return "".join(blocks)

    def _sign(self, cell: Cell) -> str:
        """A cell that is a mere sign: heard as what it means, and silence seen as what it is."""
        runs = [run for line in cell for run in line]
        silent = any(run.role == SILENCE for run in runs)
        means = _text(self.say("silent" if silent else "none"))
        said = f' <span class="silent">{means}</span>' if silent else f'<span class="unseen">{means}</span>'
        return f'<p><span aria-hidden="true">{_text(_said(runs))}</span>{said}</p>'

    def _block(self, piece: Sequence[Run], apart: bool) -> str:
        marked = _class("apart" * apart)
        if piece[0].ref and piece[0].role in _QUOTED:
            return f'<blockquote lang="nb"{marked}{self._place(piece[0].ref)}>{self._quoted(piece)}</blockquote>'
        return f"<p{marked}>{self._inline(piece).strip()}</p>"

    def _inline(self, line: Sequence[Run]) -> str:
        kinds = (groupby(piece, key=lambda run: QUOTE if run.role in _QUOTED else run.role) for piece in _pieces(line))
        return "".join(self._same(kind, list(runs)) for same in kinds for kind, runs in same)

    def _same(self, role: str, runs: Sequence[Run]) -> str:
        """Neighbours of one role: a quotation, a stance, or so many runs."""
        if role == QUOTE:
            return f'<q lang="nb"{self._place(runs[0].ref)}>{self._quoted(runs)}</q>'
        if role in _STANCES:
            return self._stance(role, runs)
        if role == SILENCE:
            return f'<span class="silent">{_text("".join(run.text for run in runs))}</span>'
        return "".join(self._run(run) for run in runs)

    def _quoted(self, runs: Iterable[Run]) -> str:
        return "".join(f"<mark>{_text(run.text)}</mark>" if run.role == MATCH else _text(run.text) for run in runs)

    def _stance(self, role: str, runs: Sequence[Run]) -> str:
        text = harmless("".join(run.text for run in runs))
        [(sign, words)] = _STANCE.findall(_without_brackets(text))
        said = [f'<span aria-hidden="true">{_text(sign)}</span>'] if sign else []
        said.append(_text(words) if words else f'<span class="unseen">{_text(self.say(_STANCES[role]))}</span>')
        before, after = (" " * text[at : at + 1].isspace() for at in (0, len(text) - 1))
        return f'{before}<span class="{role}">{_UNBROKEN.join(said)}</span>{after}'

    def _run(self, run: Run) -> str:
        opened, closed = _TAGS.get(run.role, ("", ""))
        if run.ref:
            opened, closed = f"<span{self._place(run.ref)}>{opened}", f"{closed}</span>"
        return f"{opened}{self._linked(run.text)}{closed}" if run.text.strip() else _text(run.text)

    def _linked(self, text: str) -> str:
        """`text` with every id that has a place on this page as a link to it."""
        return "".join(
            f'<a href="#{quote(part)}">{_text(part)}</a>' if at % 2 else _text(part)
            for at, part in enumerate(self._named.split(text))
        )

    def _place(self, ref: str) -> str:
        """The attribute that makes this the place of `ref`, the first time it is asked for."""
        if not ref or ref in self._placed:
            return ""
        self._placed.add(ref)
        return f' id="{_text(ref)}"'

    def _new_id(self, name: str) -> str:
        """An id like `name` that nothing else on the page has."""
        wanted = "-".join(re.findall(r"\w+", name.lower())) or "part"
        unique, number = wanted, 1
        while unique in self._taken:
            number += 1
            unique = f"{wanted}-{number}"
        self._taken.add(unique)
        return unique


def _without_brackets(text: str) -> str:
    """The outline of a chip stands for the brackets that a terminal has around it."""
    bare = text.strip()
    return bare[1:-1] if bare[:1] + bare[-1:] == "[]" else bare


def _is_sign(cell: Cell) -> bool:
    """Whether a cell is nothing but a sign, such as a dash for none; stances and quotations are more than that."""
    runs = [run for line in cell for run in line]
    if any(run.role in _QUOTED or run.role in _STANCES for run in runs):
        return False
    return bool(_said(runs)) and not any(character.isalnum() for run in runs for character in run.text)


def _parts(rows: Sequence[SheetRow]) -> Iterator[list[SheetRow]]:
    """Rows with a title, each with those without one that follow it."""
    part: list[SheetRow] = []
    for row in rows:
        if row.title and part:
            yield part
            part = []
        part.append(row)
    yield part


def _length(row: SheetRow) -> int:
    """The characters in the fullest cell of a row."""
    return max((sum(len(run.text) for line in cell for run in line) for cell in row.cells), default=0)


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _says_something(runs: Sequence[Run]) -> bool:
    return bool(_said(runs)) or any(run.role in _QUOTED for run in runs)


def _pieces(line: Sequence[Run]) -> Iterator[list[Run]]:
    """A line cut where a quotation of a statement begins or ends; blanks alone are no piece."""
    piece: list[Run] = []
    inside = False
    for run in line:
        quoted = run.role in _QUOTED
        begins = quoted and bool(run.ref)
        if begins or (inside and not quoted):
            if _says_something(piece):
                yield piece
            piece, inside = [], begins
        piece.append(run)
    if _says_something(piece):
        yield piece
