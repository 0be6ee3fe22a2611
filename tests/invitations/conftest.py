"""Invitations are tested at one moment that each test moves on by hand."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.invitations.made import MOMENT


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MOMENT, tick=False) as coordinates:
        yield coordinates
