"""Files of ours in the database: written piece by piece, read the same way, and never changed once whole."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Response, stream_with_context

from surveys.core.db import db, table_of
from surveys.core.refusals import NotFound
from surveys.evidence.files.models import FilePiece, MadeFile

PIECE = 512 * 1024


def keep_file(
    name: str, mimetype: str, content: Iterable[bytes], moment: datetime, rows: int | None = None
) -> MadeFile:
    """Store a whole file, in constant memory. The caller's transaction makes it visible at once or not at all."""
    made = MadeFile(name=name, mimetype=mimetype, size=0)
    db.session.add(made)
    db.session.flush()
    digest, size = hashlib.sha256(), 0
    insert = sa.insert(table_of(FilePiece))
    for number, piece in enumerate(in_pieces(content)):
        digest.update(piece)
        size += len(piece)
        db.session.connection().execute(insert, {"file_id": made.id, "number": number, "content": piece})
    made.size, made.sha256, made.made_at, made.rows = size, digest.hexdigest(), moment, rows
    db.session.flush()
    return made


def keep_path(path: Path, mimetype: str, moment: datetime, rows: int | None = None, name: str = "") -> MadeFile:
    with path.open("rb") as opened:
        return keep_file(name or path.name, mimetype, iter(lambda: opened.read(PIECE), b""), moment, rows)


def in_pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for part in content:
        held += part
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def pieces(file_id: int) -> Iterator[bytes]:
    """The file's bytes in order, a piece at a time."""
    number = 0
    query = sa.select(FilePiece.content).where(FilePiece.file_id == file_id)
    while (piece := db.session.scalar(query.where(FilePiece.number == number))) is not None:
        yield piece
        number += 1


def find_file(file_id: int | None) -> MadeFile:
    made = db.session.get(MadeFile, file_id) if file_id is not None else None
    if made is None or made.sha256 is None:
        raise NotFound("There is no such file, or it is not made yet.")
    return made


def download(made: MadeFile) -> Response:
    """The file as a download, with its length and digest: the name is ours, never a user's."""
    response = Response(stream_with_context(pieces(made.id)), mimetype=made.mimetype)
    response.headers["Content-Length"] = str(made.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["Repr-Digest"] = f"sha-256=:{base64_of(made.sha256 or '')}:"
    return response


def base64_of(hexadecimal: str) -> str:
    """As RFC 9530 writes a digest in a header."""
    return b64encode(bytes.fromhex(hexadecimal)).decode()


def delete_file(file_id: int) -> None:
    db.session.execute(sa.delete(MadeFile).where(MadeFile.id == file_id).execution_options(synchronize_session=False))
