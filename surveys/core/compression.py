"""Pages made small on the wire, for phones on a slow line."""

import gzip
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from struct import pack

from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

# The body of a redirect, which nobody sees, is smaller than what its compressing would save.
PAGE = 500
# RFC 1952: deflate, no name, no time, any system. RFC 1951: the last block, stored and empty.
GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
LAST_BLOCK = b"\x01\0\0\xff\xff"


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """What an Accept-Encoding header comes to. Browsers send the same few, and remembering is quicker than reading."""
    return parse_accept_header(accepted, Accept).quality("gzip") > 0


def compress(response: Response) -> Response:
    """Gzip a page for a browser that takes it.

    Only for pages without a session: compression tells how much of a page's secret somebody's words in it have guessed.
    """
    if "Content-Encoding" in response.headers or response.is_streamed or response.mimetype != "text/html":
        return response
    if len(page := response.get_data()) < PAGE:
        return response
    response.vary.add("Accept-Encoding")
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.set_data(gzip.compress(page, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


@dataclass(frozen=True)
class Blank:
    """A page for many visitors with gaps for the words of each, compressed once but for these.

    Both are formats of bytes with %(name)b for a gap. In packed, what stands between gaps is compressed up to a whole
    byte and without looking back over a gap, so that a block with the words, stored as they are, fits in.
    """

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, page: str, own: Mapping[str, str]) -> "Blank":
        """The page with gaps where it holds one visitor's own words, given by name."""
        names = {words: name for name, words in own.items()}
        pieces = re.split(f"({'|'.join(re.escape(words) for words in names)})", page)
        plain, packed, deflate = b"", b"", zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        for stretch, words in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            gap = f"%({names[words]})b".encode() if words else b""
            small = deflate.compress(stretch.encode()) + deflate.flush(zlib.Z_FULL_FLUSH)
            plain += stretch.encode().replace(b"%", b"%%") + gap
            packed += small.replace(b"%", b"%%") + gap
        return cls(plain, packed)

    def response(self, own: Mapping[str, str]) -> Response:
        """The page with these words in its gaps, for the browser that asks now."""
        words = {name.encode(): one.encode() for name, one in own.items()}
        page = self.plain % words
        if not takes_gzip(request.headers.get("Accept-Encoding", "")):
            return Response(page, mimetype="text/html")
        blocks = {name: pack("<BHH", 0, len(one), len(one) ^ 0xFFFF) + one for name, one in words.items()}
        small = GZIP_HEAD + self.packed % blocks + LAST_BLOCK + pack("<LL", zlib.crc32(page), len(page))
        encoded = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(small, mimetype="text/html", headers=encoded)
