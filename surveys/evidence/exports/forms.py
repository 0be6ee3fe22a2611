"""What was typed into the form of an export, with a fault for each thing to put right. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict

from surveys.contacts.models import Channel
from surveys.evidence.exports.files import CSV, XLSX
from surveys.evidence.exports.models import ExportKind
from surveys.evidence.exports.rows import Asked

Form = MultiDict[str, str]
KINDS = {
    ExportKind.ANSWERS: "Answers: one row for each response, without names, times or addresses",
    ExportKind.CONTACTS: "Contacts: one row for each contact and what the draw said of it, without addresses",
}
FORMS = {CSV: "CSV, for any program", XLSX: "Excel workbook (XLSX)"}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Wanted:
    kind: ExportKind
    form: str
    asked: Asked


@dataclass(frozen=True)
class Typed:
    """The fields as they are shown again, the faults by field, and what is wanted where there are none."""

    form: Form
    faults: Mapping[str, str]
    wanted: Wanted | None = None


def blank(today: date) -> Form:
    """The last month that is over, as CSV."""
    last = today.replace(day=1) - timedelta(days=1)
    days = {"first": last.replace(day=1).isoformat(), "last": last.isoformat()}
    return Form({"kind": ExportKind.ANSWERS.value, "form": CSV, **days})


def typed_export(form: Form, offered: Collection[int]) -> Typed:
    """offered: the services that the page showed; another in the form is passed over."""
    faults: dict[str, str] = {}
    if form.get("kind") not in list(ExportKind):
        faults["kind"] = "Select answers or contacts"
    if form.get("form") not in FORMS:
        faults["form"] = "Select CSV or Excel"
    first, last = day(form, "first", "First day", faults), day(form, "last", "Last day", faults)
    if not faults.keys() & {"first", "last"} and last < first:
        faults["last"] = "Last day must be the first day or later"
    comments = bool(form.get("comments"))
    if comments and form.get("kind") == ExportKind.CONTACTS:
        faults["comments"] = "Comments belong to answers. Choose answers, or leave the comments out"
    if faults:
        return Typed(form, faults)
    services = frozenset(service for service in offered if str(service) in form.getlist("services"))
    channels = frozenset(channel for channel in Channel if channel.value in form.getlist("channels"))
    asked = Asked(first, last, services or None, channels or None, comments)
    return Typed(form, {}, Wanted(ExportKind(form["kind"]), form["form"], asked))


def day(form: Form, field: str, words: str, faults: dict[str, str]) -> date:
    """The earliest of all where it is no day that rows can be of."""
    try:
        found = date.fromisoformat(form.get(field, "").strip())
    except ValueError:
        found = LATEST
    if not EARLIEST <= found < LATEST:
        faults[field] = f"{words} must be a day like 2026-03-31"
    return found
