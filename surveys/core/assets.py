"""Files that come from installed packages or our own static folder: compressed once, cached for long."""

import gzip
import re
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from flask import Blueprint, Response, current_app, make_response, request

from surveys.core.refusals import NotFound

blueprint = Blueprint("assets", __name__)
LONG = "public, max-age=31536000, immutable"
PLOTLY = f"plotly-{version('plotly')}.min.js"
PLOTLY_CSS = "plotly.css"
OWN = (
    *("resident.css", "results.css", "preview.css", "review.css", "console.css"),
    *("kiosk.js", "console.js", "review.js", "comments.js"),
)
RULES = re.compile(r"""\{"X,X div":.*?\};""", re.DOTALL)
RULE = re.compile(r"""(?:"([^"]+)"|'([^']+)'):(?:"([^"]*)"|'([^']*)')""")
MAP_STYLE = re.compile(r"""getElementById\("([0-9a-f]{64})"\)\)\{var \w=document\.createElement\("style"\)""")


def plotly_css() -> bytes:
    """The style rules that Plotly's script would write into the page, taken out of it to be linked instead.

    Under a strict content policy it may not write them; it looks for a link with the class no-inline-styles.
    """
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_text("utf-8")
    found = RULES.search(script)
    if found is None:
        raise LookupError("Plotly's script holds its style rules in another form than this version knows")
    rules = []
    for one in RULE.finditer(found.group()):
        selector = (one[1] or one[2]).replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
        rules.append(f"{selector}{{{one[3] or one[4] or ''}}}")
    return "\n".join(rules).encode()


@cache
def map_style_id() -> str:
    """The id of the element that keeps Plotly's map library from writing its styles into the page."""
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_text("utf-8")
    found = MAP_STYLE.search(script)
    return found[1] if found else "no-map-styles"


def packed(name: str) -> tuple[bytes, bytes, str]:
    """(plain, gzipped, fingerprint) of an asset, in this council's colour."""
    return made(name, current_app.extensions["settings"].council_colour)


@cache
def made(name: str, colour: str) -> tuple[bytes, bytes, str]:
    """An asset made at its first use in each process."""
    if name == PLOTLY:
        plain = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    elif name == PLOTLY_CSS:
        plain = plotly_css()
    elif name in OWN:
        plain = files("surveys").joinpath("static", name).read_bytes()
        plain = plain.replace(b"--brand: #12436d", f"--brand: {colour}".encode())
    else:
        raise NotFound("There is no such file.")
    return plain, gzip.compress(plain, 9, mtime=0), sha256(plain).hexdigest()[:12]


def asset_url(name: str) -> str:
    """The asset's address, which changes with its content so that it may be kept for a year."""
    return f"/assets/{packed(name)[2]}/{name}"


@blueprint.get("/assets/<fingerprint>/<name>")
def serve(fingerprint: str, name: str) -> Response:
    plain, small, current = packed(name)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    compress = request.accept_encodings.quality("gzip") > 0
    response = make_response(small if compress else plain)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Cache-Control"] = LONG if fingerprint == current else "no-store"
    response.headers["Vary"] = "Accept-Encoding"
    if compress:
        response.headers["Content-Encoding"] = "gzip"
    return response
