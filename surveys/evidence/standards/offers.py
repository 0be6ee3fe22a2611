"""What of a pack may be offered as evidence, by a short code, and what it says in this pack. Pure.

"trend" is a table; "results:service" its rows of one level; "question:polite", "driver:timeliness" and
"theme:waiting_time" are rows of the tables of drivers and themes. No offer says that anything is fulfilled.
"""

from nlp.code_frame import code_frame
from surveys.evidence.figures.results import ALL
from surveys.evidence.standards.chief import CHIEF
from surveys.evidence.standards.lines import Offer, Tables, counted, rows_of, share_line, shown
from surveys.questionnaires.drivers import DRIVERS
from surveys.questionnaires.library import READY

TABLES = {
    "results": "Overall satisfaction",
    "weighted": "Overall satisfaction weighted to all contacts",
    "groups": "Satisfaction by customer group",
    "undrawn": "Satisfaction at kiosks and posters",
    "outcomes": "What became of all contacts",
    "response": "Response rates",
    "completeness": "Completeness by service and channel",
    "plans": "Sampling plans",
    "trend": "Satisfaction by month, with its usual range",
    "targets": "Targets",
    "drivers": "What drives satisfaction",
    "themes": "What comments are about",
    "quotations": "In residents’ own words",
    "cases": "Cases: what was put right, and how soon",
    "case_counts": "Cases by kind and by outcome",
    "improvements": "Improvements and what they came to",
    "compliments": "Praise passed on to teams",
    "revisions": "Figures that late answers changed",
    "questionnaires": "What was asked",
}
LEVELS = {"results:service": "Overall satisfaction by service", "results:channel": "Overall satisfaction by channel"}
RESOLVED = "resolved"


def offerable() -> dict[str, str]:
    """Every code that an element may offer, with words for people."""
    found = {**TABLES, **LEVELS}
    found |= {f"driver:{name}": f"Every question about {label.lower()}" for name, label in DRIVERS.items()}
    found |= {f"question:{key}": one["text"]["en"] for key, one in READY.items()}
    found[f"question:{RESOLVED}"] = "Was your query dealt with?"
    return found | {f"theme:{one.name}": f"Comments about {one.label.lower()}" for one in code_frame().labels}


def offer_of(code: str, tables: Tables) -> Offer:
    kind, _, name = code.partition(":")
    if kind == "question":
        return of_drivers("question", name, tables, f"nobody answered the question “{name}”")
    if kind == "driver":
        return of_drivers("driver", name, tables, f"nobody answered a question about {DRIVERS[name].lower()}")
    if kind == "theme":
        return of_theme(name, tables)
    if code in LEVELS:
        count = sum(row["level"] == name for row in rows_of(tables["results"]))
        return counted("results", name, f"{LEVELS[code]}: rows", count, "nobody answered")
    if code in CHIEF:
        return CHIEF[code](tables)
    title = tables[code].title
    return counted(code, "", f"{title}: rows", len(tables[code].rows), f"the table “{title}” is empty")


def of_drivers(column: str, wanted: str, tables: Tables, nobody: str) -> Offer:
    table = tables["drivers"]
    rows = [row for row in rows_of(table) if row[column] == wanted]
    lines = [share_line(table.name, [str(row["question"])], f"Good answers to: {row['wording']}", row) for row in rows]
    return shown(lines, nobody)


def of_theme(theme: str, tables: Tables) -> Offer:
    table = tables["themes"]
    rows = [row for row in rows_of(table) if (row["theme"], row["sentiment"]) == (theme, ALL)]
    lines = [share_line(table.name, [theme, ALL], f"Comments about {str(row['label']).lower()}", row) for row in rows]
    return shown(lines, f"no comment is about “{theme.replace('_', ' ')}”")
