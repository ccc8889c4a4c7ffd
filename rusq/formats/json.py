"""Records to JSON and JSON Lines, UTF-8, in the order of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import dumps

# JSON lets these stand as they are; a terminal would obey some of them.
_OBEYED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def to_json(data: object) -> str:
    return _safe(dumps(data, ensure_ascii=False, indent=2)) + "\n"


def to_jsonl(records: Iterable[object]) -> str:
    return "".join(_safe(dumps(record, ensure_ascii=False)) + "\n" for record in records)


def _safe(text: str) -> str:
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
