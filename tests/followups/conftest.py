"""Emails to staff are tested at one moment that each test moves on by hand."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.followups.made import MOMENT, Mailbox


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MOMENT, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    mailbox = Mailbox()
    monkeypatch.setitem(app.extensions, "senders", mailbox.senders())
    return mailbox
