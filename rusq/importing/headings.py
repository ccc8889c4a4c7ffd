"""Which drafts are headings, and of which level. Knows looks, contents and bookmarks; decides for one document."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rusq.importing.blocks import Draft, opens_list, text_so_far, title_key
from rusq.importing.furniture import HEAVIER, Body

_NUMBER_ONLY = re.compile(r"(?:(?:kapittel|kap\.?|del|part)\s*)?(?:\d+(?:\.\d+)*|[IVX]+)\.?:?", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d_]|(?:kapittel|del)\s+\d+\b", re.IGNORECASE)
_COUNTED = re.compile(r"\d{1,2}[.)]?\s+(?=[^\W\d_])")
_LONGEST = 170


class Evidence(NamedTuple):
    """What a document says of its own headings: titles of its contents, and levels of its bookmarks (from 0)."""

    titles: frozenset[str] = frozenset()
    bookmarks: Mapping[str, int] = {}


class _Look(NamedTuple):
    size: float
    heavy: bool
    capital: bool


def levels_of(drafts: Sequence[Draft], body: Body, evidence: Evidence) -> dict[int, int]:
    """The level of each draft that is a heading, by its place in `drafts`; the top is 1."""
    headings = [at for at in range(len(drafts)) if _is_heading(drafts, at, body, evidence)]
    cover = [at for at in headings if _is_cover(drafts, at, body)]
    covered = set(cover)
    inside = [at for at in headings if at not in covered]
    looks = {at: _look(drafts[at], body) for at in inside}
    ranks = _ranks(drafts, looks, evidence)
    levels = dict.fromkeys(cover, 1)
    levels.update({at: ranks[looks[at]] for at in inside})
    deepest = max(ranks.values(), default=1)
    for at in inside:
        if text_so_far(drafts[at]).endswith(":"):
            levels[at] = max(deepest, 2)
    return levels


def _is_heading(drafts: Sequence[Draft], at: int, body: Body, evidence: Evidence) -> bool:
    draft = drafts[at]
    if len(draft.lines) > 6:
        return False
    text = text_so_far(draft)
    if not any(sign.isalpha() for sign in text):
        return draft.size > 1.5 * body.size and text.strip(".").isdigit()
    if len(text) > _LONGEST:
        return False
    following = drafts[at + 1] if at + 1 < len(drafts) else None
    large = draft.size / body.size
    heavy = draft.weight >= body.weight + HEAVIER
    named = title_key(draft)
    if draft.mark and not (
        _COUNTED.match(text) and (large > 1.08 or heavy or draft.is_capital or named in evidence.titles)
    ):
        return False
    if opens_list(text) and following is not None and following.mark and large < 1.6:
        return False
    if len(named) > 3 and (named in evidence.titles or named in evidence.bookmarks) and following is not None:
        return text[-1] not in ".,;" or large > 1.08
    if text.count("«") != text.count("»"):
        return False
    if text[:1] in '«“”"' and text[-1] in '»”“".!':
        return False
    if large >= 1.15:
        return text[-1] not in ",;" and (text[-1] != "." or len(text) <= 60) and not _is_prose(draft, body)
    return _stands_out(draft, text, body, (drafts[at - 1] if at else None, following), large=large > 1.04, heavy=heavy)


def _stands_out(
    draft: Draft, text: str, body: Body, around: tuple[Draft | None, Draft | None], *, large: bool, heavy: bool
) -> bool:
    """Whether words of about the body's size are a heading by weight, capitals, number or another font."""
    before, following = around
    if following is None or text[-1] in ".,;" or len(draft.lines) > 3 or len(text) > 120:
        return False
    first = draft.lines[0].piece
    alone = before is not None and _stands_alone(before, text, following)
    slanted = first.family.endswith(" italic") and len(draft.lines) == 1 and not following.mark
    other_font = first.family != body.family and first.family != following.lines[0].piece.family
    if not (heavy or draft.is_capital or ((large or slanted) and other_font)):
        return len(draft.lines) == 1 and not following.mark and (_NUMBERED.match(text) is not None or alone)
    if draft.size < 0.85 * body.size and not draft.is_capital and not heavy:
        return False
    # A line that goes on in the same look is no heading but a text set so.
    same = following.size == draft.size and following.weight == draft.weight and not following.mark
    return not (same and not draft.is_capital and following.lines[0].piece.text[:1].islower())


def _stands_alone(before: Draft, text: str, following: Draft) -> bool:
    """Whether a plain line is a heading by its place: short, without a sign at its end, over whole paragraphs."""
    return (
        len(text) <= 60
        and text[0].isupper()
        and (text[-1].isalnum() or text[-1] == "?")
        and len(following.lines) > 1
        and following.lines[0].piece.text[0].isupper()
        and text_so_far(before)[-1] in ".!?»"
        and before.lines[-1].column == following.lines[0].column
    )


def _is_prose(draft: Draft, body: Body) -> bool:
    """Whether large words are a quotation or an introduction: several lines that hold a whole sentence."""
    text = text_so_far(draft)
    return len(draft.lines) > 2 and draft.size < 2 * body.size and (". " in text or text.endswith((".", "!", "»")))


def _is_cover(drafts: Sequence[Draft], at: int, body: Body) -> bool:
    """Whether a heading stands on a first page that holds little else."""
    if drafts[at].lines[0].piece.page != 1:
        return False
    first = [draft for draft in drafts if draft.lines[0].piece.page == 1]
    has_text = any(draft.mark or (len(draft.lines) > 2 and draft.size <= 1.08 * body.size) for draft in first)
    return not has_text and sum(len(text_so_far(draft).split()) for draft in first) < 80 and len(first) < len(drafts)


def _look(draft: Draft, body: Body) -> _Look:
    return _Look(round(draft.size * 2) / 2, draft.weight >= body.weight + HEAVIER, draft.is_capital)


def _ranks(drafts: Sequence[Draft], looks: Mapping[int, _Look], evidence: Evidence) -> dict[_Look, int]:
    """The level of each look: by its bookmarks if it has any, else by size, weight and capitals."""
    counts = Counter(looks.values())
    votes: dict[_Look, Counter[int]] = {}
    for at, look in looks.items():
        level = evidence.bookmarks.get(title_key(drafts[at]))
        if level is not None:
            votes.setdefault(look, Counter())[level + 1] += 1
    order = sorted(counts, key=lambda look: (-look.size, not look.heavy, not look.capital))
    common = [look for look in order if counts[look] >= 3]
    firsts = {look: min(at for at in looks if looks[at] == look) for look in order}
    ranks: dict[_Look, int] = {}
    level = 0
    above: _Look | None = None
    late = []
    for look in order:
        # One large line late in a text is a slogan, and stands over nothing.
        if common and counts[look] == 1 and look.size > common[0].size and firsts[look] > firsts[common[0]]:
            late.append(look)
            continue
        same = above is not None and above.size - look.size < 0.04 * above.size and look[1:] == above[1:]
        level += not same
        ranks[look], above = level, look
    ranks.update(dict.fromkeys(late, level + 1))
    if sum(sum(vote.values()) for vote in votes.values()) >= 3:
        deepest = max(max(vote) for vote in votes.values())
        for look in order:
            ranks[look] = votes[look].most_common(1)[0][0] if look in votes else max(ranks[look], deepest + 1)
    return ranks


def is_number_alone(text: str) -> bool:
    """Whether a heading is only its number, «2» or «Kapittel 2», and its words follow."""
    return _NUMBER_ONLY.fullmatch(text) is not None
