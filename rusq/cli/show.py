"""`rusq show`: statements in their context, with a citation."""

from rusq.cite import bibtex, citation, csl_json
from rusq.cli import FOUND
from rusq.cli.options import StatementIds, command
from rusq.cli.output import Output, Result
from rusq.formats.json import to_json
from rusq.grid import statement_record, statements_grid
from rusq.library import Library
from rusq.select import find_statement
from rusq.sheet import Sheet
from rusq.views.statements import show_sheet
from rusq.wording import Wording


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
    cited = [(s, corpus.sources[s.source], corpus.actors[s.actor]) for s in statements]
    related = {s.id: library.nearest(s, limit=3, least=0.2) for s in statements}
    contexts = {s.id: library.context(s) for s in statements}
    records = [
        {
            **statement_record(s, topics_of(s)),
            "before": contexts[s.id][0],
            "after": contexts[s.id][1],
            "related": [near.statement.id for near in related[s.id]],
        }
        for s in statements
    ]

    def sheet(say: Wording) -> Sheet:
        names = {s.id: [corpus.topics[topic].name for topic in topics_of(s)] for s in statements}
        rows = [
            (s, *contexts[s.id], citation(s, source, actor, say), names[s.id], related[s.id])
            for s, source, actor in cited
        ]
        return show_sheet(rows, say=say)

    out.print(
        Result(
            data=lambda: {"statements": records},
            records=lambda: records,
            grid=lambda: statements_grid(statements, topics_of),
            sheet=sheet,
            more={
                "bibtex": lambda _: "\n".join(bibtex(*one) for one in cited),
                "csl": lambda _: to_json([csl_json(*one) for one in cited]),
            },
        )
    )
    return FOUND
