"""A test client that reads every page it opens and refuses a bad one."""

from collections import Counter
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.db import db

REDIRECTS = (301, 302, 303, 307, 308)


class BadPage(AssertionError):
    """A page that breaks the house rules of HTML."""


@lru_cache(maxsize=4)
def parsed(html: str) -> BeautifulSoup:
    """A page as a browser reads it, for the check and for whoever reads its words after it: nobody may change it."""
    return BeautifulSoup(html, "html5lib")


def faults_of_page(html: str) -> list[str]:
    """What is wrong with a page: headings, title, language, ids, labels, inline styles and scripts."""
    page = parsed(html)
    faults = []
    if len(page.find_all("h1")) != 1:
        faults.append(f"{len(page.find_all('h1'))} h1 headings instead of one")
    if page.title is None or not page.title.get_text(strip=True):
        faults.append("no title")
    if page.html is None or not page.html.get("lang"):
        faults.append("no lang on html")
    twice = [i for i, n in Counter(tag["id"] for tag in page.find_all(id=True)).items() if n > 1]
    faults += [f"the id {i} is used twice" for i in twice]
    faults += [f"{tag.name} has an inline style" for tag in page.find_all(style=True)]
    faults += [
        f"{tag.name} has an inline handler" for tag in page.find_all(lambda t: any(a.startswith("on") for a in t.attrs))
    ]
    labelled = {label.get("for") for label in page.find_all("label")}
    for field in page.find_all(["input", "select", "textarea"]):
        hidden = field.get("type") in ("hidden", "submit")
        if not hidden and field.get("id") not in labelled and not field.get("aria-label"):
            faults.append(f"the field {field.get('name')} has no label")
    for name in ("aria-describedby", "aria-labelledby"):
        for tag in page.find_all(attrs={name: True}):
            faults += [f"{name} names {i}, which is not there" for i in tag[name].split() if page.find(id=i) is None]
    faults += [
        f"the table has no caption: {table.get('id')}" for table in page.find_all("table") if table.caption is None
    ]
    faults += [f"the image has no alt: {i.get('src')}" for i in page.find_all("img") if i.get("alt") is None]
    return faults


class CheckedClient(FlaskClient):
    """Opens pages as a browser would, and fails on one that is not fit to be shown."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # A request has an app context of its own, as when it is served: nothing is left from the last one.
        kwargs.setdefault("buffered", True)
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if has_app_context():
            db.session.rollback()
        shown = response.mimetype == "text/html" and response.status_code not in REDIRECTS
        if shown and response.request.method != "HEAD":
            faults = faults_of_page(response.get_data(as_text=True))
            if faults:
                raise BadPage(f"{response.request.path}: " + "; ".join(faults))
        return response


def text_of(response: TestResponse) -> str:
    """The words of a page with single spaces, as a reader meets them."""
    page = parsed(response.get_data(as_text=True))
    return " ".join(page.get_text(" ").split())


def soup(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "html5lib")
