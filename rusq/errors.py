"""What can go wrong for a user: each error says what happened, what was expected and what to try."""

from __future__ import annotations

from collections.abc import Sequence


class RusqError(Exception):
    """Wrong use or unusable input: one line for the user, exit status 2."""


class UnknownName(RusqError):
    """A name that stands for no actor, topic, source or statement."""

    def __init__(self, what: str, name: str, nearest: Sequence[str] = (), hint: str = "") -> None:
        message = f"no {what} '{name}'"
        if nearest:
            message += f"; did you mean {' or '.join(nearest)}?"
        elif hint:
            message += f"; {hint}"
        super().__init__(message)


class QueryError(RusqError):
    """A query that cannot be read; `at` is the 0-based offset of the trouble."""

    def __init__(self, message: str, at: int | None = None) -> None:
        super().__init__(message)
        self.at = at


class CorpusError(RusqError):
    """A corpus with faults: every one of them, each `file:line: what`."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
