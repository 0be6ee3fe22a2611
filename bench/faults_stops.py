"""Residents who say stop while it goes on: by text, by the page behind their link, by their mail program, as spam."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from threading import Event, Thread
from urllib.parse import urlencode

import urllib3

from bench.faults_rows import Person
from surveys.core.clock import now
from surveys.messaging.links import survey_link
from tests.stubs.ledger import Entry, Kind
from tests.stubs.running import RunningStub

WORDS = ("STOP", "stop", "Stop.", " STOP ", "UNSUBSCRIBE", "stopiwch")
SEAL = re.compile(r'name="seal"[^>]*value="([^"]+)"')
BY_WAYS_OF_THE_LINK = 0.4
PAUSE = 0.05


@dataclass(frozen=True)
class Stopped:
    """Somebody's stop, and when our application had answered it; by text and spam report the stub's ledger has that."""

    person: Person
    way: str
    answered_at: datetime | None = None
    order: int | None = None


@dataclass
class Residents:
    """They say stop at the moments of `when`. Those who have a message already may use what it offers."""

    stub: RunningStub
    public_url: str
    when: list[tuple[datetime, Person]]
    chance: Random
    stops: list[Stopped] = field(default_factory=list)
    failures: int = 0

    def __post_init__(self) -> None:
        self.over = Event()
        self.got: dict[str, Entry] = {}
        self.seen = 0
        self.thread = Thread(target=self.go_on, daemon=True)
        self.thread.start()

    def go_on(self) -> None:
        waiting = sorted(self.when, key=lambda one: one[0], reverse=True)
        while waiting and not self.over.wait(PAUSE):
            while waiting and waiting[-1][0] <= now():
                self.say_stop(waiting.pop()[1])

    def close(self) -> None:
        self.over.set()
        self.thread.join(60)

    def say_stop(self, person: Person) -> None:
        try:
            self.stops += self.tell(person)
        except urllib3.exceptions.HTTPError:
            self.failures += 1

    def tell(self, person: Person) -> Iterator[Stopped]:
        """One stop, or none where a mailbox has got nothing that it could answer."""
        message = self.message_to(person)
        if message is None or (person.is_text and self.chance.random() > BY_WAYS_OF_THE_LINK):
            if person.is_text:
                yield Stopped(person, "text", order=self.stub.say(person.address, self.chance.choice(WORDS)))
            return
        link = survey_link(message.body).replace("/s/", "/stop/")
        if person.is_text:
            yield from self.by_page(person, link)
        elif self.chance.random() < 0.5:
            yield from self.posted(person, "one click", link, {"List-Unsubscribe": "One-Click"})
        else:
            order = self.stub.happen("spamreport", person.address, message.id, correlation=message.correlation)
            yield Stopped(person, "spam report", order=order)

    def by_page(self, person: Person, link: str) -> Iterator[Stopped]:
        page = urllib3.request("GET", link, retries=False, timeout=15).data.decode()
        found = SEAL.search(page)
        if found is None:
            self.failures += 1
            return
        yield from self.posted(person, "page", link, {"seal": found[1]})

    def posted(self, person: Person, way: str, link: str, fields: dict[str, str]) -> Iterator[Stopped]:
        body, form = urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
        answer = urllib3.request("POST", link, body=body, headers=form, retries=False, redirect=False, timeout=15)
        if answer.status in (200, 303):
            yield Stopped(person, way, answered_at=now())
        else:
            self.failures += 1

    def message_to(self, person: Person) -> Entry | None:
        for entry in self.stub.ledger(after=self.seen):
            self.seen = entry.order
            if entry.kind is Kind.MESSAGE:
                self.got.setdefault(entry.address, entry)
        return self.got.get(person.address)
