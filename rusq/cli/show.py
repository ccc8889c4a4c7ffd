"""`rusq show`: statements in their context, with a citation."""

from rusq.cite import bibtex, citation, csl_json
from rusq.cli import FOUND
from rusq.cli.options import StatementIds, command
from rusq.cli.output import Output, Result
from rusq.formats.json import to_json
from rusq.grid import statement_record, statements_grid
from rusq.library import Library
from rusq.select import find_statement
from rusq.views.statements import show_sheet


@command(more={"bibtex": ".bib", "csl": ".csl"})
def show(
    ids: StatementIds,
    *,
    library: Library,
    out: Output,
) -> int:
    """Show statements in their context, with a citation.

    \b
    Examples:
      rusq show h2017-b15
      rusq show frp2017-p26 h2017-b15 -f json
      rusq show h2017-b15 -f bibtex
    """
    corpus = library.corpus
    chosen = list(dict.fromkeys(find_statement(name, library.statements).id for name in ids))
    statements = [library.statements[name] for name in chosen]
    topics_of = library.topics_of
    sources = [(s, corpus.sources[s.source], corpus.actors[s.actor]) for s in statements]
    related = {s.id: library.relatives.nearest(s, limit=3, least=0.2) for s in statements}
    contexts = {s.id: library.context(s) for s in statements}
    out.print(
        Result(
            data=lambda: {
                "statements": [
                    {
                        **statement_record(s, topics_of(s)),
                        "before": contexts[s.id][0],
                        "after": contexts[s.id][1],
                        "related": [near.statement.id for near in related[s.id]],
                    }
                    for s in statements
                ]
            },
            records=lambda: [
                {
                    **statement_record(s, topics_of(s)),
                    "before": contexts[s.id][0],
                    "after": contexts[s.id][1],
                    "related": [near.statement.id for near in related[s.id]],
                }
                for s in statements
            ],
            grid=lambda: statements_grid(statements, topics_of),
            sheet=lambda say: show_sheet(
                [
                    (
                        s,
                        *contexts[s.id],
                        citation(s, corpus.sources[s.source], corpus.actors[s.actor], say),
                        [corpus.topics[topic].name for topic in topics_of(s)],
                        related[s.id],
                    )
                    for s in statements
                ],
                say=say,
            ),
            more={
                "bibtex": lambda _: "\n".join(bibtex(*cited) for cited in sources),
                "csl": lambda _: to_json([csl_json(*cited) for cited in sources]),
            },
        )
    )
    return FOUND
