"""What was asked in a pack's period, word for word, and what the answers about each driver of satisfaction come to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.clock import day_of, start_of
from surveys.core.db import db
from surveys.evidence.figures.periods import PackPeriod, day_after
from surveys.evidence.figures.results import HIDING, INTEGER, NUMBER, RATES, SAMPLING, cells
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.described import write_json
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.definition import read_definition
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.languages import DEFAULT
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.rates.codes import DriverQuestion
from surveys.rates.driver_questions import driver_question
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Table
from surveys.rates.statistics import Rate

RESOLVED = "resolved"
EQUALITY = "equality."


@dataclass(frozen=True)
class AskedVersion:
    """A published version that was in force in the period, or was answered in it."""

    slug: str
    number: int
    published_at: datetime
    definition: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.slug}-{self.number}"

    @property
    def questions(self) -> Sequence[Question]:
        return read_definition(self.definition).questions


def asked_versions(period: PackPeriod) -> list[AskedVersion]:
    """By short name and number, as far as they were published by the cutoff. Two queries."""
    v, q, r = QuestionnaireVersion, Questionnaire, Response
    query = sa.select(v.id, q.slug, v.number, v.published_at, v.definition).join(q, q.id == v.questionnaire_id)
    rows = db.session.execute(query.where(v.published_at <= period.cutoff_at).order_by(q.slug, v.number)).all()
    given = sa.select(r.version_id).distinct().where(r.day.between(period.starts_on, period.ends_on))
    answered = set(db.session.scalars(given))
    begins, ends = start_of(period.starts_on), start_of(day_after(period.ends_on))
    followed = {(row.slug, row.number - 1): row.published_at for row in rows}
    return [
        AskedVersion(row.slug, row.number, row.published_at, row.definition)
        for row in rows
        if row.id in answered or (row.published_at < ends and followed.get((row.slug, row.number), ends) > begins)
    ]


def write_questionnaires(folder: Path, period: PackPeriod) -> None:
    """Each version whole, in all its languages, with the digest that the audit trail has of it."""
    for version in asked_versions(period):
        told = {
            "questionnaire": version.slug,
            "version": version.number,
            "published_on": day_of(version.published_at).isoformat(),
            "sha256": sha256_of(version.definition),
            "definition": version.definition,
        }
        write_json(folder / f"method/questionnaires/{version.name}.json", told)


def questionnaires_table(versions: Iterable[AskedVersion]) -> PackTable:
    return PackTable(
        name="questionnaires",
        title="What was asked",
        description="Every question of each version that was in force or answered in the period, in English.",
        columns=(
            Column("questionnaire", "Questionnaire", description="short name", required=True),
            Column("version", "Version", INTEGER, required=True),
            Column("published_on", "Published on", Datatype.DATE, required=True),
            Column("position", "Place", INTEGER, "those about the resident come last", required=True),
            Column("question", "Question", description="short name, as in the answers", required=True),
            Column("kind", "Kind", required=True),
            Column("driver", "Driver", description="of satisfaction, as Customer Service Excellence names it"),
            Column("wording", "Wording", required=True),
            Column("answers", "Answers to choose from", description="code: wording, in the order shown"),
            Column("sha256", "SHA-256 of the version", description="as in the audit trail", required=True),
        ),
        rows=[row for version in versions for row in version_rows(version)],
        key=("questionnaire", "version", "position"),
        notes=(
            "Whole versions, in every language and with their conditions, are in method/questionnaires.",
            "The digest is of the definition as JSON with sorted keys and without spaces, in UTF-8.",
        ),
    )


def version_rows(version: AskedVersion) -> Iterator[tuple[Cell, ...]]:
    definition, digest = read_definition(version.definition), sha256_of(version.definition)
    first = (version.slug, version.number, day_of(version.published_at).isoformat())
    asked = [("", one) for one in definition.questions] + [(EQUALITY, one) for one in definition.equality]
    for position, (prefix, one) in enumerate(asked, 1):
        options = (f"{option.code}: {option.text.get(DEFAULT, '')}" for option in one.handler.options(one))
        wording = one.text.get(DEFAULT, "")
        yield (*first, position, prefix + one.key, one.kind, one.driver, wording, "; ".join(options), digest)


def drivers_table(tally: Tally, versions: Sequence[AskedVersion]) -> PackTable:
    """Of several wordings of one key the last one says what its answers mean, as on the dashboards."""
    newest = {one.key: one for version in versions for one in version.questions}
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(newest.values(), key=lambda one: (one.driver == "", one.driver, one.key)):
        rated = driver_rate(tally, one)
        if rated is not None:
            counts = Counts(rated.satisfied, rated.base, rated.all_base)
            shown = protect(Table((Dimension((one.key,)),), {(one.key,): counts}), View.MANAGERS).shown[one.key,]
            rows.append((one.key, one.driver, one.text.get(DEFAULT, ""), *codes_of(one), *cells(shown)))
    return PackTable(
        name="drivers",
        title="What drives satisfaction",
        description="Share of good answers to each question about a driver, of those drawn who were asked it.",
        columns=(
            Column("question", "Question", description="short name, as in the answers", required=True),
            Column("driver", "Driver", description="as Customer Service Excellence names it"),
            Column("wording", "Wording", required=True),
            Column("good", "Counted as good", description="codes of answers"),
            Column("others", "Counted beside them", description="codes of the other answers of the base"),
            Column("satisfied", "Good answers", INTEGER, "answers with one of the good codes"),
            Column("base", "Base", INTEGER, "answers that say something"),
            Column("do_not_know", "I do not know", INTEGER, "answers beside the base"),
            Column("share", "Share of good answers", NUMBER, "good answers / base", share=True),
            Column("lower", "95% interval, lower", NUMBER, "Wilson's score interval", share=True),
            Column("upper", "95% interval, upper", NUMBER, "Wilson's score interval", share=True),
            RATES[-1],
        ),
        rows=rows,
        key=("question",),
        notes=(
            HIDING,
            SAMPLING,
            "Where questions take turns each resident is asked a few of them, so bases differ.",
            "The table of all answers has the counts that these shares are made of, by the codes named here.",
        ),
    )


def driver_rate(tally: Tally, question: Question) -> Rate | None:
    """None where it measures no driver, or nobody said which of its answers are the good ones."""
    meant = meant_by(question)
    if meant is None:
        return None
    good = sum(tally.codes[question.key, code] for code in meant.content)
    others = sum(tally.codes[question.key, code] for code in meant.not_content)
    known = meant.content | meant.not_content
    apart = sum(n for (key, code), n in tally.codes.items() if key == question.key and code not in known)
    return Rate(good, good + others, apart)


def meant_by(question: Question) -> DriverQuestion | None:
    return driver_question(question) if question.driver or question.key == RESOLVED else None


def codes_of(question: Question) -> tuple[str, str]:
    """(the codes that count as good, the others of the base), as far as somebody said which they are."""
    meant = meant_by(question)
    return ("; ".join(sorted(meant.content)), "; ".join(sorted(meant.not_content))) if meant else ("", "")
