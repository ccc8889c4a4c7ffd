"""The text of a TOML file to records that are known to be sound, with the line of every fault. Opens no files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from rusq import toml
from rusq.model import Problem

_KINDS: Mapping[str, str] = {
    "text": "a text in quotes",
    "texts": 'a list of texts, such as ["a", "b"]',
    "number": "a whole number",
    "texts by language": 'lists of texts by language, such as aliases.nb = ["a"]',
    "pairs": 'a list of pairs, such as ["men mens"]',
}


class Schema(NamedTuple):
    """Which keys a record has, by kind of value; those that are `required` must be there."""

    required: Mapping[str, str]
    optional: Mapping[str, str] = MappingProxyType({})

    def kind(self, key: str) -> str | None:
        return self.required.get(key) or self.optional.get(key)


class TomlFile:
    """A parsed TOML file. Faults are collected in `problems`; what has one is left out."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.problems: list[Problem] = []
        self.data: dict[str, Any] = {}
        self.broken = False  # not TOML: what it would have held is not known
        self.lost: set[str] = set()  # ids of the records that are left out
        try:
            self.data = toml.loads(text)
        except ValueError as error:
            where = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(error))
            line = int(where[1]) if where and where[1] else text.count("\n") + 1
            what = str(error)[: where.start()].strip() if where else str(error)
            if what.startswith("Expected '='") and not text.split("\n")[line - 1].partition("=")[0].isascii():
                what += "; a key with æ, ø or å is written in quotes"
            self.problem(line, f"not TOML: {what}")
            self.broken = True

    def problem(self, line: int, what: str, *, doubt: bool = False) -> None:
        self.problems.append(Problem(self.name, line, what, doubt))

    def expect_tables(self, *names: str) -> None:
        """Report top-level names other than these."""
        for name in self.data:
            if name not in names:
                self.problem(
                    self._find(rf"\[*\s*{re.escape(name)}\b"), f"unknown table '{name}'; known: {', '.join(names)}"
                )

    def records(self, table: str, schema: Schema) -> Iterator[tuple[int, dict[str, Any]]]:
        """The sound records of `[[table]]`, each with its number from 0 (for `line`)."""
        rows = self.data.get(table, [])
        if not isinstance(rows, list):
            self.problem(self._find(rf"\[*{table}\b"), f"write each {table} under [[{table}]]")
            return
        for number, row in enumerate(rows):
            if not isinstance(row, dict):
                self.problem(self._find(rf"\[*{table}\b"), f"write each {table} under [[{table}]]")
                continue
            faults = [] if _sound(row, schema) else list(self._faults(row, schema))
            for key, what in faults:
                self.problem(self.line(table, number, key), what)
                self.lost.add(str(row.get("id")))
            if not faults:
                yield number, row

    def _faults(self, row: Mapping[str, Any], schema: Schema) -> Iterator[tuple[str, str]]:
        for key in schema.required:
            if key not in row or row[key] == "":
                yield "", f"'{key}' is missing"
        for key, value in row.items():
            kind = schema.kind(key)
            if kind is None:
                known = ", ".join([*schema.required, *schema.optional])
                yield key, f"unknown key '{key}'; known: {known}"
            elif not _is(value, kind):
                yield key, f"'{key}' should be {_KINDS[kind]}"

    def line(self, table: str, number: int, key: str = "") -> int:
        """The line, from 1, of the given record of `[[table]]`, or of a key in it."""
        heads = [found.start() for found in re.finditer(rf"(?m)^[ \t]*\[\[\s*{re.escape(table)}\s*\]\]", self.text)]
        if number >= len(heads):
            return 1
        start = heads[number]
        if key:
            end = heads[number + 1] if number + 1 < len(heads) else len(self.text)
            found = re.compile(rf"(?m)^[ \t]*{re.escape(key)}\b").search(self.text, start, end)
            start = found.start() if found else start
        return self.text.count("\n", 0, start) + 1

    def line_of_key(self, key: str) -> int:
        """The line, from 1, of a key of a plain table; 1 if it is written in a way not foreseen."""
        return self._find(rf"\"?{re.escape(key)}\"?\s*=")

    def _find(self, pattern: str) -> int:
        found = re.search(rf"(?m)^[ \t]*{pattern}", self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else 1

    def strings(self, table: str, kind: str) -> dict[str, Any]:
        """A plain table of `kind` values; faulty ones are reported and left out."""
        rows = self.data.get(table, {})
        if not isinstance(rows, dict):
            self.problem(self._find(rf"\[*{table}\b"), f"'{table}' should be a table, [{table}]")
            return {}
        sound = {}
        for key, value in rows.items():
            if _is(value, kind):
                sound[key] = value
            else:
                self.problem(self.line_of_key(key), f"'{key}' should be {_KINDS[kind]}")
        return sound


def _sound(row: Mapping[str, Any], schema: Schema) -> bool:
    """A quick look that most records pass: all keys known, none missing, texts and lists of texts where due."""
    for key, value in row.items():
        kind = schema.kind(key)
        if kind == "texts":
            if type(value) is not list or "" in value or not set(map(type, value)) <= {str}:
                return False
        elif kind is None or not _is(value, kind):
            return False
    return all(row.get(key) for key in schema.required)


def _is(value: object, kind: str) -> bool:
    if kind == "text":
        return isinstance(value, str)
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "texts by language":
        return isinstance(value, dict) and all(
            key in ("nb", "nn", "en") and _is(v, "texts") for key, v in value.items()
        )
    if kind == "pairs":
        return _is(value, "texts") and all(len(item.split()) == 2 for item in _as_texts(value))
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _as_texts(value: object) -> Sequence[str]:
    return value if isinstance(value, list) else ()
