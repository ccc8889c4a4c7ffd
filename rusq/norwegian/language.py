"""What `data/norwegian.toml` says of the language, as one record that the other modules of this room take."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Language(NamedTuple):
    """Word lists, all folded (see `tokens.fold`).

    asking      words that ask or frame a question, and words that only bind: never searched for
    light       words that say little; they count little beside others
    acronyms    that are ordinary words too, and mean the acronym only in capitals
    irregular   form -> base forms, where endings do not show it («små» -> «liten»)
    forms       base form -> those forms
    apart       word -> words that rules would unite with it although they are others
    nynorsk     nynorsk base form -> bokmål base form; bokmaal: the other way, possibly several
    agents      nouns in -er that are no plurals («bruker»), also as last part of a compound
    adjectives  short adjectives that are compared with -ere, -est
    parts       words that compounds are put together of, besides the words of the texts
    short_parts words of two or three letters that may be a part
    no_parts    strings that never are a part
    real        words that exist, so that they are never taken for a misspelling of another
    """

    asking: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    irregular: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    forms: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    apart: Mapping[str, frozenset[str]] = MappingProxyType({})
    nynorsk: Mapping[str, str] = MappingProxyType({})
    bokmaal: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    agents: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    short_parts: frozenset[str] = frozenset()
    no_parts: frozenset[str] = frozenset()
    real: frozenset[str] = frozenset()
