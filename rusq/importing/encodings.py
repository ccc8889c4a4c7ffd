"""Bytes in, text and the name of its encoding out. Knows the encodings Norwegian texts come in; no formats.

An own rule rather than a library: charset-normalizer read half of 956 Norwegian lines in ISO-8859-1 as Greek,
Baltic or Chinese; this reads all of them.
"""

import codecs
import re

from rusq.errors import RusqError

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)
_SAMPLE = 65_536
# Control characters no text has; a tab, line ends, a bell (an odd bullet) and an escape may be there.
_BINARY = bytes([*range(1, 7), 8, *range(14, 27), *range(28, 32)])
_SINGLE_BYTE = (("Windows-1252", "cp1252"), ("Mac Roman", "mac_roman"), ("CP865", "cp865"))
_LETTERS = frozenset("æøåÆØÅ")
_SIGNS = frozenset("«»–—•’“”éèêòóôüöäÉÜÖÄ§½°…€\u00a0\u00ad")
# UTF-8 taken for Windows-1252 and written as UTF-8 once more: «Ã¸» for «ø», «â€“» for a dash.
_TWICE = re.compile("Ã[\u0080-\u00bf\u0152-\u2122]")


def decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text of a file called `name`, its line ends as line feeds, and what its encoding is called.

    UTF-8 and UTF-16 with or without a mark at the beginning, else what makes of the bytes the most Norwegian
    letters. Bytes that are no text raise RusqError.
    """
    for mark, called, codec in _MARKS:
        if raw.startswith(mark):
            return _with_line_feeds(_strict(raw, codec, called, name).removeprefix("\ufeff")), called
    codec = _evident_utf16(raw)
    if codec:
        return _with_line_feeds(_strict(raw, codec, "UTF-16", name)), "UTF-16"
    _refuse_binary(raw, name)
    try:
        text, called = raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, called = _of_no_utf8(raw)
    if not raw.isascii() and _TWICE.search(text):
        text, called = _once(text, called)
    return _with_line_feeds(text), called


def _strict(raw: bytes, codec: str, called: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise RusqError(
            f"'{name}' says it is {called}, but byte {error.start} is not; save it again as UTF-8"
        ) from error


def _evident_utf16(raw: bytes) -> str:
    """The codec of UTF-16 without a mark, told by the empty half of nearly every letter; else ""."""
    sample = raw[:_SAMPLE]
    if len(raw) % 2 or len(raw) < 4 or b"\0" not in sample:
        return ""
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if high > 0.7 * half and low < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 * half and high < 0.05 * half else ""


def _refuse_binary(raw: bytes, name: str) -> None:
    empty = raw.find(b"\0")
    if empty >= 0:
        raise RusqError(f"'{name}' is no text: byte {empty} is a NUL; save it again as UTF-8 text")
    sample = raw[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _BINARY))
    if controls > 8 and controls > len(sample) / 50:
        raise RusqError(f"'{name}' is no text: {controls} of its first {len(sample)} bytes are control characters")


def _of_no_utf8(raw: bytes) -> tuple[str, str]:
    """Text in a single-byte encoding, or in UTF-8 with a few bytes of one."""
    mixed = raw.decode("utf-8", errors="surrogateescape")
    strays = sum("\udc80" <= sign <= "\udcff" for sign in mixed)
    if sum(sign > "\x7f" for sign in mixed) - strays > strays:
        return re.sub("[\udc80-\udcff]", _stray, mixed), "UTF-8 with bytes of Windows-1252"
    readings = {called: raw.decode(codec, errors="replace") for called, codec in _SINGLE_BYTE}
    called = max(readings, key=lambda called: _norwegian(readings[called]))
    if called == "Windows-1252" and not any(0x80 <= byte < 0xA0 for byte in set(raw)):
        called, readings = "ISO-8859-1", {"ISO-8859-1": raw.decode("iso-8859-1")}
    return readings[called], called


def _stray(found: re.Match[str]) -> str:
    return bytes([ord(found.group()) - 0xDC00]).decode("cp1252", errors="replace")


def _norwegian(text: str) -> int:
    """How Norwegian the signs beyond ASCII are: letters count for most, and signs no Norwegian text has against."""
    signs = re.sub(r"[\x00-\x7f]+", "", text[:_SAMPLE])
    return sum(3 if sign in _LETTERS else 1 if sign in _SIGNS else -1 for sign in signs)


def _once(text: str, called: str) -> tuple[str, str]:
    """Text that was written as UTF-8 twice over, read once; as it is, if it holds whole Norwegian letters too."""
    if re.search("[æøåÆØ]", text):
        return text, called
    pieces = bytearray()
    for sign in text:
        try:
            pieces += sign.encode("cp1252")
        except UnicodeEncodeError:
            pieces += sign.encode("iso-8859-1" if sign < "\u0100" else "utf-8")
    try:
        return pieces.decode("utf-8"), f"{called}, written twice over"
    except UnicodeDecodeError:
        return text, called


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
