"""Showing a page of panels, or one of its panels as a file: the same cells in both."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request

from surveys.core.csv_out import csv_response
from surveys.core.refusals import NotFound
from surveys.dashboards.pages.asked import Asked
from surveys.dashboards.pages.panels import Panel, csv_of, find_panel

# In an address this asks for one panel as a file.
FILE = "file"


def page_or_file(template: str, asked: Asked, panels: Sequence[Panel], **more: Any) -> str | Response:
    """The page; or, where the address asks for one of its panels as a file, that."""
    wanted = request.args.get(FILE)
    if wanted is not None:
        return panel_file(asked, panels, wanted)
    return render_template(template, **asked.choices, panels=panels, here=request.path, **more)


def panel_file(asked: Asked, panels: Sequence[Panel], key: str) -> Response:
    panel = find_panel(panels, key)
    if panel is None:
        raise NotFound("There is no such table.")
    header, lines = csv_of(panel)
    name = f"{panel.key}-{asked.filters.first_month}-to-{asked.filters.last_month}.csv"
    return csv_response(name, header, lines)
