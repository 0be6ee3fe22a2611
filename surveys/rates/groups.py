"""Customer groups: how those rated who told something of themselves, by equality item, answer and service.

Only whole calendar years are read, and all granted services at once: no two periods overlap, and what is hidden in one
service is not the difference between all of them and the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from surveys.core.db import db
from surveys.questionnaires.equality import PREFER_NOT
from surveys.rates.comparing import Comparison, Judged, against_the_rest, judge
from surveys.rates.page_models import CrossTotal
from surveys.rates.places import dimension
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Key, Shown, Table
from surveys.rates.recounts import EQUALITY
from surveys.rates.scope import Scope
from surveys.rates.series import ALL, JOIN, Series
from surveys.rates.statistics import Rate

# By (service, code).
GroupRates = Mapping[tuple[int, str], Rate]


@dataclass(frozen=True)
class Group:
    """One answer to an equality item, as managers may see it. judged: against all others who answered the item."""

    item: str
    code: str
    shown: Shown
    judged: Judged | None = None


@dataclass(frozen=True)
class ItemGroups:
    """The groups of one item in their order, and all who answered it."""

    item: str
    groups: tuple[Group, ...]
    total: Shown


def read_groups_by_service(scope: Scope, items: Collection[str]) -> dict[str, GroupRates]:
    """The rate of each group in each service, by item, in one query."""
    if scope.channels is not None:
        raise ValueError("groups are told over all channels")
    t = CrossTotal
    keys = (t.question, t.series, t.code)
    sums = (sa.func.sum(count) for count in (t.satisfied, t.base, t.do_not_know))
    query = sa.select(*keys, *sums).where(t.question.in_([EQUALITY + item for item in items])).group_by(*keys)
    query = query.where(t.month.between(scope.first_month.first, scope.last_month.first))
    services = None if scope.services is None else [Series(service).code for service in scope.services]
    query = query.where(t.series.endswith(JOIN + ALL) if services is None else t.series.in_(services))
    rates: dict[str, dict[tuple[int, str], Rate]] = defaultdict(dict)
    for question, code_of_series, code, *counts in db.session.execute(query):
        service = Series.read(code_of_series).service
        if service is not None:
            rates[question.removeprefix(EQUALITY)][service, code] = Rate(*(int(count) for count in counts))
    return dict(rates)


def groups_of(
    found: Mapping[str, GroupRates], codes: Mapping[str, Collection[str]], service: int | None
) -> list[ItemGroups]:
    """Each item with its groups for one service or for all of them, compared as one family.

    codes: the answers of each item in their order. Protected over all services and answers at once.
    """
    items = [item_groups(item, found[item], codes[item], service) for item in codes if item in found]
    family = {(one.item, group.code): group for one in items for group in one.groups}
    judged = judge({key: fair for key, group in family.items() if (fair := comparison(group, items)) is not None})
    return [
        ItemGroups(
            one.item,
            tuple(Group(g.item, g.code, g.shown, judged.get((g.item, g.code))) for g in one.groups),
            one.total,
        )
        for one in items
    ]


def item_groups(item: str, rates: GroupRates, codes: Collection[str], service: int | None) -> ItemGroups:
    leaves: dict[Key, Counts] = {
        (str(s), code): Counts(r.satisfied, r.base, r.all_base) for (s, code), r in rates.items()
    }
    services = dimension(dict.fromkeys(key[0] for key in leaves))
    answers = dimension(code for code in codes if any(key[1] == code for key in leaves))
    shown = protect(Table((services, answers), leaves), View.MANAGERS).shown
    place = ALL if service is None else str(service)
    groups = tuple(Group(item, code, shown[place, code]) for code in answers.leaves if (place, code) in shown)
    return ItemGroups(item, groups, shown.get((place, ALL), Shown(0, 0, 0)))


def comparison(group: Group, items: Collection[ItemGroups]) -> Comparison | None:
    """Against all others of the item; None where either is hidden or too small, or says nothing of the person."""
    total = next(one.total for one in items if one.item == group.item)
    if group.code == PREFER_NOT or not (group.shown.reliable and total.reliable):
        return None
    part = (group.shown.satisfied or 0, group.shown.base or 0)
    whole = (total.satisfied or 0, total.base or 0)
    rest = Rate(whole[0] - part[0], whole[1] - part[1], 0)
    return None if rest.low_base else against_the_rest(part, whole)
