"""The words of the domain as immutable records that refer to one another by id. Knows no files and no rules.

Named tuples rather than frozen dataclasses: those take eight times as long to define, at every start.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

BULLET = "bullet"
PROSE = "prose"


class Actor(NamedTuple):
    """Who speaks: a party, a government, an organisation."""

    id: str
    name: str
    kind: str = "party"
    aliases: tuple[str, ...] = ()


class Source(NamedTuple):
    """One text by one actor. `year` is None where the text does not say; `dating` tells how it is known.

    `original` is the file that the text was made from. `numbers` and `withdrawn` say which numbers its
    statements have and which are never given again, as `rusq.numbers` reads them; "" for counting from 1.
    """

    id: str
    actor: str
    file: str
    title: str = ""
    year: int | None = None
    dating: str = ""
    sha256: str = ""
    original: str = ""
    numbers: str = ""
    withdrawn: str = ""


class Standing(NamedTuple):
    """How a source stands: what it holds, and how many doubts there are about its text.

    `pages` is None for a text without pages, `years` the first and last of its statements that have one.
    """

    source: Source
    actor: Actor
    items: int
    sentences: int
    pages: int | None = None
    years: tuple[int, int] | None = None
    doubts: int = 0


class Statement(NamedTuple):
    """The smallest piece one would cite: a list item, or a sentence of prose.

    `text` is the document's characters from `start` to `end` (0-based, end excluded), nothing
    corrected. `line` and `page` are 1-based; `paragraph` numbers the line of prose or the list item
    within its source, so that sentences of one paragraph share it.
    """

    id: str
    actor: str
    source: str
    year: int | None
    kind: str
    line: int
    page: int | None
    start: int
    end: int
    text: str
    section: str = ""
    lead_in: str | None = None
    speaker: str | None = None


class Omission(NamedTuple):
    """Characters of a document that are part of no statement, and why."""

    line: int
    start: int
    end: int
    text: str
    why: str


class Topic(NamedTuple):
    """What statements are about; a theme is a topic without a parent.

    `names` and `aliases` are keyed by language (nb, nn, en); `terms` are the saved query, each term
    a small query of its own; `scope` says in English what belongs here.
    """

    id: str
    names: Mapping[str, str]
    parent: str | None = None
    scope: str = ""
    aliases: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    terms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.names["nb"]


class Stance(NamedTuple):
    """An actor's position on a topic, with the statement that shows it and why it does.

    `on` is the point at issue in English, `on_nb` in bokmål, where the topic holds several; "" for the
    topic itself.
    """

    actor: str
    topic: str
    stance: str
    statement: str
    why: str
    on: str = ""
    on_nb: str = ""
    why_nb: str = ""


class Match(NamedTuple):
    """Where a word of the query met a statement: offsets into its text, 0-based, end excluded.

    `term` is the query's word, `word` what stands in the text, `weight` 0..1 how well they met and
    `note` how, in words, where `why` alone does not say it.
    """

    start: int
    end: int
    term: str
    why: str
    word: str = ""
    weight: float = 1.0
    note: str = ""


class Hit(NamedTuple):
    """A statement that answers a query."""

    statement: Statement
    score: float
    matches: tuple[Match, ...]


class Problem(NamedTuple):
    """A fault in a corpus; reads `file:line: what`. A `doubt` is worth a look but stops nothing."""

    file: str
    line: int
    what: str
    doubt: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"
