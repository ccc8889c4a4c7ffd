"""A corpus to what is wrong or doubtful in it, each with file and line. Faults stop other commands; doubts do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rusq.corpus import Corpus
from rusq.model import Problem
from rusq.topics import TopicMap


def doubts(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    """What is worth a look in a sound corpus."""
    yield from _texts(corpus)
    yield from _without_topic(corpus, topic_map)
    yield from _idle_terms(corpus, topic_map)
    yield from _stray_stances(corpus, topic_map)


def _texts(corpus: Corpus) -> Iterator[Problem]:
    for source_id, parsed in corpus.documents.items():
        name, _ = corpus.place_of(source_id)
        if not parsed.statements:
            yield Problem(name, 1, "no statement found in this text", doubt=True)


def _without_topic(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    for statement in corpus.statements:
        if statement.id not in corpus.occurrences and not topic_map.topics_of(statement):
            name, _ = corpus.place_of(statement.source)
            yield Problem(name, statement.line, f"{statement.id} has no topic", doubt=True)


def _idle_terms(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    """Terms that meet no statement: usual in a small corpus, where the terms are made for texts to come."""
    for topic in corpus.topics.values():
        idle = topic_map.idle_terms(topic)
        if topic.terms and len(idle) == len(topic.terms):
            yield Problem(
                "topics.toml", corpus.line_of_topic(topic.id), f"no term of '{topic.id}' meets a statement", doubt=True
            )


def _stray_stances(corpus: Corpus, topic_map: TopicMap) -> Iterator[Problem]:
    """Stances that no comparison shows, because their statement is not under their topic."""
    by_id = {statement.id: statement for statement in corpus.statements}
    for stance in corpus.stances:
        if stance.topic not in topic_map.topics_of(by_id[stance.statement]):
            what = f"{stance.actor}'s stance on {stance.topic}: {stance.statement} is not under that topic"
            yield Problem("stances.toml", 1, what, doubt=True)


def summary(problems: Sequence[Problem]) -> str:
    """«2 faults, 1 doubt», or «no faults»."""
    doubtful = sum(problem.doubt for problem in problems)
    faults = len(problems) - doubtful
    said = [f"{faults} fault{'s' * (faults != 1)}"] if faults else ["no faults"]
    if doubtful:
        said.append(f"{doubtful} doubt{'s' * (doubtful != 1)}")
    return ", ".join(said)
