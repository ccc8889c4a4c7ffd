"""The entries of sources.toml and actors.toml written: what people wrote there keeps its place, comments and all.

tomlkit changes what is there; what is new is put after it, so that not a sign before it changes.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rusq.errors import RusqError
from rusq.toml import loads

if TYPE_CHECKING:
    from tomlkit.items import Table

Entry = Mapping[str, str | int | None]  # key -> value; None and "" leave a key out, or take it out


def with_entries(text: str, table: str, entries: Sequence[Entry], *, head: str = "") -> str:
    """A TOML text with these `[[table]]` entries: those whose id it has are changed, the others put at its end.

    `head` is a comment that opens the text if it is empty. RusqError if it is written in a way that
    cannot be added to.
    """
    before = loads(text).get(table, [])
    wanted = {str(entry["id"]): entry for entry in entries}
    if any(row.get("id") in wanted for row in before):
        text = _changed(text, table, wanted)
    known = {row.get("id") for row in before}
    for entry in entries:
        if entry["id"] not in known:
            text = _after(text or head, table, entry)
    _check(text, table, before, wanted)
    return text


def _changed(text: str, table: str, wanted: Mapping[str, Entry]) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    for row in document[table]:
        entry = wanted.get(row["id"])
        if entry is not None:
            _change(row, entry)
    return tomlkit.dumps(document)


def _change(row: "Table", entry: Entry) -> None:
    """Set the keys of one entry. New keys come right after the others, before blank lines and comments that follow."""
    body = row.value.body
    end = len(body)
    while end and body[end - 1][0] is None:
        end -= 1
    following = body[end:]
    del body[end:]
    for key, value in entry.items():
        if value not in (None, ""):
            row[key] = value
        elif key in row:
            row.remove(key)
    body.extend(following)


def _after(text: str, table: str, entry: Entry) -> str:
    import tomlkit

    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = [f"[[{table}]]"]
    for key, value in entry.items():
        if value not in (None, ""):
            lines.append(f"{key} = {tomlkit.item(value).as_string()}")
    text = text.rstrip("\r\n")
    return (text + 2 * line_end if text else "") + line_end.join([*lines, ""])


def _check(text: str, table: str, before: Sequence[Mapping[str, Any]], wanted: Mapping[str, Entry]) -> None:
    """Read what was written, as a later start will: all others as they were, and these as they should be."""
    try:
        rows = {row["id"]: row for row in loads(text)[table]}
    except (ValueError, KeyError, TypeError):
        rows = {}
    expected = {row["id"]: row for row in before if row.get("id") not in wanted}
    for name, entry in wanted.items():
        older = next((row for row in before if row.get("id") == name), {})
        expected[name] = {k: v for k, v in {**older, **entry}.items() if v not in (None, "")}
    if rows != expected:
        raise RusqError(
            f"{table}s.toml is written in a way that cannot be added to; write each {table} under [[{table}]]"
        )
