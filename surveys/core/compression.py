"""Pages made small on the wire, for phones on a slow line."""

import gzip

from flask import Response, request


def compress(response: Response) -> Response:
    """Gzip a page for a browser that takes it.

    Only for pages without a session: compression tells how much of a page's secret somebody's words in it have guessed.
    """
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0 and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
