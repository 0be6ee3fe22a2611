"""What the cover page tells, from a pack's tables alone: lines for its sentences, tables and charts. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from proof.statistics import DO_NOT_KNOW
from surveys.evidence.chapters.content import PackContent
from surveys.evidence.cover.blocks import Block, Naming, block, whole
from surveys.evidence.cover.cells import Line, Sheet
from surveys.evidence.cover.charts import drawable, is_thin
from surveys.evidence.cover.names import Names, group, plain
from surveys.evidence.cover.wording import Wording
from surveys.evidence.figures.results import ALL
from surveys.evidence.files.tables import MARKS
from surveys.rates.recounts import RATING

RATE = ("share", "lower", "upper", "satisfied", "base", "do_not_know", "mark")
WEIGHTED = ("of", "share", "lower", "upper", "unweighted", "effective_base", "design_effect", "flags")
THEME = ("label", "comments", "share", "lower", "upper")
LAST = 2.0
NOTHING = "nothing"
STANDARDS = {"cse": "Customer Service Excellence", "cca": "CCA"}


@dataclass(frozen=True)
class Themes:
    """hidden: the names of those that too few people wrote about."""

    block: Block | None
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    """elements: the lines of each, one for each thing that is offered. bare: codes with nothing to offer."""

    name: str
    elements: tuple[tuple[Line, ...], ...]
    bare: tuple[str, ...]


def lowest_first(line: Line) -> tuple[float, str]:
    """Hidden ones come last."""
    share = line.number("share")
    return (LAST if share is None else share, " ".join(line.value(key) for key in line.table.key))


@dataclass(frozen=True)
class CoverPage:
    content: PackContent
    names: Names
    wording: Wording

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        return {table.name: Sheet(table) for table in self.content.tables}

    def find(self, table: str, *key: str) -> Line | None:
        """None where the pack has no such table or row."""
        sheet = self.sheets.get(table)
        return sheet.find(*key) if sheet else None

    def where(self, table: str, **wanted: str) -> list[Line]:
        sheet = self.sheets.get(table)
        return sheet.where(**wanted) if sheet else []

    @property
    def whole(self) -> Line | None:
        return self.find("results", "whole", ALL, ALL, ALL)

    def part(self, level: str) -> list[Line]:
        """The lines of one level of the results, the least satisfied first."""
        return sorted(self.where("results", level=level), key=lowest_first)

    def ends(self, level: str) -> tuple[Line, Line] | None:
        """The least and the most satisfied, of those that may be relied upon; None where two cannot be told apart."""
        shown = [line for line in self.part(level) if drawable(line) and not is_thin(line)]
        if len(shown) < 2 or shown[0].number("share") == shown[-1].number("share"):
            return None
        return shown[0], shown[-1]

    def rates(self, level: str, column: str, caption: str) -> Block | None:
        return block(self.part(level), (column, *RATE), self.names, caption, key=f"results-{level}")

    def of(
        self, table: str, columns: Sequence[str], caption: str = "", key: str = "", order: bool = False, **wanted: str
    ) -> Block | None:
        """These columns of the rows that have the wanted codes."""
        lines = self.where(table, **wanted)
        if not lines:
            return None
        lines = sorted(lines, key=lowest_first) if order else lines
        return block(lines, columns, self.names, caption or lines[0].table.title, key, self.naming(table))

    def everything(self, table: str) -> Block | None:
        sheet = self.sheets.get(table)
        return whole(sheet.table, self.names) if sheet else None

    def notes(self, table: str) -> tuple[str, ...]:
        sheet = self.sheets.get(table)
        return sheet.table.notes if sheet else ()

    def naming(self, table: str) -> Naming | None:
        named = NAMINGS.get(table)
        return named(self) if named else None

    @property
    def groups(self) -> list[tuple[str, Block]]:
        """Each item by itself, the least satisfied group first."""
        items = dict.fromkeys(line.value("item") for line in self.where("groups"))
        found = [(item, self.of("groups", ("code", *RATE), key=f"groups-{item}", item=item)) for item in items]
        return [(self.names.of("item", item), one) for item, one in found if one]

    @property
    def signals(self) -> list[Line]:
        """Points of the period that chance alone would rarely give, those that are bad news first."""
        first = str(self.content.period.first)
        found = [one for one in self.where("trend") if one.value("signals") and one.value("to_month") >= first]
        return sorted(found, key=lambda one: (is_good(one), lowest_first(one)))

    def answers(self, question: str) -> Block | None:
        """How often each answer to a question was chosen, in the order it was asked; the worst rating first."""
        lines = self.where("answers", question=question)
        order = self.wording.order(question)
        way = -1 if question == RATING else 1
        lines.sort(key=lambda line: (line.value("code") == DO_NOT_KNOW, way * order.get(line.value("code"), 0)))
        caption = self.wording.question(question)
        return block(lines, ("code", "count"), self.names, caption, f"answers-{question}", self.naming("answers"))

    @property
    def questions(self) -> list[str]:
        """Those with chosen answers, but the rating."""
        found = dict.fromkeys(line.value("question") for line in self.where("answers"))
        return [question for question in found if question != RATING]

    def weighted(self, kind: str, caption: str) -> Block | None:
        """The weighted rates of services or of channels, the lowest first."""
        lines = [line for line in self.where("weighted") if line.value("of").startswith(kind)]
        return block(sorted(lines, key=lowest_first), WEIGHTED, self.names, caption, f"weighted-{kind}")

    def themes(self, sentiment: str, caption: str) -> Themes:
        """All comments, then the themes with the most of this sentiment first; hidden ones by name alone."""
        lines = self.where("themes", sentiment=sentiment)
        told = [line for line in lines if line.number("comments") is not None]
        told.sort(key=lambda line: (line.value("theme") != ALL, -(line.number("comments") or 0)))
        shown = block(told, THEME, self.names, caption, f"themes-{sentiment}")
        return Themes(shown, tuple(line.value("label") for line in lines if line not in told))

    @property
    def standards(self) -> list[Standard]:
        """Each with its elements, in their order."""
        found: dict[str, dict[str, list[Line]]] = {}
        for line in self.where("elements"):
            found.setdefault(line.value("standard"), {}).setdefault(line.value("code"), []).append(line)
        return [
            Standard(
                STANDARDS.get(code, code),
                tuple(tuple(lines) for lines in elements.values()),
                tuple(element for element, lines in elements.items() if lines[0].value("offered") == NOTHING),
            )
            for code, elements in found.items()
        ]

    @property
    def marks(self) -> Mapping[str, str]:
        return MARKS


def is_good(line: Line) -> bool:
    return any(word in line.value("signals") for word in ("above", "rising"))


def group_names(page: CoverPage) -> Naming:
    return lambda line, column: (
        group(line.value("item"), line.value("code")) if column == "code" else page.names.of(column, line.value(column))
    )


def answer_names(page: CoverPage) -> Naming:
    def name(line: Line, column: str) -> str:
        if column == "question":
            return page.wording.question(line.value("question"))
        if column == "code":
            return page.wording.answer(line.value("question"), line.value("code"))
        return page.names.of(column, line.value(column))

    return name


def span_names(page: CoverPage) -> Naming:
    """Months that were joined are one point."""

    def name(line: Line, column: str) -> str:
        first, last = line.value("month"), line.value("to_month")
        if column != "month" or first == last:
            return page.names.of(column, line.value(column))
        return f"{page.names.of('month', first)} to {page.names.of('month', last)}"

    return name


def plain_names(page: CoverPage) -> Naming:
    return lambda line, column: (
        plain(line.value(column)) if column == "code" else page.names.of(column, line.value(column))
    )


NAMINGS: Mapping[str, Callable[[CoverPage], Naming]] = {
    "groups": group_names,
    "answers": answer_names,
    "case_counts": plain_names,
    "trend": span_names,
}
