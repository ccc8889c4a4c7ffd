"""What a user typed to what is asked: words, phrases, prefixes, alternatives, exclusions. Knows no texts.

behandling ventetid     both words, best where both are near
"ledig kapasitet"       these words in this order (also «…» and “…”)
bolig OR bosted         either
rus*                    words that begin so
-alkohol                not with this word (or -"this phrase")
"""

from typing import NamedTuple

from rusq.errors import QueryError
from rusq.norwegian.tokens import tokenise

MAX_LENGTH = 2000  # characters; a whole paragraph pasted in still fits
WORD, PHRASE, PREFIX = "word", "phrase", "prefix"

_MINUS = "-\u2212"
_CLOSING = {'"': '"', "«": "»", "“": "”", "„": "”"}
_UNPRINTED = [
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
]


class Clause(NamedTuple):
    """One thing asked for. `words` are folded; of a PREFIX the one word is its beginning."""

    kind: str
    words: tuple[str, ...]


class Query(NamedTuple):
    """`wanted`: groups of alternatives, each hit should meet as many groups as it can; `unwanted`: none of these."""

    text: str
    wanted: tuple[tuple[Clause, ...], ...]
    unwanted: tuple[Clause, ...] = ()


def parse_query(text: str) -> Query:
    """The query that `text` spells out. QueryError if there is nothing in it to look for or it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text)} characters; at most {MAX_LENGTH} can be searched for")
    text = text if text.isprintable() else text.translate(dict.fromkeys(_UNPRINTED, " "))
    wanted: list[tuple[Clause, ...]] = []
    unwanted: list[Clause] = []
    either: int | None = None  # where an OR stands that waits for its right side
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        began = at
        minus = text[at] in _MINUS and (text[at + 1 : at + 2].isalnum() or text[at + 1 : at + 2] in tuple(_CLOSING))
        at += minus
        if text[at] in _CLOSING or text[at] == "”":
            closing = _CLOSING.get(text[at], "”")
            end = text.find(closing, at + 1)
            if end < 0:
                raise _error(f"the quotation mark {text[at]} is not closed", text, began)
            clauses = [Clause(PHRASE, _words(text[at + 1 : end]))]
            at = end + 1
        else:
            end = at
            while end < len(text) and not text[end].isspace() and text[end] not in _CLOSING:
                end += 1
            bare, at = text[at:end], end
            if bare == "OR" and not minus:
                if not wanted or either is not None:
                    raise _error("OR needs something on both sides", text, began)
                either = began
                continue
            clauses = _bare(bare, text, began)
        for clause in clauses:
            if not clause.words:
                continue
            if minus:
                unwanted.append(clause)
            elif either is not None:
                wanted[-1] = (*wanted[-1], clause)
                either = None
            else:
                wanted.append((clause,))
    if either is not None:
        raise _error("OR needs something on both sides", text, either)
    if not wanted and unwanted:
        raise QueryError("the query only leaves words out; add what to look for, e.g. 'behandling -alkohol'")
    if not wanted:
        raise QueryError("there is no word in the query; try e.g. 'nalokson' or 'bolig arbeid'")
    return Query(text.strip(), tuple(wanted), tuple(unwanted))


def _bare(string: str, text: str, at: int) -> list[Clause]:
    """The clauses of what stands between spaces: mostly one word, or a prefix with its star."""
    words = _words(string)
    if "*" not in string:
        return [Clause(WORD, (word,)) for word in words]
    if not words:
        raise _error("a * needs letters before it, such as rus*", text, at)
    if not string.rstrip(".,;:!?)]").endswith("*") or string.startswith("*"):
        raise _error("a * can only end a word, such as rus*", text, at)
    if len(words[-1]) < 2:
        raise _error("a * needs at least two letters before it, such as rus*", text, at)
    return [*(Clause(WORD, (word,)) for word in words[:-1]), Clause(PREFIX, words[-1:])]


def _words(string: str) -> tuple[str, ...]:
    """The words of `string`, a hyphenated one joined («medleve-kollektiv» is asked for as one word)."""
    words: dict[int, str] = {}
    for token in reversed(tokenise(string)):
        words[token.start] = token.word  # the joined word comes before its parts and begins where they do
    inner = {token.start for token in tokenise(string) if token.start and string[token.start - 1] in "-\u2010\u2011"}
    return tuple(words[start] for start in sorted(words) if start not in inner)


def _error(message: str, text: str, at: int) -> QueryError:
    before, after = text[max(0, at - 30) : at], text[at : at + 30]
    return QueryError(f"{message}, at character {at + 1}: {before}>>>{after}".rstrip(), at)
