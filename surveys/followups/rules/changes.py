"""Changing the rules that open cases: whoever saves after somebody else is told so. Nothing here commits."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db, lock
from surveys.core.refusals import Conflict, NotFound
from surveys.followups.cases.models import Case, CaseRule
from surveys.followups.rules.defaults import rules_or_defaults
from surveys.followups.rules.forms import Written
from surveys.followups.rules.values import Rule, in_order, kept
from surveys.people.audit import record

STALE = "Somebody changed this rule after you opened this page."
GONE = "There is no such rule. Somebody may have deleted it."


class Stale(Conflict):
    """The rule has another edition than the one that the person saw."""


class SameName(Conflict):
    """Another rule has this name."""


def add_rule(written: Written, user_id: int, moment: datetime) -> int:
    """A rule that is tried after all others, and is switched on; returns its number."""
    lock("case rules")
    rules_or_defaults(moment)
    last = db.session.scalar(sa.select(sa.func.max(CaseRule.position))) or 0
    refuse_same_name(written.name, None)
    rule = CaseRule(position=last + 1, active=True, **columns_of(written), changed_at=moment, changed_by=user_id)
    db.session.add(rule)
    db.session.flush()
    note(rule, "added", moment)
    return rule.id


def change_rule(number: int, edition: int, written: Written, user_id: int, moment: datetime) -> None:
    rule = claimed(number, edition)
    refuse_same_name(written.name, number)
    for column, value in columns_of(written).items():
        setattr(rule, column, value)
    touch(rule, user_id, moment)
    note(rule, "changed", moment)


def switch_rule(number: int, edition: int, on: bool, user_id: int, moment: datetime) -> None:
    """Cases that it opened stay as they are."""
    rule = claimed(number, edition)
    if rule.active is not on:
        rule.active = on
        touch(rule, user_id, moment)
        note(rule, "switched on" if on else "switched off", moment)


def move_rule(number: int, up: bool, user_id: int, moment: datetime) -> None:
    """Try it one place earlier or later. At the end of the list nothing happens."""
    lock("case rules")
    rules = list(db.session.scalars(in_order().with_for_update()))
    place = next((place for place, rule in enumerate(rules) if rule.id == number), None)
    if place is None:
        raise NotFound(GONE)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rules):
        return
    rules[place], rules[other] = rules[other], rules[place]
    for position, rule in enumerate(rules, 1):
        rule.position = position
    moved = rules[other]
    moved.changed_at, moved.changed_by = moment, user_id
    db.session.flush()
    record("case rule changed", f"case rule:{number}", at=moment, act="moved", position=moved.position)


def delete_rule(number: int, edition: int, moment: datetime) -> None:
    """Raises Conflict where a case names it, or where it is the last: it can be switched off."""
    rule = claimed(number, edition)
    if db.session.scalar(sa.select(sa.exists().where(Case.rule_id == number))):
        raise Conflict("This rule has opened cases, so it cannot be deleted. Switch it off instead.")
    if not db.session.scalar(sa.select(sa.exists().where(CaseRule.id != number))):
        raise Conflict("This is the only rule, so it cannot be deleted. Switch it off instead.")
    db.session.delete(rule)
    db.session.flush()
    record("case rule changed", f"case rule:{number}", at=moment, act="deleted")


def find_rule(number: int) -> Rule:
    row = db.session.get(CaseRule, number)
    if row is None:
        raise NotFound(GONE)
    return Rule.of(row)


def used_rules() -> frozenset[int]:
    """The rules that have opened a case."""
    opened = sa.exists().where(Case.rule_id == CaseRule.id)
    return frozenset(db.session.scalars(sa.select(CaseRule.id).where(opened)))


def claimed(number: int, edition: int) -> CaseRule:
    """The rule, held until the commit. Raises Stale where it is not as this person saw it."""
    lock("case rules")
    query = sa.select(CaseRule).where(CaseRule.id == number).with_for_update()
    rule = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if rule is None:
        raise NotFound(GONE)
    if rule.edition != edition:
        raise Stale(STALE)
    return rule


def refuse_same_name(name: str, number: int | None) -> None:
    names = {rule.id: rule.name.casefold() for rule in db.session.scalars(sa.select(CaseRule))}
    if name.casefold() in (used for other, used in names.items() if other != number):
        raise SameName("Another rule has this name. Choose another name")


def columns_of(written: Written) -> dict[str, Any]:
    named = {"name": written.name, "kind": written.kind}
    days = {"acknowledge_days": written.acknowledge_days, "answer_days": written.answer_days}
    return named | days | kept(written.asks)


def touch(rule: CaseRule, user_id: int, moment: datetime) -> None:
    rule.edition += 1
    rule.changed_at, rule.changed_by = moment, user_id
    db.session.flush()


def note(rule: CaseRule, act: str, moment: datetime) -> None:
    """What the rule is from now on, without the name that somebody gave it."""
    found = Rule.of(rule)
    is_now: dict[str, Any] = {
        "kind": found.kind.value,
        "acknowledge_days": found.acknowledge_days,
        "answer_days": found.answer_days,
    }
    details = is_now | kept(found.asks) | {"active": found.active, "edition": found.edition}
    record("case rule changed", f"case rule:{found.id}", at=moment, act=act, **details)
