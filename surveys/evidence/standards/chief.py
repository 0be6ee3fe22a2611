"""The chief figure of each table, which stands for the table where it is offered as evidence. Pure."""

from collections import Counter
from collections.abc import Callable

from surveys.evidence.figures.results import ALL
from surveys.evidence.files.tables import PackTable
from surveys.evidence.standards.lines import Line, Offer, Row, Tables, counted, row_of, rows_of, share_line, shown
from surveys.followups.improvements.effect import Told
from surveys.followups.improvements.words import TOLD_WORDS
from surveys.questionnaires.drivers import DRIVERS

# What a standard for customer service asks about; fairness is asked of it apart.
NAMED = ("delivery", "timeliness", "information", "access")
QUALITY = ("professionalism", "staff_attitude")
DISPOSITIONS = ("complete", "partial", "refusal", "non_contact", "unknown")
HELD = {"met": "reached", "not met": "missed", "cannot tell": "cannot tell", "no figure": "without a figure"}
EFFECTS = {TOLD_WORDS[told]: words for told, words in zip(Told, ("better", "worse", "cannot tell yet"), strict=True)}
EFFECTS["not measured"] = "not measured"


def results_offer(tables: Tables) -> Offer:
    key = ("whole", ALL, ALL, ALL)
    return share_offer(tables["results"], key, "Very or fairly satisfied, of those who answered", "nobody answered")


def share_offer(table: PackTable, key: tuple[str, ...], measure: str, nobody: str, *columns: str) -> Offer:
    row = row_of(table, *key)
    return shown([share_line(table.name, key, measure, row, *columns)] if row else [], nobody)


def weighted_offer(tables: Tables) -> Offer:
    measure = "Very or fairly satisfied, weighted to all contacts"
    return share_offer(tables["weighted"], (ALL,), measure, "nobody answered")


def response_offer(tables: Tables) -> Offer:
    row = row_of(tables["response"], ALL, ALL)
    found = [{**row, "asked": asked(row)}] if row else []
    lines = [share_line("response", [ALL, ALL], "Response rate (AAPOR RR1)", one, "rr1", "asked") for one in found]
    return shown(lines, "nobody was asked")


def asked(row: Row) -> int:
    """Everybody who counts in the response rate."""
    return sum(count for name in DISPOSITIONS if isinstance(count := row[name], int))


def outcomes_offer(tables: Tables) -> Offer:
    row = row_of(tables["outcomes"], ALL)
    measure = "All contacts, by what the draw said of them"
    return counted("outcomes", ALL, measure, row["contacts"] if row else 0, "no contact was loaded")


def drivers_offer(tables: Tables) -> Offer:
    """A standard asks for the whole range of drivers: one that is missing lowers the rest."""
    there = {row["driver"] for row in rows_of(tables["drivers"]) if row["driver"] and row["base"]}
    missing = [DRIVERS[name].lower() for name in NAMED if name not in there]
    if not there.intersection(QUALITY):
        missing.append("how staff dealt with people")
    why = f"no question about {', '.join(missing)} was answered" if missing else ""
    if not there:
        return Offer(why=why)
    return Offer((Line("drivers", "", "Drivers with a question", len(there)),), why, gaps=bool(missing))


def themes_offer(tables: Tables) -> Offer:
    row = row_of(tables["themes"], ALL, ALL)
    measure = "Comments, by what they are about"
    return counted("themes", f"{ALL} / {ALL}", measure, row["comments"] if row else 0, "no comment was classified")


def trend_offer(tables: Tables) -> Offer:
    """The newest point of the whole, with its signals; one point is no trend."""
    rows = [row for row in rows_of(tables["trend"]) if row["level"] == "whole"]
    if len(rows) < 2:
        return Offer(why="there are fewer than two points for a trend")
    newest = rows[-1]
    key = [str(newest[name]) for name in tables["trend"].key]
    measure = (
        f"Satisfied in {newest['to_month']}, the newest of {len(rows)} points; signals: {newest['signals'] or 'none'}"
    )
    return shown([share_line("trend", key, measure, newest)], "nobody answered")


def targets_offer(tables: Tables) -> Offer:
    found = Counter(HELD[str(row["held"])] for row in rows_of(tables["targets"]))
    told = ", ".join(f"{count} {words}" for words, count in found.items())
    return counted("targets", "", f"Targets: {told}", found.total(), "no target is in force")


def cases_offer(tables: Tables) -> Offer:
    measure, columns = "Cases whose first action was in time", ("first_action_in_time", "first_action_due")
    return share_offer(tables["cases"], (ALL,), measure, "no case was opened", *columns)


def case_counts_offer(tables: Tables) -> Offer:
    key = (ALL, "kind", ALL)
    row = row_of(tables["case_counts"], *key)
    measure = "Cases, by kind and by outcome"
    return counted("case_counts", " / ".join(key), measure, row["cases"] if row else 0, "no case was opened")


def improvements_offer(tables: Tables) -> Offer:
    """Those that made things worse, or of which nobody can tell, are named with the others."""
    found = Counter(EFFECTS[str(row["verdict"])] for row in rows_of(tables["improvements"]))
    told = ", ".join(f"{count} {words}" for words, count in found.items())
    return counted("improvements", "", f"Improvements: {told}", found.total(), "no improvement was planned")


def compliments_offer(tables: Tables) -> Offer:
    row = row_of(tables["compliments"], ALL, ALL)
    count = row["passed_on"] if row else 0
    return counted("compliments", f"{ALL} / {ALL}", "Praise passed on to teams", count, "no praise was passed on")


CHIEF: dict[str, Callable[[Tables], Offer]] = {
    "results": results_offer,
    "weighted": weighted_offer,
    "response": response_offer,
    "outcomes": outcomes_offer,
    "drivers": drivers_offer,
    "themes": themes_offer,
    "trend": trend_offer,
    "targets": targets_offer,
    "cases": cases_offer,
    "case_counts": case_counts_offer,
    "improvements": improvements_offer,
    "compliments": compliments_offer,
}
