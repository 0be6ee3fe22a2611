"""Sampling tests happen at one fixed moment."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.sampling.made import MOMENT


@pytest.fixture(autouse=True)
def fixed_time() -> Iterator[None]:
    with time_machine.travel(MOMENT, tick=False):
        yield
