"""Every questionnaire with its versions, its draft, and the contacts that get it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db
from surveys.people.models import Service
from surveys.questionnaires.default import DEFAULT_SLUG
from surveys.questionnaires.models import Questionnaire, QuestionnaireUse, QuestionnaireVersion

EVERYONE_ELSE = "All contacts that no rule gives another"


@dataclass(frozen=True)
class VersionLine:
    """A version without its questions. published_at None: the draft."""

    id: int
    number: int
    published_at: datetime | None


@dataclass(frozen=True)
class Overview:
    """One questionnaire: its versions with the newest first, and who gets it, in words."""

    id: int
    title: str
    slug: str
    published: tuple[VersionLine, ...]
    draft: VersionLine | None
    uses: tuple[str, ...]

    @property
    def in_force(self) -> VersionLine | None:
        return self.published[0] if self.published else None


@dataclass(frozen=True)
class UseLine:
    """One rule of use in words."""

    scope: str
    who: str
    questionnaire_id: int
    questionnaire: str


def overviews() -> list[Overview]:
    """In the order in which they were made: the default one first."""
    versions: dict[int, list[VersionLine]] = defaultdict(list)
    v = QuestionnaireVersion
    rows = db.session.execute(sa.select(v.questionnaire_id, v.id, v.number, v.published_at).order_by(v.number.desc()))
    for row in rows:
        versions[row.questionnaire_id].append(VersionLine(row.id, row.number, row.published_at))
    uses: dict[int, list[str]] = defaultdict(list)
    for line in use_lines():
        uses[line.questionnaire_id].append(line.who)
    return [overview(one, versions[one.id], uses[one.id]) for one in all_questionnaires()]


def overview(questionnaire: Questionnaire, versions: Sequence[VersionLine], uses: Sequence[str]) -> Overview:
    everyone = (EVERYONE_ELSE,) if questionnaire.slug == DEFAULT_SLUG else ()
    return Overview(
        id=questionnaire.id,
        title=questionnaire.title,
        slug=questionnaire.slug,
        published=tuple(line for line in versions if line.published_at is not None),
        draft=next((line for line in versions if line.published_at is None), None),
        uses=(*uses, *everyone),
    )


def all_questionnaires() -> Sequence[Questionnaire]:
    return db.session.scalars(sa.select(Questionnaire).order_by(Questionnaire.id)).all()


def use_lines() -> list[UseLine]:
    """The rules of use, the most particular first."""
    use = QuestionnaireUse
    rows = db.session.execute(
        sa.select(use, Service.name.label("service"), Questionnaire.title)
        .join(Questionnaire)
        .outerjoin(Service, Service.id == use.service_id)
        .order_by(use.service_id.is_(None), use.channel.is_(None), Service.name, use.channel)
    )
    return [
        UseLine(rule.scope, who_in_words(service, rule.channel), rule.questionnaire_id, title)
        for rule, service, title in rows
    ]


def who_in_words(service: str | None, channel: str | None) -> str:
    by_channel = f", {channel.replace('_', ' ')}" if channel else ", every channel"
    return f"{service or 'Every service'}{by_channel}"
