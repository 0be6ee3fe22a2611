"""Pages that are written once and shown to many: nothing of the person they were first written for is in them."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from surveys.core.tokens import seal
from tests.answers.racing import invited
from tests.makers.answers import answer
from tests.pages import soup


@pytest.mark.parametrize("page", ["", "/more", "/thanks"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_nobody_gets_the_link_or_the_seal_of_who_came_before(
    client: FlaskClient, tmp_path: Path, page: str, language: str
) -> None:
    first, second = invited(tmp_path, 2)
    for token in (first, second):
        if page:
            answer(token, completes=page == "/thanks")
    before = client.get(f"/s/{first}{page}?lang={language}").get_data(as_text=True)
    after = client.get(f"/s/{second}{page}?lang={language}").get_data(as_text=True)
    assert first in before
    for told in (first, seal("survey forms", first)):
        assert told not in after
    assert before.replace(first, second).replace(seal("survey forms", first), seal("survey forms", second)) == after


def test_a_page_with_answers_of_its_own_is_not_the_blank_one(client: FlaskClient, tmp_path: Path) -> None:
    answered, blank, unhappy = invited(tmp_path, 3)
    answer(answered, completes=False, resolved="no")
    answer(blank, completes=False)
    answer(unhappy, "very_dissatisfied", completes=False)
    for _ in range(2):
        chosen = [soup(client.get(f"/s/{token}/more")).select("input[checked]") for token in (answered, blank)]
        assert [len(boxes) for boxes in chosen] == [1, 0]
    pages = [client.get(f"/s/{token}/more").get_data(as_text=True) for token in (blank, unhappy)]
    assert ["complain" in page for page in pages] == [False, True]
