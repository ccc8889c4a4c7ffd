"""TOML text to data, at once where it is written plainly. Knows the language, not what the tables mean.

The built-in tables are read at every start, and a full TOML parser takes longer over them than all the
rest of a search. Nearly all TOML is comments, headers, and keys with plain strings, numbers and lists of
strings: that much is read here with one pattern. Anything else goes to the standard library's parser,
which also says what is wrong with a file. Both give the same for any text (see tests/test_toml.py).
"""

import re
from typing import Any

_STRING = r'"[^"\\\n]*"|\'[^\'\n]*\''
_GAP = r"(?:[ \n]|#[^\n]*\n)*"
_LINE = re.compile(
    r" *(?:"
    r'([\w-]+|"[^"\\\n]*")(?:\.([\w-]+))? *= *(?:'
    rf"(?P<string>{_STRING}(?![\"']))"
    r'|"""\n(?P<block>[^"\\]*)"""'
    rf"|\[{_GAP}(?P<list>(?:(?:{_STRING}){_GAP},{_GAP})*(?:(?:{_STRING}){_GAP})?)\]"
    r"|(?P<number>0|[1-9][0-9]{0,17})"
    r")|\[\[(?P<tables>[\w-]+)\]\]|\[(?P<table>[\w-]+)\])?"
    r" *(?:#[^\n]*)?(?:\n|\Z)",
    re.ASCII,
)
_ALLOWED = bytes(byte for byte in range(256) if byte == 0x0A or (byte >= 0x20 and byte != 0x7F))  # no controls
_STRINGS = re.compile(rf"{_STRING}|#[^\n]*")


def loads(text: str) -> dict[str, Any]:
    """The data of a TOML text. ValueError (tomllib.TOMLDecodeError) if it is not TOML."""
    odd = text.encode("utf-8", "surrogatepass").translate(None, _ALLOWED)  # the quickest look there is
    data = None if odd else _plain(text)
    if data is None:
        import tomllib

        data = tomllib.loads(text)
    return data


def _plain(text: str) -> dict[str, Any] | None:
    """The data if all of the text is written plainly, else None."""
    data: dict[str, Any] = {}
    current = data
    at, end = 0, len(text)
    while at < end:
        found = _LINE.match(text, at)
        if found is None:
            return None
        at = found.end()
        kind = found.lastgroup
        if kind is None:
            continue
        if kind in ("table", "tables"):
            entered = _entered(data, found[kind], many=kind == "tables")
            if entered is None:
                return None
            current = entered
            continue
        table, key = current, found[1].strip('"')
        if found[2] is not None:
            table, key = table.setdefault(key, {}), found[2]
            if not isinstance(table, dict):
                return None
        if key in table:
            return None
        table[key] = _value(kind, found[kind])
    return data


def _entered(data: dict[str, Any], name: str, *, many: bool) -> dict[str, Any] | None:
    """The new table of that name; None if it cannot be made anew, for the full parser to say why."""
    new: dict[str, Any] = {}
    if not many:
        return None if name in data else data.setdefault(name, new)
    if name not in data:
        data[name] = [new]
        return new
    rows = data[name]
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return None
    rows.append(new)
    return new


def _value(kind: str, written: str) -> object:
    if kind == "string":
        return written[1:-1]
    if kind == "number":
        return int(written)
    if kind == "list":
        return [string[1:-1] for string in _STRINGS.findall(written) if string[0] != "#"]
    return written
