"""Tampering with the database behind the program's back; `flask audit verify` must name it."""

from collections.abc import Sequence
from dataclasses import dataclass

DAY = "Answers of 5 March 2026"
# A response of parking that was sealed on that day.
RESPONSE = (
    "(SELECT min(responses.id) FROM responses JOIN response_seals ON response_id = responses.id "
    "JOIN services ON services.id = service_id WHERE slug = 'parking' AND response_seals.day = '2026-03-05')"
)
FLIP = f"UPDATE answers SET code = 'very_satisfied' WHERE question = 'overall' AND response_id = {RESPONSE}"


@dataclass(frozen=True)
class DatabaseKind:
    """statements: SQL. The triggers that refuse changes are taken away first, as an administrator could."""

    name: str
    statements: tuple[str, ...]
    words: str


KINDS: Sequence[DatabaseKind] = (
    DatabaseKind("A sealed answer is changed", (FLIP,), "was changed after it was sealed"),
    DatabaseKind(
        "A sealed answer and its digest are changed",
        (FLIP, f"UPDATE response_seals SET leaf = zeroblob(32) WHERE response_id = {RESPONSE}"),
        f"{DAY}: the kept leaves are not those that were sealed",
    ),
    DatabaseKind(
        "A sealed response is deleted",
        (
            f"DELETE FROM answers WHERE response_id = {RESPONSE}",
            f"DELETE FROM responses WHERE id = {RESPONSE}",
        ),
        "1 sealed responses are gone, and the audit trail tells of 0",
    ),
    DatabaseKind(
        "A sealed response moves to another channel",
        (f"UPDATE responses SET channel = 'post' WHERE id = {RESPONSE}",),
        "was changed after it was sealed",
    ),
    DatabaseKind(
        "Who was selected is told as not drawn",
        (
            "UPDATE draws SET outcome = 'not_drawn' WHERE contact_id = (SELECT min(contact_id) FROM draws "
            "WHERE outcome = 'selected')",
        ),
        "a contact or its draw was changed after it was sealed",
    ),
    DatabaseKind(
        "A draw is deleted",
        ("DELETE FROM draws WHERE contact_id = (SELECT max(contact_id) FROM draws)",),
        "149 draws are there, and 150 were sealed",
    ),
    DatabaseKind(
        "A contact is told as another service's",
        ("UPDATE contacts SET service_id = 1 + service_id % 3 WHERE id = (SELECT min(contact_id) FROM draws)",),
        "a contact or its draw was changed after it was sealed",
    ),
    DatabaseKind(
        "A seal is changed",
        ("UPDATE day_seals SET count = count + 1 WHERE kind = 'answers' AND day = '2026-03-05'",),
        f"{DAY}: the row of the seal is not what the audit chain says",
    ),
    DatabaseKind(
        "A seal is deleted",
        ("DELETE FROM day_seals WHERE kind = 'answers' AND day = '2026-03-05'",),
        f"{DAY}: the audit chain has a seal, and its row is gone",
    ),
    DatabaseKind(
        "An audit entry is changed",
        ("UPDATE audit_entries SET actor = 'user:99' WHERE id = 6",),
        "Audit entry 6: was changed after it was written",
    ),
    DatabaseKind(
        "An audit entry is deleted",
        ("DELETE FROM audit_entries WHERE id = 2",),
        "Audit entry 3: entries 2 to 2 are missing",
    ),
    DatabaseKind(
        "A published file is changed",
        ("UPDATE file_pieces SET content = zeroblob(10)",),
        "Publication 1: its file is not what the audit trail says was made",
    ),
    DatabaseKind(
        "Published figures are changed where the results page reads them",
        ("UPDATE publications SET tables = replace(tables, '\"base\": ', '\"base\": 1')",),
        "Publication 1: its figures are not what the audit trail says were published",
    ),
    DatabaseKind(
        "A publication is deleted",
        ("DELETE FROM publications",),
        "Publication 1: the audit trail has it, and its file is gone",
    ),
)
