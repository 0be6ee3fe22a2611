"""What docs/webhooks.md shows to those who receive our messages works as it stands there."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from surveys.core.settings import PROJECT
from surveys.followups.webhooks.signing import new_secret, rotated, secrets_in, signed_headers
from tests.followups.made import MOMENT

BODY = b'{"type":"case.opened"}'
Check = Callable[[str, dict[str, str], bytes], bool]


@pytest.fixture
def check() -> Check:
    shown = re.search(r"```python\n(.*?)```", (PROJECT / "docs" / "webhooks.md").read_text(), re.DOTALL)
    assert shown is not None
    names: dict[str, Any] = {}
    exec(shown[1], names)  # noqa: S102  # our own page, as its readers run it
    found: Check = names["is_ours"]
    return found


def test_it_takes_what_we_sign_with_either_secret(check: Check) -> None:
    both = rotated(new_secret())
    headers = signed_headers(both, "msg_1", MOMENT, BODY)
    assert [check(secret, headers, BODY) for secret in secrets_in(both)] == [True, True]


def test_it_takes_nothing_else(check: Check) -> None:
    secret = new_secret()
    headers = signed_headers(secret, "msg_1", MOMENT, BODY)
    assert not check(new_secret(), headers, BODY)
    assert not check(secret, headers, BODY + b" ")
    assert not check(secret, headers | {"webhook-id": "msg_2"}, BODY)
    old = signed_headers(secret, "msg_1", MOMENT - timedelta(minutes=6), BODY)
    assert not check(secret, old, BODY)
