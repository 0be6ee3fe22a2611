"""Where a new wording matters: for those who get the questionnaire that changed, and for nobody else."""

from datetime import UTC, datetime

import pytest

from surveys.contacts.models import Channel
from surveys.followups.improvements.wordings import Use, Wordings
from surveys.questionnaires.comparison import Stretch
from surveys.rates.months import Month
from surveys.rates.series import Series

# Half past midnight in London is the evening before in UTC.
AT = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
EVERYBODY, PARKING, BY_PHONE = 1, 2, 3
CHANGED = (Stretch(1, datetime(2025, 1, 1, tzinfo=UTC), "a"), Stretch(2, AT, "b"))
SAME = CHANGED[:1]
ALL, SERVICE, PHONE = Series(), Series(7), Series(7, Channel.PHONE)
USES = [Use(None, None, EVERYBODY), Use(7, None, PARKING), Use(None, "phone", BY_PHONE)]


@pytest.mark.parametrize(
    ("changed", "series", "broken"),
    [
        (EVERYBODY, ALL, True),
        (EVERYBODY, Series(8), True),
        (EVERYBODY, SERVICE, False),
        (PARKING, SERVICE, True),
        (PARKING, PHONE, True),
        (PARKING, Series(8), False),
        (PARKING, ALL, True),
        (BY_PHONE, Series(8), True),
        (BY_PHONE, Series(8, Channel.WEB), False),
        (BY_PHONE, Series(None, Channel.PHONE), True),
        (BY_PHONE, PHONE, False),
    ],
)
def test_only_those_who_get_the_questionnaire_are_touched(changed: int, series: Series, broken: bool) -> None:
    known = ((one, {"overall": CHANGED if one == changed else SAME}) for one in (EVERYBODY, PARKING, BY_PHONE))
    wordings = Wordings(known, USES)
    assert wordings.broken(series, "overall") == ({Month(2026, 6)} if broken else frozenset())
    assert wordings.broken(series, "resolved") == frozenset()
