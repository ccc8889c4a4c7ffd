"""Characters and words as extraction leaves them, repaired. Knows letters and signs; no formats, lines or files."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

# What stands where a word was broken at a line's end: a soft hyphen, and pdfium's two signs for one.
SOFT_HYPHENS = "\u00ad\x02\ufffe"
HYPHENS = SOFT_HYPHENS + "-\u2010\u2011"
# After these a hyphen is a suspended compound's: «rus- og avhengighet».
_JOINING = frozenset(["og", "eller", "og/eller"])
_NEVER_JOINED = frozenset(["ikke", "ikkje", "non"])

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]?")
_BROKEN_WORD = re.compile(rf"([^\W\d_]*)[{SOFT_HYPHENS}](\s*)([\w/]*)")
_LATE_MARKS = re.compile(r"\s+(?=[\u0300-\u036f])")
_RING_FIRST = re.compile("\u02da([aA])")  # as TeX sets å
_PRIVATE_IN_WORD = re.compile(r"(?<=[^\W\d_])[\ue000-\uf8ff](?=[^\W\d_])")

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_SPACES = dict.fromkeys([*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0x2028, 0x2029], " ")
_UNSEEN = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0x34F, 0x61C, 0x180E,
     *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF,
     *range(0xFFF0, 0xFFFD), 0xFFFE, 0xFFFF, *range(0xE000, 0xF900), *range(0xE0000, 0xE0200)],
    None,
)  # fmt: skip
_LOST = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half of a pair, which no file can hold
_MENDED: Mapping[int, str | None] = {**_UNSEEN, **_LOST, **_LIGATURES, **_SPACES}


def mended(text: str) -> str:
    """One line of extracted text with whole words and plain spaces: what a reader sees, letter for letter.

    Composed letters, ligatures taken apart, words broken by soft hyphens joined; no control, direction or
    zero-width character and no private sign is left (inside a word one becomes U+FFFD: a letter is lost).
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    if any(sign in text for sign in SOFT_HYPHENS):
        text = _BROKEN_WORD.sub(_rejoined, text)
    text = _PRIVATE_IN_WORD.sub("\ufffd", text).translate(_MENDED)
    text = unicodedata.normalize("NFC", _LATE_MARKS.sub("", _RING_FIRST.sub("\\1\u030a", text)))
    return " ".join(text.split())


def _rejoined(found: re.Match[str]) -> str:
    before, gap, after = found.groups()
    if gap and not after:
        return before + gap
    if gap:
        return unbroken(before + "\u00ad", after)
    return before + after


def unbroken(before: str, after: str, *, known: Collection[str] = (), parted: bool = True) -> str:
    """The two halves of a word that a line's end parts, together again; `before` ends in a hyphen of any kind.

    A suspended compound keeps its hyphen and a space («rus- og»); the hyphen of «EØS-avtalen», «Sør-Norge»
    and «e-post» stays. `known`: words of the same document, in lower case, which decide where they hold either;
    if it has no `parted` words at the ends of lines else, this hyphen is the word's own.
    """
    sign, stem = before[-1:], before[:-1].rstrip(HYPHENS)
    first = re.match(r"[\w/]*", after)
    if first is not None and first.group().lower() in _JOINING:
        return f"{stem}- {after}"
    tail = re.split(r"[^\w-]", stem)[-1]
    word = tail + (first.group() if first is not None else "")
    if word.lower() in known:
        return stem + after
    if f"{tail}-{first.group() if first is not None else ''}".lower() in known:
        return f"{stem}-{after}"
    real = sign not in SOFT_HYPHENS and (len(tail) < 2 or tail.lower() in _NEVER_JOINED)
    if real or not parted or not (tail[-1:].islower() and after[:1].islower()):
        return f"{stem}-{after}"
    if len(tail) > 1 and tail[-1] == tail[-2] == after[0] and tail[-1] not in "aeiouyæøå":
        return stem + after[1:]  # «trafikk-kontroll» is written with two k's in one piece
    return stem + after


# -- Marks of list items

_MARKS = frozenset("•·∙⋅●○◦‣⁃⁌⁍▪▫■□➢➤✓✔✗✘❖❑❒")
_MARKS_BEFORE_SPACE = frozenset("-–—‐‑−*+»›>o§~\ufffd¤")
_PICTURES = ((0x2190, 0x2200), (0x25A0, 0x2776), (0x2794, 0x27C0), (0x27F0, 0x2800), (0x2900, 0x2980),
             (0x2B00, 0x2C00), (0x1F000, 0x1FB00), (0xE000, 0xF900))  # fmt: skip
_MODIFIERS = ((0xFE00, 0xFE10), (0x1F3FB, 0x1F400), (0xE0020, 0xE0080), (0x20E3, 0x20E4))


def bullet(text: str) -> int:
    """How many characters a mark of a list item takes at the beginning of a line as extracted, 0 for none.

    White space around it is counted. Dashes, a letter o and such count only before a space; whether a dash
    opens a list item or a speech is for the reader to tell. Call it before `mended`, which takes marks away.
    """
    start = len(text) - len(text.lstrip())
    end = start + _mark_length(text[start:])
    if end == start:
        return 0
    rest = text[end:].lstrip()
    return len(text) - len(rest) if rest else 0


def is_mark(text: str) -> bool:
    """Whether a line holds nothing but a mark of a list item, whose words are on the next."""
    return bool(text.strip()) and bullet(text.strip() + " x") == len(text.strip()) + 1


