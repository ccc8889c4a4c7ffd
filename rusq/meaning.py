"""What one thing asked for may be in the texts, and how well it is met there. Knows no texts and no words.

The weights say how well two words meet: 1 is the same word. They are ordered, not measured; what each
way of meeting adds is measured by `make quality` (see DESIGN.md).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

EXACT, INFLECTION, COMPOUND, SYNONYM, TYPO, PREFIX, PHRASE = (
    "exact", "inflection", "compound", "synonym", "typo", "prefix", "phrase",
)  # fmt: skip

WEIGHTS = {
    "exact": 1.0,
    "ascii": 0.97,  # sproyterom
    "inflection": 0.97,
    "slip": 0.95,  # IASSO for LASSO, known from the errata
    "nynorsk": 0.92,
    "prefix": 0.9,
    "split": 0.9,  # langtids behandlingsplasser for langtidsbehandlingsplasser
    "head": 0.85,  # plass: behandlingsplass
    "same": 0.85,
    "root": 0.78,  # behandle: behandling
    "modifier": 0.75,  # rus: rusbehandling
    "typo": 0.85,
    "kin": 0.75,  # avgiftingsplasser: avrusningsplasser
    "apart": 0.6,  # the parts of a compound as words of their own, near one another
    "near": 0.57,
    "far": 0.5,  # what is near to something near, times the weight of that
    "named": 0.8,  # the parts of a compound that the lexicon knows by other names, times this
    "part": 0.8,  # the head of a compound alone, times the share it has in what the compound says
}
KNOWN = 0.6  # a word met less well than this may be a slip of the pen
WINDOW = 4  # words between those of a name of several words, at most
APART_WINDOW = 8  # words between the parts of a compound


def inverse_document_frequency(holding: int, total: int) -> float:
    """Weight of a word that `holding` of `total` statements contain, in nats, always > 0; rarer is larger.

    Needs 0 <= holding <= total. Source: the Lucene form of BM25, ln(1 + (N - n + 0.5) / (n + 0.5)).
    """
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


class Way(NamedTuple):
    """How a word of a text is met: weight in 0..1, one of the reasons above, and a note where they say too little."""

    weight: float
    why: str
    note: str = ""


def revived(forms: Mapping[str, Sequence[Any]]) -> dict[str, Way]:
    """Words and their ways, of the plain lists that a file has kept them as."""
    return {word: Way(*way) for word, way in forms.items()}


class Several(NamedTuple):
    """An alternative of several words that must stand near one another, each met in its own ways."""

    parts: tuple[dict[str, Way], ...]
    way: Way
    window: int = WINDOW


class Meaning:
    """What one thing asked for may be in the texts: single words, and groups of words.

    `light` for a word that says little, `asks` for one that only asks or binds; `actor` is the actor that
    the word names, if it does.
    """

    __slots__ = ("actor", "asks", "label", "light", "several", "words")

    def __init__(self, label: str, words: dict[str, Way] | None = None, *, light: bool = False) -> None:
        self.label = label
        self.words = words or {}
        self.several: list[Several] = []
        self.light = light
        self.actor: str | None = None
        self.asks = False

    def add(self, word: str, way: Way) -> None:
        known = self.words.get(word)
        if known is None or known.weight < way.weight:
            self.words[word] = way

    def add_all(self, words: dict[str, Way], scale: float, why: str | None = None, note: str = "") -> None:
        for word, way in words.items():
            self.add(word, Way(way.weight * scale, why or way.why, note or way.note))

    def add_scaled(self, other: "Meaning", scale: float = 1.0, why: str | None = None, note: str = "") -> None:
        """Add all of another meaning at so much of its weight; `why` and `note` in place of its own."""
        self.add_all(other.words, scale, why, note)
        for several in other.several:
            way = several.way
            way = Way(way.weight * scale, why or way.why, note or way.note)
            self.several.append(Several(several.parts, way, several.window))

    @property
    def strength(self) -> float:
        """The weight of its best way; 0 if nothing in the texts meets it."""
        return max(
            max((way.weight for way in self.words.values()), default=0.0),
            max((several.way.weight for several in self.several), default=0.0),
        )
