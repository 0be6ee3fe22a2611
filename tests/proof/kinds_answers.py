"""Tampering with the answers: changed, left out, added, or passed off as those of another period."""

from collections.abc import Sequence
from pathlib import Path

from proof.figures import TOLD, count
from proof.folder import Pack
from proof.leaves import digest_of, response_leaf
from proof.seals import response_of
from proof.statistics import wilson
from tests.proof.edits import (
    MICRODATA,
    RESULTS,
    add_row,
    change_row,
    drop_row,
    entry_of,
    read_entries,
    read_rows,
    write_chain_anew,
    write_rows,
)
from tests.proof.kinds import Eye, Kind, careful, clumsy, insider

ANSWERS = "Answers as sealed"
BAD = {"service": "parking", "mode": "web", "answer.overall": "very_dissatisfied"}
GOOD = {"answer.overall": "very_satisfied"}


def flip(pack: Path) -> str:
    """One resident is made happy; returns the day of the seal."""
    return change_row(pack, MICRODATA, BAD, GOOD)["sealed_on"]


def recount(pack: Path) -> None:
    """The results as they would be."""
    counts, rows = count(Pack(pack)), read_rows(pack, RESULTS)
    for row in rows:
        satisfied, base, unsure = counts.rated(row["service"], row["channel"], row["month"])
        if row["base"] not in ("[c]", "0"):
            share = satisfied / base
            told = zip(("share", "lower", "upper"), (share, *wilson(share, base)), strict=True)
            row.update({name: f"{number:.6f}" for name, number in told})
            row.update(zip(TOLD, map(str, (satisfied, base, unsure)), strict=True))
    write_rows(pack, RESULTS, rows)


def flip_and_recount(pack: Path) -> None:
    flip(pack)
    recount(pack)


def flip_and_seal_anew(pack: Path) -> None:
    """The whole of it: the answer, the figures, the seal of its day, and every entry that follows."""
    day = flip(pack)
    recount(pack)
    entries, leaves = read_entries(pack), leaves_of(pack, day)
    entry_of(entries, "answers sealed", day)["details"]["digest"] = leaves
    write_chain_anew(pack, entries)


def leaves_of(pack: Path, day: str) -> str:
    leaves = [response_leaf(response_of(row)) for row in read_rows(pack, MICRODATA) if row["sealed_on"] == day]
    leaves += [bytes.fromhex(row["leaf"]) for row in read_rows(pack, "proof/other_answers.csv") if row["day"] == day]
    return digest_of(sorted(leaves))


def pass_off(pack: Path) -> None:
    """An answer goes among the digests of other periods, where nobody can read it."""
    row = drop_row(pack, MICRODATA, BAD)
    add_row(pack, "proof/other_answers.csv", {"day": row["sealed_on"], "leaf": response_leaf(response_of(row)).hex()})
    recount(pack)


def drop_day(pack: Path) -> None:
    """Nothing that was sealed on the day of a bad answer is there at all."""
    rows, others = read_rows(pack, MICRODATA), read_rows(pack, "proof/other_answers.csv")
    day = next(row["sealed_on"] for row in rows if row.items() >= BAD.items())
    write_rows(pack, MICRODATA, [row for row in rows if row["sealed_on"] != day])
    write_rows(pack, "proof/other_answers.csv", [row for row in others if row["day"] != day])
    recount(pack)


def add(pack: Path) -> None:
    row = next(row for row in read_rows(pack, MICRODATA) if row["service"] == "libraries")
    add_row(pack, MICRODATA, row)


KINDS: Sequence[Kind] = (
    clumsy("One answer is flipped", flip, "Files", "restricted/microdata.csv is not the file"),
    careful("One answer is flipped, and the files listed anew", flip, ANSWERS, "is not what was sealed"),
    careful("One answer is flipped and the results counted anew", flip_and_recount, ANSWERS, "is not what was sealed"),
    careful("One answer is left out", lambda p: drop_row(p, MICRODATA, BAD), ANSWERS, "were sealed"),
    careful("One answer is added", add, ANSWERS, "were sealed"),
    careful("One answer is passed off as of another period", pass_off, ANSWERS, "of 2026-0"),
    careful("All answers of a day are left out", drop_day, ANSWERS, ": 0 of 2026-0"),
    careful(
        "A web answer is told as one of a kiosk",
        lambda p: change_row(p, MICRODATA, BAD, {"mode": "kiosk"}),
        ANSWERS,
        "is not what was sealed",
    ),
    insider(
        "One answer is flipped, its day sealed anew and the whole trail written anew",
        flip_and_seal_anew,
        "Audit trail",
        "it was written anew",
        Eye.TOLD,
    ),
)
