"""Signatures are those of Standard Webhooks 1.0.0, and a secret can be changed without a message being lost."""

import base64
import re
from datetime import UTC, datetime

from surveys.followups.webhooks.signing import new_secret, rotated, secrets_in, signature, signed_headers

# The specification's own published vector (libraries' tests of standard-webhooks).
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"
TIMESTAMP = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector_gives_the_published_signature() -> None:
    assert signature(SECRET, MESSAGE, TIMESTAMP, BODY) == SIGNATURE


def test_one_changed_byte_gives_another_signature() -> None:
    assert signature(SECRET, MESSAGE, TIMESTAMP, BODY + b" ") != SIGNATURE
    assert signature(SECRET, MESSAGE, TIMESTAMP + 1, BODY) != SIGNATURE
    assert signature(SECRET, MESSAGE + "0", TIMESTAMP, BODY) != SIGNATURE


def test_a_new_secret_has_its_prefix_and_256_random_bits() -> None:
    found = {new_secret() for _ in range(20)}
    assert len(found) == 20
    assert all(len(base64.b64decode(one.removeprefix("whsec_"))) == 32 for one in found)


def test_after_a_change_both_secrets_sign_and_a_third_takes_the_oldest_place() -> None:
    first = new_secret()
    second = rotated(first)
    third = rotated(second)
    assert secrets_in(second)[1] == first
    assert secrets_in(third)[1] == secrets_in(second)[0]
    assert first not in third
    headers = signed_headers(second, MESSAGE, datetime.fromtimestamp(TIMESTAMP, UTC), BODY)
    assert headers["webhook-timestamp"] == str(TIMESTAMP)
    expected = [signature(one, MESSAGE, TIMESTAMP, BODY) for one in secrets_in(second)]
    assert headers["webhook-signature"].split(" ") == expected
    assert all(re.fullmatch(r"v1,[A-Za-z0-9+/]{43}=", one) for one in expected)
