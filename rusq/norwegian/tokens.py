"""Text to words with spans. One spelling for one word: lower case, composed letters, Norwegian æ, ø and å."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_MARKS = "\u0300-\u036f\u00ad"  # combining marks and the soft hyphen belong to the word they stand in
_LETTERS = rf"[^\W_{_MARKS}][^\W_]*(?:[{_MARKS}]+[^\W_]*)*"
_HYPHEN = "[-\u2010\u2011]"
_CHUNK = re.compile(
    rf"\d+(?:[.,/:]\d+)+|(?:(?<![\w-]){_HYPHEN})?{_LETTERS}(?:{_HYPHEN}{_LETTERS})*(?:{_HYPHEN}(?!\w))?"
)
_PLAIN = re.compile(r"\d+(?:[.,/:]\d+)+|[^\W_]+")
_HYPHENATED = re.compile(f"[-\u2010\u2011{_MARKS}]")
_SWEDISH_LETTER = re.compile("[äö]")
_SWEDISH = str.maketrans({"ä": "æ", "ö": "ø", "\u00ad": None, "\u2010": "-", "\u2011": "-"})
_COMBINING = re.compile("[\u0300-\u036f]")
_SUSPENDED = re.compile(rf"\w{_HYPHEN}(?!\w)|(?<![\w-]){_HYPHEN}\w")


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
    if _COMBINING.search(lowered):
        from unicodedata import normalize  # a library of its own, and rarely needed

        lowered = normalize("NFC", lowered)
    return lowered.translate(_SWEDISH)


_ASCII = str.maketrans({"æ": "e", "ø": "o", "å": "a", "é": "e", "è": "e", "ê": "e", "ò": "o", "ó": "o", "ô": "o"})


def ascii_spelling(word: str) -> str:
    """A key that a word shares with its ASCII spellings: sprøyterom, sproyterom and sproeyterom all give one."""
    return word.replace("aa", "a").replace("ae", "e").replace("oe", "o").translate(_ASCII)


def words(text: str) -> set[str]:
    """The words of `text` as `tokenise` gives them, without their places: what an index is made of."""
    lowered = text.lower()
    if _HYPHENATED.search(lowered):
        return {token.word for token in tokenise(text)}
    found = set(_PLAIN.findall(lowered))
    return {word.translate(_SWEDISH) for word in found} if _SWEDISH_LETTER.search(lowered) else found


def tokenise(text: str, complete: Callable[[str, str], str | None] | None = None) -> list[Token]:
    """The words of `text` in order. A hyphenated word also gives its parts («medleve-kollektiv»).

    Of «avrusings-, behandlings- og rehabiliteringstilbud» the first gives «avrusings»; with
    `complete(first, last)`, which says what is suspended, it gives «avrusingstilbud».
    """
    tokens: list[Token] = []
    position = 0
    for found in _CHUNK.finditer(text):
        chunk = fold(found.group())
        start = found.start()
        if "-" not in chunk:
            tokens.append(Token(chunk, start, found.end(), position))
            position += 1
            continue
        joined = chunk.replace("-", "")
        if chunk.strip("-") != joined:
            tokens.append(Token(joined, start, found.end(), position))
        for part in re.finditer(r"[^-\u2010\u2011]+", found.group()):
            tokens.append(Token(fold(part.group()), start + part.start(), start + part.end(), position))
            position += 1
    if complete is not None and _SUSPENDED.search(text):
        return list(_completed(text, tokens, complete))
    return tokens


def _completed(text: str, tokens: list[Token], complete: Callable[[str, str], str | None]) -> Iterator[Token]:
    """The same tokens, the suspended ones as what they stand for, where that can be told."""
    for at, token in enumerate(tokens):
        word: str | None = None
        if (
            text[token.end : token.end + 1] in ("-", "\u2010", "\u2011")
            and not text[token.end + 1 : token.end + 2].isalnum()
        ):
            whole = _end_of_series(text, tokens, at)
            word = complete(token.word, whole.word) if whole else None
        elif text[token.start - 1 : token.start] == "-" and not text[token.start - 2 : token.start - 1].isalnum():
            before = tokens[at - 2] if at > 1 and tokens[at - 1].word in ("og", "eller", "samt") else None
            word = complete(before.word, "-" + token.word) if before else None
        yield token._replace(word=word) if word else token


def _end_of_series(text: str, tokens: list[Token], at: int) -> Token | None:
    """The full word that the suspended one at `at` leans on: past «og», commas and other suspended ones."""
    for token in tokens[at + 1 : at + 7]:
        if token.word in ("og", "eller", "samt"):
            continue
        if text[token.end : token.end + 1] != "-":
            return token
    return None
