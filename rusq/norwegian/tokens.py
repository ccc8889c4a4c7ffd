"""Text to words with spans. One spelling for one word: lower case, composed letters, Norwegian æ, ø and å."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:[.,/:]\d+)+|[^\W_]+")
_HYPHENS = "-\u2010\u2011"
# Letters written with a combining mark (a + ring) or a soft hyphen inside; tried only where there is one.
_MARKED_WORD = r"\d+(?:[.,/:]\d+)+|[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*"
_SWEDISH = str.maketrans({"ä": "æ", "ö": "ø", "\u00ad": None})
_JOINING = ("og", "eller", "samt")


# Each letter of Latin-1 to its small one.
SMALL = bytes(byte + 32 if 65 <= byte <= 90 or (192 <= byte <= 222 and byte != 215) else byte for byte in range(256))


def small(text: str) -> str:
    """`text.lower()`, for a text of letters beyond ASCII ten times as fast: Python lowers those one by one."""
    try:
        return text.encode("latin-1").translate(SMALL).decode("latin-1")
    except UnicodeEncodeError:
        return text.lower()


class Token(NamedTuple):
    """A folded word and where it stands: `start`/`end` offsets into the text, `position` counted in words."""

    word: str
    start: int
    end: int
    position: int


def fold(word: str) -> str:
    """`word` as it is compared: lower case, å as one letter, Swedish ä and ö as æ and ø, no soft hyphen.

    Source: Lucene's Norwegian normalisation for ä and ö; aa, ae, oe stay (see `ascii_spelling`).
    """
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    if _is_marked(lowered):
        from unicodedata import normalize  # a library of its own, and rarely needed

        lowered = normalize("NFC", lowered)
    return lowered.translate(_SWEDISH)


def _is_marked(text: str) -> bool:
    """Whether a letter is followed by a mark that belongs to it: nothing of the kind is in plain Norwegian."""
    if "\u00ad" in text:
        return True
    try:
        text.encode("latin-1")  # the quickest look: none of the marks is among these 256
    except UnicodeEncodeError:
        return any("\u0300" <= letter <= "\u036f" for letter in text)
    return False


_ASCII = str.maketrans({"æ": "e", "ø": "o", "å": "a", "é": "e", "è": "e", "ê": "e", "ò": "o", "ó": "o", "ô": "o"})


def ascii_spelling(word: str) -> str:
    """A key that a word shares with its ASCII spellings: sprøyterom, sproyterom and sproeyterom all give one."""
    return word.replace("aa", "a").replace("ae", "e").replace("oe", "o").translate(_ASCII)


def words(text: str) -> set[str]:
    """The words of `text` as `tokenise` gives them, without their places: what an index is made of."""
    lowered = small(text)  # «İ» becomes two signs, the second a mark
    if "-" in text or "\u2010" in text or "\u2011" in text or _is_marked(lowered):
        return {token.word for token in tokenise(text)}
    found = set(_WORD.findall(lowered))
    return {word.translate(_SWEDISH) for word in found} if "ä" in lowered or "ö" in lowered else found


def is_suspending(text: str) -> bool:
    """Whether a word of `text` may lean on another («rus- og»), so that reading it needs `complete`."""
    for hyphen in _HYPHENS:
        at = text.find(hyphen)
        while at >= 0:
            if text[at + 1 : at + 2].isalnum() != text[at - 1 : at].isalnum():
                return True
            at = text.find(hyphen, at + 1)
    return False


def tokenise(text: str, complete: Callable[[str, str], str | None] | None = None) -> list[Token]:
    """The words of `text` in order. A hyphenated word also gives its parts («medleve-kollektiv»).

    Of «avrusings-, behandlings- og rehabiliteringstilbud» the first gives «avrusings»; with
    `complete(first, last)`, which says what is suspended, it gives «avrusingstilbud».
    """
    marked = bool(text) and _is_marked(text)
    if not (marked or "-" in text or "\u2010" in text or "\u2011" in text):
        lowered = text.lower()
        if len(lowered) == len(text):  # as nearly all statements are
            lowered = lowered.replace("ä", "æ").replace("ö", "ø")
            return [Token(found[0], *found.span(), at) for at, found in enumerate(_WORD.finditer(lowered))]
    pattern = re.compile(_MARKED_WORD) if marked else _WORD
    spans = [found.span() for found in pattern.finditer(text)]
    tokens: list[Token] = []
    whole = 0  # the first span of the hyphenated word that is being read
    for at, (start, end) in enumerate(spans):
        if not (at and start == spans[at - 1][1] + 1 and text[start - 1] in _HYPHENS):
            whole = at
        if at == whole and at + 1 < len(spans) and spans[at + 1][0] == end + 1 and text[end] in _HYPHENS:
            last = at + 1
            while (
                last + 1 < len(spans) and spans[last + 1][0] == spans[last][1] + 1 and text[spans[last][1]] in _HYPHENS
            ):
                last += 1
            joined = "".join(text[a:b] for a, b in spans[at : last + 1])
            tokens.append(Token(fold(joined), start, spans[last][1], at))
        tokens.append(Token(fold(text[start:end]), start, end, at))
    if complete is not None and any(hyphen in text for hyphen in _HYPHENS):
        return list(_completed(text, tokens, complete))
    return tokens


def _completed(text: str, tokens: list[Token], complete: Callable[[str, str], str | None]) -> Iterator[Token]:
    """The same tokens, the suspended ones as what they stand for, where that can be told."""
    for at, token in enumerate(tokens):
        word: str | None = None
        after = text[token.end : token.end + 2]
        if after and after[0] in _HYPHENS and not after[1:].isalnum():
            whole = _end_of_series(text, tokens, at)
            word = complete(token.word, whole.word) if whole else None
        elif token.start and text[token.start - 1] in _HYPHENS and not text[: token.start - 1][-1:].isalnum():
            before = tokens[at - 2] if at > 1 and tokens[at - 1].word in _JOINING else None
            word = complete(before.word, "-" + token.word) if before else None
        yield token._replace(word=word) if word else token


def _end_of_series(text: str, tokens: list[Token], at: int) -> Token | None:
    """The full word that the suspended one at `at` leans on: past «og», commas and other suspended ones."""
    for token in tokens[at + 1 : at + 7]:
        if token.word in _JOINING:
            continue
        if text[token.end : token.end + 1] not in ("-", "\u2010", "\u2011"):
            return token
    return None
