"""A font's name in, its weight and family out. Knows how fonts are named; nothing of pages."""

import re
from functools import cache

_WEIGHTS = (
    ("semibold", 600), ("demi", 600), ("extrabold", 800), ("ultrabold", 800), ("bold", 700), ("heavy", 800),
    ("black", 800), ("medium", 500), ("extralight", 200), ("light", 300), ("thin", 100), ("regular", 400),
    ("roman", 400), ("book", 400),
)  # fmt: skip
_ITALIC = ("italic", "oblique")
_FAMILY = re.compile(
    r"^(?:[A-Z]{6}\+)?(.+?)(?:[-,_ ]?(?:regular|roman|book|italic|oblique|semibold|demi|bold|light|medium|black"
    r"|heavy|thin|extra|ultra|semi|mt|ps|it|lt|std|pro))*$",
    re.IGNORECASE,
)
_NAMELESS = re.compile(r"(?:[A-Z]{6}\+)?(?:cidfont\+?)?[a-z]{0,2}\d*", re.IGNORECASE)


@cache
def weight_and_family(name: bytes) -> tuple[int, str] | None:
    """What a font's name says of its weight and family; None if it says nothing, as «F1» does."""
    text = name.decode("utf-8", "replace").replace("#20", " ")
    found = _FAMILY.match(text)
    if found is None or _NAMELESS.fullmatch(text):
        return None
    lowered = text.partition("+")[2].lower() or text.lower()
    slant = " italic" if any(word in lowered for word in _ITALIC) else ""
    return next((weight for word, weight in _WEIGHTS if word in lowered), 400), found.group(1).lower() + slant
