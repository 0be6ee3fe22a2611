"""One export of answers as its worker makes it, in a process of its own; tells rows, seconds and peak memory."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from bench.databases import Database
from bench.import_child import peak_memory_mb
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.evidence.exports.files import MIMETYPES, write_export
from surveys.evidence.exports.models import ExportKind
from surveys.evidence.exports.rows import Asked, table_for
from surveys.evidence.exports.scan import Scan
from surveys.evidence.files.stored import delete_file, keep_path


def main(kind: str, url: str, folder: str, file: str, first: str, days: str) -> None:
    path, form = Path(file), Path(file).suffix[1:]
    asked = Asked(date.fromisoformat(first), date.fromisoformat(first) + timedelta(days=int(days)), None, None)
    with Database(kind, url, Path(folder), rows=0).application().app_context():
        began = perf_counter()
        table = table_for(ExportKind.ANSWERS, asked, Scan())
        rows = write_export(path, form, table, "Answers", lambda _rows: None)
        seconds = perf_counter() - began
        db.session.rollback()
        with transaction():
            made = keep_path(path, MIMETYPES[form], now(), rows).id
        whole = perf_counter() - began
        with transaction():
            delete_file(made)
    print(json.dumps({"rows": rows, "seconds": seconds, "whole": whole, "peak_mb": peak_memory_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
