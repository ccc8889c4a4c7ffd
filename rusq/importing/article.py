"""Which part of a web page is the article, and what around and in it is not. Knows HTML elements; no text or blocks.

Nothing that holds half of a page's words is taken for furniture, whatever it is called: to keep a menu is a
nuisance, to lose a chapter is a fault.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rusq.errors import RusqError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NEVER_SHOWN = frozenset("script style template head meta link base iframe object embed svg canvas audio video map "
                         "source track param noembed noframes datalist area".split())  # fmt: skip
_FURNITURE = frozenset("nav aside footer form dialog menu select textarea input option optgroup noscript".split())
_FURNITURE_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog alert menu menubar "
                             "toolbar tablist tooltip status".split())  # fmt: skip
_FURNITURE_NAMES = re.compile(
    r"(?!(?:has|no|with|without|is|js|hide|show)-)(?:[a-z0-9]+[-_]+)*"
    r"(?:breadcrumbs?|brodsmule(?:r|sti)?|share|sharing|social|menu|meny|nav|navbar|navigation|navigasjon|sidebar|"
    r"sidemeny|newsletter|nyhetsbrev|related|relatert|relaterte|comments|kommentarer|skip|skiplink|pagination|"
    r"paginering|footer|modal|popup|advert|advertisement|annonse|toolbar|login|search|searchbox|sok|sr-only|"
    r"visually-?hidden|screen-reader-text|lang(?:uage)?-(?:switch(?:er)?|selector)|byline|metadata|meta|dateline|"
    r"tags|footnotes?|fotnoter?|endnotes?|msofootnotetext|msoendnotetext)"
    r"(?:[-_]+(?:wrapper|container|list|items?|block|bar|box|widget|section|inner|main|top|left|right|primary|"
    r"secondary|mobile|desktop|global|footer|header|links?|buttons?|icons?|area|content|form|to-content|posts?|articles?|artikler|saker|news|enabled|title|text|group|\d+))*"
)
_COOKIES = re.compile(r"cookie|consent|informasjonskaps|gdpr|onetrust", re.IGNORECASE)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAGS = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
# These close themselves, or are closed by the next of their kind.
_NOT_NESTING = frozenset(b"p li td th tr dt dd option tbody thead tfoot br hr img input meta link area base col embed "
                         b"source track wbr param".split())  # fmt: skip
_DEPTH = 15_000  # deeper, a parser takes seconds and more: its time grows with the square


class Weight(NamedTuple):
    """How many letters an element holds, and how many of them are in links."""

    letters: int
    linked: int


class Article(NamedTuple):
    """The element that holds the article, and the `mem_id` of the elements that are no part of it."""

    root: "LexborNode"
    left_out: frozenset[int]
    words_left_out: int


def refuse_endless_nesting(raw: bytes, name: str) -> None:
    """Raises RusqError for a page nested deeper than any is."""
    depth = 0
    for closing, tag, rest in _TAGS.findall(raw):
        if tag.lower() not in _NOT_NESTING and not rest.endswith(b"/"):
            depth = max(0, depth + (-1 if closing else 1))
            if depth > _DEPTH:
                raise RusqError(f"'{name}' is nested deeper than any web page; it was not read")


def article_of(body: "LexborNode") -> Article:
    """What of a page is read: `main` or the one article if they hold enough, else all that is no furniture."""
    weights = _weights(body)
    total = weights[body.mem_id].letters
    controlled = _controlled(body)
    left_out: set[int] = set()
    for node in _elements(body):
        tag = str(node.tag)
        small = 2 * weights[node.mem_id].letters <= total
        if tag in _NEVER_SHOWN or (small and _is_furniture(node, controlled)):
            left_out.add(node.mem_id)
    seen = _weights(body, left_out)
    root = _root(body, seen)
    if root.mem_id == body.mem_id:
        left_out |= _menus(body, seen, left_out)
    left_out |= _link_lists(root, seen, left_out)
    kept = _weights(root, frozenset(left_out))[root.mem_id].letters
    return Article(root, frozenset(left_out), round((total - kept) / 6))


def events(root: "LexborNode", left_out: frozenset[int] = frozenset()) -> Iterator[tuple[str, "LexborNode"]]:
    """The nodes under `root` in order, each element once as "open" and once as "close", each text as "text"."""
    stack = [(False, root)]
    while stack:
        closing, node = stack.pop()
        if closing:
            yield "close", node
        elif node.tag == "-text":
            yield "text", node
        elif not str(node.tag).startswith(("_", "!", "-")) and node.mem_id not in left_out:
            yield "open", node
            stack.append((True, node))
            children = []
            child = node.child
            while child is not None:
                children.append(child)
                child = child.next
            stack.extend((False, child) for child in reversed(children))


def attribute(node: "LexborNode", name: str) -> str:
    """The value of an attribute, "" without one."""
    return node.attributes.get(name) or ""


def _elements(root: "LexborNode") -> Iterator["LexborNode"]:
    return (node for what, node in events(root) if what == "open")


def _weights(root: "LexborNode", left_out: frozenset[int] | set[int] = frozenset()) -> dict[int, Weight]:
    """How much of what is shown each element holds, by `mem_id`."""
    weights: dict[int, Weight] = {}
    open_: list[list[int]] = []
    links = 0
    hidden = 0
    for what, node in events(root, frozenset(left_out)):
        tag = str(node.tag)
        if what == "open":
            open_.append([0, 0])
            links += tag == "a"
            hidden += tag in _NEVER_SHOWN
        elif what == "text" and not hidden:
            letters = len("".join((node.text(deep=False) or "").split()))
            open_[-1][0] += letters
            open_[-1][1] += letters if links else 0
        elif what == "close":
            links -= tag == "a"
            hidden -= tag in _NEVER_SHOWN
            letters, linked = open_.pop()
            weights[node.mem_id] = Weight(letters, linked)
            if open_:
                open_[-1][0] += letters
                open_[-1][1] += linked
    return weights


def _controlled(body: "LexborNode") -> frozenset[str]:
    """The ids of what a button or tab unfolds: hidden, but part of the page."""
    ids: set[str] = set()
    for node in body.css("[aria-controls], [data-target], [data-bs-target]"):
        for name in ("aria-controls", "data-target", "data-bs-target"):
            ids.update(name.lstrip("#") for name in attribute(node, name).split())
    for node in body.css("[role=tab][href], [role=button][href], [data-toggle][href]"):
        ids.add(attribute(node, "href").lstrip("#"))
    return frozenset(ids)


def _is_furniture(node: "LexborNode", controlled: frozenset[str]) -> bool:
    """Whether an element is navigation, a form, hidden or the like."""
    tag, names = str(node.tag), [*attribute(node, "class").lower().split(), attribute(node, "id").lower()]
    if tag in _FURNITURE or set(attribute(node, "role").lower().split()) & _FURNITURE_ROLES:
        return True
    if tag == "div" and attribute(node, "title").lower() in ("header", "footer"):
        return True  # as LibreOffice writes running heads
    if tag == "header":
        return not _is_within(node, ("main", "article"))
    if attribute(node, "id") not in controlled and _is_hidden(node):
        return True
    if tag in ("body", "main", "article") or attribute(node, "role") == "main":
        return False
    if any(_COOKIES.search(name) for name in names):
        return True
    return any(_FURNITURE_NAMES.fullmatch(name) for name in names) and node.css_first("main, article, h1") is None


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return (
        ("hidden" in attributes and attribute(node, "hidden") != "until-found")
        or attribute(node, "aria-hidden") == "true"
        or bool(_UNSEEN_STYLE.search(attribute(node, "style")))
    )


def _is_within(node: "LexborNode", tags: tuple[str, ...]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in tags or attribute(above, "role") == "main":
            return True
        above = above.parent
    return False


def _root(body: "LexborNode", weights: dict[int, Weight]) -> "LexborNode":
    """The element to read: the main one with a quarter of what is shown, or the article with half of it."""
    whole = weights[body.mem_id].letters
    for selector, share in (("main, [role=main]", 0.25), ("article, [itemprop=articleBody]", 0.5)):
        found = [node for node in body.css(selector) if node.mem_id in weights]
        best = max(found, key=lambda node: weights[node.mem_id].letters, default=None)
        if best is not None and weights[best.mem_id].letters >= share * whole:
            return best
    return body


def _menus(body: "LexborNode", weights: dict[int, Weight], left_out: set[int]) -> set[int]:
    """Where nothing says which part is the article: the elements that hold little but links."""
    found: set[int] = set()
    for node in body.css("ul, ol, div, td, table, p, center"):
        weight = weights.get(node.mem_id)
        if weight is None or not weight.letters or node.mem_id in left_out:
            continue
        if weight.linked > 0.8 * weight.letters and 2 * weight.letters < weights[body.mem_id].letters:
            links = node.css("a")
            if len(links) > 1 and weight.letters / len(links) < 60:
                found.add(node.mem_id)
    return found


def _link_lists(root: "LexborNode", weights: dict[int, Weight], left_out: set[int]) -> set[int]:
    """Lists in the article that are nothing but links: its contents, or other pages."""
    found: set[int] = set()
    for node in root.css("ul, ol"):
        weight = weights.get(node.mem_id)
        if weight is None or node.mem_id in left_out or 2 * weight.letters > weights[root.mem_id].letters:
            continue
        if weight.letters and weight.linked == weight.letters and len(node.css("li a")) > 1:
            found.add(node.mem_id)
    return found
