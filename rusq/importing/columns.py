"""Which column of a table holds what: as the user names it, by name or number, or as its header says unmistakably."""

import re
from collections.abc import Callable, Mapping, Sequence

from rusq.errors import RusqError
from rusq.importing.cells import Record
from rusq.importing.mend import mended
from rusq.norwegian.tokens import ascii_spelling, fold

# What a column may be called, the most telling name first.
_NAMES = {
    "text": "løftetekst løfte forslagstekst forslag utsagn statement promise proposal sitat quote spørsmålstekst "
    "spørsmål question påstand claim pledge standpunkt uttalelse ytring krav vedtak tiltak punkt setning sentence "
    "tekst text innhold content body",
    "actor": "parti party partinavn partiforkortelse partikode aktør actor organisasjon organisation "
    "organization avsender",
    "date": "dato date dagsdato publisert published tidspunkt datetime timestamp år year årstall valgår årgang",
    "page": "side page sidetall sidenummer sidenr pagenumber pageno",
    "section": "kapittel chapter seksjon section avsnitt overskrift heading tema temaer emne emner topic topics "
    "saksområde politikkområde kategori category",
    "speaker": "taler speaker talar representant representative spørsmålsstiller politiker politician",
}
_NEUTRAL = frozenset("navn name namn kode code id nr no nb nn en full kort short på av of the kolonne column".split())
_TITLE_LINES = 10  # that a header may be looked for in
_OTHER_WORDS = 100  # added to the rank of a name that holds others beside the telling one


def _key(name: str) -> str:
    return "".join(letter for letter in ascii_spelling(fold(name)) if letter.isalnum())


_RANKS = {what: {_key(name): rank for rank, name in enumerate(names.split())} for what, names in _NAMES.items()}


def _rank(column: str, what: str) -> int | None:
    """How telling a column's name is for what it may hold, 0 for the most; None if it is not its name."""
    ranks, key = _RANKS[what], _key(column)
    if key in ranks:
        return ranks[key]
    words = [_key(word) for word in re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", column))]
    telling = [word for word in words if word not in _NEUTRAL]
    if len(telling) == 1 and telling[0] in ranks:
        return _OTHER_WORDS + ranks[telling[0]]
    return 2 * _OTHER_WORDS if what == "text" and len(telling) == 1 and key.endswith(("tekst", "text")) else None


def head_of(records: Sequence[Record], named: Mapping[str, str]) -> tuple[tuple[str, ...], int]:
    """The names of the columns, () where none are given, and how many records there are before the first row.

    The first record is a header if it holds a name that is known, or one that the user gave. Where the user `named`
    columns by number only, it is one if it is short and its actor stands nowhere else. A header may also come
    below a title.
    """
    names = _names(records[0])
    if _known(names):
        return names, 1
    if not named or any(not column.isdecimal() or int(column) > len(names) for column in named.values()):
        for at, record in enumerate(records[:_TITLE_LINES]):
            below = _names(record)
            if {"text", "actor"} <= _known(below) or (
                named and {_key(column) for column in named.values()} <= {*map(_key, below)}
            ):
                return below, at + 1
        return names, 1  # whoever names none, or names that are not there, is told which there are
    if any(len(name.split()) > 3 for name in names):
        return (), 0
    at = int(named.get("actor") or named.get("text") or 1) - 1
    others = {_key(record.cells[at]) for record in records[1:] if at < len(record.cells)}
    return ((), 0) if not 0 <= at < len(names) or _key(names[at]) in others else (names, 1)


def _names(record: Record) -> tuple[str, ...]:
    return tuple(mended(cell) for cell in record.cells)


def _known(names: Sequence[str]) -> set[str]:
    """What the columns hold, as far as their names say."""
    return {what for what in _NAMES if any(_rank(name, what) is not None for name in names)}


def places_of(
    names: Sequence[str], records: Sequence[Record], named: Mapping[str, str], name: str, *, one_actor: bool = False
) -> tuple[dict[str, int], list[str]]:
    """Where each column is, of those there are, and which of them are guessed.

    RusqError if there is no telling which is the text, or the actor (which need not be there if all is by
    `one_actor`).
    """
    places = {what: _named(column, names, name) for what, column in named.items()}
    guessed = []
    for what in _NAMES:
        if what not in places:
            free = [at for at in range(len(names)) if at not in places.values()]
            at = _guess(
                what, [(rank, at) for at in free if (rank := _rank(names[at], what)) is not None], records, name
            )
            if at is not None:
                places[what] = at
                guessed.append(what)
    for what in ("text", "actor"):
        if what not in places and not (what == "actor" and one_actor):
            raise RusqError(_unclear(what, names, name))
    return places, guessed


def _unclear(what: str, names: Sequence[str], name: str) -> str:
    """What to say where no column is clearly `what`."""
    if what == "actor":
        return (
            f"no column of '{name}' is clearly the actor; name it with --actor-column NAME or NUMBER, "
            f"or say with --actor who speaks in all of it; {_shown(names)}"
        )
    return (
        f"no column of '{name}' is clearly the text; name it with --text-column NAME or, "
        f"where there is no header, NUMBER; {_shown(names)}"
    )


def _named(column: str, names: Sequence[str], name: str) -> int:
    """The place of a column that the user named."""
    sames: tuple[Callable[[str], bool], ...] = (lambda one: one == column, lambda one: _key(one) == _key(column) != "")
    for same in sames:
        found = [at for at, one in enumerate(names) if same(one)]
        if len(found) > 1:
            raise RusqError(
                f"columns {found[0] + 1} and {found[1] + 1} of '{name}' are both called '{column}'; name one by number"
            )
        if found:
            return found[0]
    if column.isascii() and column.isdigit() and 0 < int(column[:9]) <= len(names):
        return int(column) - 1
    raise RusqError(f"no column '{column}' in '{name}'; {_shown(names)}")


def _guess(what: str, ranked: Sequence[tuple[int, int]], records: Sequence[Record], name: str) -> int | None:
    """The column that is most clearly `what`: of texts the longest, of others the one with the most telling name."""
    if not ranked:
        return None
    exact = [at for rank, at in ranked if rank < _OTHER_WORDS] or [at for _, at in ranked]
    if what == "text":
        return max(exact, key=lambda at: (sum(len(r.cells[at]) for r in records[:1000] if at < len(r.cells)), -at))
    best = min(rank for rank, _ in ranked)
    equal = [at for rank, at in ranked if rank == best]
    if what == "actor" and len(equal) > 1:
        differ = any(len({_key(r.cells[at]) for at in equal if at < len(r.cells)}) > 1 for r in records)
        if differ:
            shown = " and ".join(str(at + 1) for at in equal)
            raise RusqError(f"columns {shown} of '{name}' may both be the actor; name one with --actor-column NUMBER")
    return equal[0]


def _shown(names: Sequence[str]) -> str:
    """The columns there are, with their numbers, for a message of one line."""
    listed = [f"{number} '{one[:30]}'" for number, one in enumerate(names[:12], 1)]
    return f"its columns: {', '.join(listed)}" + (f" and {len(names) - 12} more" if len(names) > 12 else "")
