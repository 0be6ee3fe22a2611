"""/control: what a test or a person asks of the stub itself, in JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from tests.stubs.provider import Provider
from tests.stubs.wire import Reply, Request, in_json

PATH = "/control"


class Control:
    """GET shows; /faults, /hooks, /say and /happen change; /ledger?after=N gives the entries after number N."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.acts: dict[str, Callable[[Any], Any]] = {
            "/faults": self.change_faults,
            "/hooks": self.aim_hooks,
            "/say": lambda told: {"order": provider.say(told["from"], told["body"])},
            "/happen": self.happen,
        }

    def answer(self, request: Request) -> Reply:
        if not request.path.startswith(PATH):
            return self.provider.answer(request)
        action = request.path.removeprefix(PATH)
        if request.method == "GET":
            return self.shown(action, request)
        if action not in self.acts:
            return in_json(404, {"error": f"there is {', '.join(self.acts)}"})
        try:
            return in_json(200, self.acts[action](json.loads(request.body)))
        except (ValueError, KeyError, TypeError) as wrong:
            return in_json(400, {"error": str(wrong)})

    def shown(self, action: str, request: Request) -> Reply:
        if action == "":
            return in_json(200, self.state())
        if action == "/ledger":
            after = dict(request.fields).get("after", "0")
            entries = self.provider.ledger.after(int(after) if after.isdigit() else 0)
            return Reply(200, "".join(entry.as_line() + "\n" for entry in entries).encode())
        return in_json(404, {"error": "there is /control and /control/ledger"})

    def state(self) -> dict[str, Any]:
        """hooks_waiting: web hooks neither taken nor given up. hooks: how many were answered with which status."""
        provider = self.provider
        return {
            "public_key": provider.key.public,
            "faults": asdict(provider.faults),
            "summary": provider.ledger.summary(),
            "befell": provider.befell,
            "statuses": provider.statuses,
            "hooks": provider.office.statuses,
            "hooks_waiting": provider.office.waiting,
        }

    def change_faults(self, given: dict[str, Any]) -> dict[str, Any]:
        self.provider.faults = self.provider.faults.changed(given)
        return asdict(self.provider.faults)

    def aim_hooks(self, given: dict[str, str]) -> dict[str, str]:
        """inbound and events: the addresses of the two web hooks; one that is not named stays."""
        self.provider.inbound_url = given.get("inbound", self.provider.inbound_url)
        self.provider.mails.url = given.get("events", self.provider.mails.url)
        return {"inbound": self.provider.inbound_url, "events": self.provider.mails.url}

    def happen(self, told: dict[str, Any]) -> dict[str, int]:
        arguments = told.get("arguments", {})
        return {"order": self.provider.happen(told["event"], told["email"], told.get("reference", ""), arguments)}
