"""The transport under Twilio's official client: kept connections to TWILIO_BASE_URL, and nothing written to a log.

The client's own looks up proxies at each call, keeps too few connections and logs whom it asks about.
"""

import logging
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.http import HttpClient
from twilio.http.response import Response

from surveys.messaging import http_pool
from surveys.messaging.http_pool import HttpPool


class PooledHttpClient(HttpClient):
    """Takes the path and query of each address the client asks for to the host, and below the path, of base_url."""

    def __init__(self, base_url: str, connections: int = http_pool.CONNECTIONS) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False, timeout=http_pool.READ_SECONDS)
        self.pool = HttpPool(base_url, connections)

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One request with a form as its body. timeout and allow_redirects are the pool's own, whatever is asked."""
        body = urlencode(data, doseq=True).encode() if data else None
        named = dict(headers or {})
        if auth:
            named["Authorization"] = "Basic " + b64encode(":".join(auth).encode()).decode()
        answer = self.pool.request(method.upper(), target_of(uri, params), named, body)
        return Response(answer.status, answer.data.decode(errors="replace"), answer.headers)


def target_of(uri: str, params: Mapping[str, Any] | None) -> str:
    parts = urlsplit(uri)
    query = "&".join(q for q in (parts.query, urlencode(params or {}, doseq=True)) if q)
    return f"{parts.path}?{query}" if query else parts.path