def _mark_length(text: str) -> int:
    sign, after = text[:1], text[1:2]
    if sign == "§" and text[1:].lstrip()[:1].isdigit():
        return 0
    if sign in _MARKS_BEFORE_SPACE:
        return 1 if sign and after.isspace() else 0
    if sign in _MARKS:
        return 1 + _modifiers(text[1:])
    if sign and (sign < "\x09" or "\x0e" <= sign < "\x1b"):
        return 1
    return _picture_length(text)


def _picture_length(text: str) -> int:
    """How long one picture is: an emoji with its modifiers, or several joined into one."""
    length = 0
    while _within(text[length : length + 1], _PICTURES):
        length += 1 + _modifiers(text[length + 1 :])
        if text[length : length + 1] != "\u200d":
            return length
        length += 1
    return length


def _modifiers(text: str) -> int:
    return next((at for at, sign in enumerate(text) if not _within(sign, _MODIFIERS)), len(text))


def _within(sign: str, ranges: Iterable[tuple[int, int]]) -> bool:
    return bool(sign) and any(low <= ord(sign) < high for low, high in ranges)


# -- Fonts whose signs stand for others

_PAIRS = ("ff", "fi", "fl", "ffi", "ffl", "fj", "ft", "tt", "ti")
# Parts of everyday words that hold each of them: enough to tell which one a sign stands for.
_TELLING = {
    "ff": "offentl straff stoff skaff effekt treff differ tariff offer toff koff kaff buffer diff siffer".split(),
    "fi": "finn finan fisk profil defini sifi offis film fire firma fiber fikk grafi filos trafikk".split(),
    "fl": "flere fleir flest flertall fleksi flytt flykt flyg flyt flat flom flagg innfly konflikt inflasjon".split(),
    "ffi": "effisien offisi koeffisi effici traffic".split(),
    "ffl": "skaffl stofflig treffl bøffl trøffl snuffl".split(),
    "fj": "fjell fjern fjor fjel fjær".split(),
    "ft": "krafti skift luft loft avtaft etter oftere bedrift heft skaft haft løft stift gift".split(),
    "tt": "rett ett litt sett mott nytt rått natt satt skatt".split(),
    "ti": "politi tiltak tilb tilg tid tidl aktiv stift prakti kriti".split(),
}
_INSIDE_WORD = re.compile(r"(?<=[a-zæøå])[^\sa-zæøåéèêòóôüöäA-ZÆØÅ\d.,:;!?'’´`/&@_()\[\]\"«»“”‐‑–—%+*=-](?=[a-zæøå])"
                          r"|(?<=[a-zæøå])[A-ZÆØÅ](?=[a-zæøå])")  # fmt: skip


def font_map(words: Iterable[str], *, known: Collection[str] = ()) -> dict[str, str]:
    """Which signs inside the words of one document stand for letters that its font sets as one: «W» for «ff».

    Empty for most documents. A sign counts only if it stands between small letters in several words, and
    nearly all of them become words with the same letters in its place: words that the document has elsewhere,
    words in `known` (in lower case), or words with a part that everyday words have.
    """
    seen = Counter(words)
    odd: dict[str, set[str]] = {}
    plain: set[str] = set()
    for word in seen:
        signs = set(_INSIDE_WORD.findall(word)) if len(word) > 3 else set()
        for sign in signs:
            odd.setdefault(sign, set()).add(word)
        if not signs:
            plain.add(word.lower())
    table: dict[str, str] = {}
    for sign, holders in odd.items():
        told = {pair: _told(holders, sign, pair, plain, known) for pair in _PAIRS}
        best = max(_PAIRS, key=lambda pair: (told[pair], -len(pair)))
        # Two words at least: one chance word such as «iPhone» changes nothing.
        if told[best] >= 2 and 2 * told[best] >= len(holders):
            table[sign] = best
    return table


def _told(holders: set[str], sign: str, pair: str, plain: Collection[str], known: Collection[str]) -> int:
    """How many of the words that hold `sign` are words once it is taken for `pair`."""
    repaired = [word.replace(sign, pair).lower() for word in holders]
    return sum(word in plain or word in known or any(part in word for part in _TELLING[pair]) for word in repaired)


def _opened(pair: str) -> Callable[[re.Match[str]], str]:
    """What a word is that may begin with the pair: itself, where no everyday word has such a part."""

    def opened(found: re.Match[str]) -> str:
        whole = pair + found[1]
        return whole if any(whole.startswith(part) for part in _TELLING[pair]) else found[0]

    return opened


def remapped(text: str, table: Mapping[str, str]) -> str:
    """`text` with the signs of a broken font map (`font_map`) as the letters they stand for.

    A sign counts where a small letter goes before it, and, if it is no letter, where one follows; a letter also
    where it begins a word with a part that everyday words have. A word of three letters is a unit of measure
    rather: «kWh».
    """
    if not table or not any(sign in text for sign in table):
        return text
    for sign, pair in table.items():
        ahead = "" if sign.isalpha() else f"|{re.escape(sign)}(?=[a-zæøå])"
        unit = rf"(?<!\w)\w{re.escape(sign)}\w?(?!\w)|" if sign.isalpha() else ""
        pattern = rf"{unit}(?<=[a-zæøå]){re.escape(sign)}(?![A-ZÆØÅ]){ahead}"
        text = re.sub(pattern, lambda found, pair=pair: pair if len(found[0]) == 1 else found[0], text)  # type: ignore[misc]
        if sign.isalpha():
            text = re.sub(rf"(?<!\w){re.escape(sign)}([a-zæøå]{{2,}})", _opened(pair), text)
    return text
