"""A corpus to what is wrong or doubtful in it, each with file and line. Faults stop other commands; doubts do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rusq.corpus import Corpus
from rusq.damage import damage
from rusq.model import PROSE, Problem, Source, Statement
from rusq.numbers import surplus
from rusq.topics import TopicMap

_ALIKE = 5  # doubts of one sort in one file that are told in full
_FEW_WORDS = 3  # a shorter statement may well stand twice
_ROWS = ".tsv"


def doubts(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    """What is worth a look in a sound corpus; of many doubts of one sort in one file, the first and how many more."""
    yield from chain.from_iterable(doubts_by_source(corpus).values())
    yield from _without_topic(corpus, topic_map)
    yield from _odd_topics(corpus)
    yield from _idle_terms(corpus, topic_map)
    yield from _stray_stances(corpus, topic_map)


def doubts_by_source(corpus: Corpus) -> dict[str, list[Problem]]:
    """Source id -> what is worth a look in its text. Of the built-in texts, which are as they are, nothing."""
    own = [source for source in corpus.sources.values() if not corpus.folder_of(source).builtin]
    found: dict[str, list[Problem]] = {source.id: [] for source in own}
    repeated = _repeated(corpus, own)
    read: set[str] = set()  # a table is looked at once for all its sources
    for source in own:
        name, _ = corpus.place_of(source.id)
        about = found[source.id]
        about += _about_source(corpus, source, name)
        if name not in read:
            read.add(name)
            about += _damaged(corpus.texts[source.id], name)
        about += _capped(name, repeated.get(source.id, ()), "more that stand twice")
    return found


def _about_source(corpus: Corpus, source: Source, name: str) -> Iterator[Problem]:
    """What does not fit between a source's entry and its text."""
    statements = corpus.documents[source.id].statements
    table, line = corpus.place_of_entry("sources.toml", "source", id=source.id)
    if not statements and not (source.withdrawn and name.endswith(_ROWS)):
        yield Problem(name, 1, "no statement found in this text", doubt=True)
    for kind, (there, written) in surplus(statements, source).items():
        what = "sentences" if kind == PROSE else "list items"
        note = f"'numbers' of {source.id} are for {written} {what}, and the text has {there}: ids may have moved"
        yield Problem(table, line, note, doubt=True)
    if corpus.lacks_original(source):
        yield Problem(table, line, f"the original '{source.original}' of {source.id} is not there", doubt=True)


def _damaged(text: str, name: str) -> Iterator[Problem]:
    """Lines that a reader seems to have broken, sign by sign."""
    by_sign: dict[str, list[tuple[int, str]]] = {}
    for one in damage(text, rows=name.endswith(_ROWS)):
        by_sign.setdefault(one.sign, []).append((one.line, f"looks broken: {one}"))
    for sign, lines in by_sign.items():
        yield from _capped(name, lines, f"more with {sign}")


def _repeated(corpus: Corpus, sources: Sequence[Source]) -> Mapping[str, list[tuple[int, str]]]:
    """Source id -> its statements that stand twice: in it, or in it and in another text by the same actor."""
    found: dict[str, list[tuple[int, str]]] = {}
    first: dict[tuple[str, str], Statement] = {}
    whole: dict[str, Source] = {}
    for source in sources:
        same = whole.setdefault(corpus.texts[source.id], source)
        if same.id != source.id and same.file != source.file:
            found.setdefault(source.id, []).append((1, f"the same text as {same.id}"))
            continue
        for statement in corpus.documents[source.id].statements:
            if statement.text.count(" ") < _FEW_WORDS:
                continue
            other = first.setdefault((statement.actor, statement.text), statement)
            if other is not statement:
                found.setdefault(source.id, []).append((statement.line, f"{statement.id} is the same as {other.id}"))
    return found


def _without_topic(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    lines: dict[str, list[tuple[int, str]]] = {}
    for statement in corpus.statements:
        if statement.id not in corpus.occurrences and not topic_map.topics_of(statement):
            name, _ = corpus.place_of(statement.source)
            lines.setdefault(name, []).append((statement.line, f"{statement.id} has no topic"))
    for name, told in lines.items():
        yield from _capped(name, told, "more without a topic")


def _idle_terms(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    """Terms that meet no statement. Of the built-in topics, made for texts to come, only if none of a topic does."""
    own = corpus.own_ids("topics.toml", "topic")
    builtin_texts = any(folder.builtin and not folder.left_out for folder in corpus.folders)
    for topic in corpus.topics.values():
        idle = topic_map.idle_terms(topic) if topic.id in own or builtin_texts else []
        if not idle or (topic.id not in own and len(idle) < len(topic.terms)):
            continue
        name, line = corpus.place_of_entry("topics.toml", "topic", id=topic.id)
        if len(idle) == len(topic.terms):
            yield Problem(name, line, f"no term of '{topic.id}' meets a statement", doubt=True)
        else:
            yield from _capped(name, [(line, f"'{t}' of '{topic.id}' meets no statement") for t in idle], "more terms")


def _odd_topics(corpus: Corpus) -> Iterator[Problem]:
    """Topics of one's own that are neither a theme, which has no terms, nor hang under one with some."""
    own = corpus.own_ids("topics.toml", "topic")
    for topic in corpus.topics.values():
        if topic.id not in own or (topic.parent is None) != bool(topic.terms):
            continue
        what = "no terms" if topic.parent else "no parent: it is a theme, and compare and map show topics under a theme"
        yield Problem(
            *corpus.place_of_entry("topics.toml", "topic", id=topic.id), f"'{topic.id}' has {what}", doubt=True
        )


def _stray_stances(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    """Stances that no comparison shows, because their statement is not under their topic."""
    by_id = {statement.id: statement for statement in corpus.statements}
    for stance in corpus.stances:
        if stance.topic not in topic_map.topics_of(by_id[stance.statement]):
            what = f"{stance.actor}'s stance on {stance.topic}: {stance.statement} is not under that topic"
            place = corpus.place_of_entry("stances.toml", "stance", statement=stance.statement, topic=stance.topic)
            yield Problem(*place, what, doubt=True)


def _capped(name: str, told: Iterable[tuple[int, str]], more: str) -> Iterator[Problem]:
    """The first of the doubts of one sort, and a last one that says how many more there are."""
    listed = list(told)
    shown = listed if len(listed) <= _ALIKE + 1 else listed[:_ALIKE]
    for line, what in shown:
        yield Problem(name, line, what, doubt=True)
    if len(shown) < len(listed):
        yield Problem(name, listed[_ALIKE][0], f"… and {len(listed) - _ALIKE} {more}", doubt=True)


def summary(problems: Sequence[Problem]) -> str:
    """«2 faults, 1 doubt», or «no faults»."""
    doubtful = sum(problem.doubt for problem in problems)
    faults = len(problems) - doubtful
    said = [f"{faults} fault{'s' * (faults != 1)}"] if faults else ["no faults"]
    if doubtful:
        said.append(f"{doubtful} doubt{'s' * (doubtful != 1)}")
    return ", ".join(said)
