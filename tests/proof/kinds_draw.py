"""Tampering with who was asked: the frame, the plans, their keys, rates and rules, and who was never loaded."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from proof.leaves import draw_leaf
from proof.seals import draw_of
from tests.proof.edits import (
    FRAME,
    PLANS,
    Entries,
    add_row,
    change_json,
    change_row,
    digest_of_key,
    drop_row,
    entry_of,
    first,
    read_entries,
    read_rows,
    write_chain_anew,
    write_rows,
)
from tests.proof.kinds import Kind, careful, insider

DRAWS, DRAW, PLAN = "Draws as sealed", "The draw", "Sampling plans"
SELECTED = {"outcome": "selected", "service": "parking"}
OTHER_KEY = bytes(range(32))


def pass_off(pack: Path) -> None:
    row = drop_row(pack, FRAME, SELECTED)
    add_row(pack, "proof/other_draws.csv", {"day": row["drawn_on"], "leaf": draw_leaf(draw_of(row)).hex()})


def add(pack: Path) -> None:
    row = first(read_rows(pack, FRAME), SELECTED)
    add_row(pack, FRAME, row | {"reference": "nobody"})


def swap_key(pack: Path) -> None:
    change_json(pack, PLANS, lambda plans: plans[0].update(key=OTHER_KEY.hex()))


def swap_key_and_commitment(pack: Path) -> None:
    """The frame is told to be drawn by the other plan as well."""
    commitment, rows = digest_of_key(OTHER_KEY), read_rows(pack, FRAME)

    def swap(plans: Any) -> None:
        for row in rows:
            if row["plan"] == plans[0]["commitment"]:
                row["plan"] = commitment
        plans[0].update(key=OTHER_KEY.hex(), commitment=commitment)

    change_json(pack, PLANS, swap)
    write_rows(pack, FRAME, rows)


def change_rate_late(pack: Path) -> None:
    """A month in, the council sets another rate, and the trail says so as if it were in order."""
    change_json(pack, PLANS, lambda plans: plans[1].update(default_rate=9_000))
    entries = read_entries(pack)
    promised = promise_of(entries, "2026-03-01")
    later = promised | {"action": "sampling rates set", "at": "2026-03-05T10:00:00.000000Z"}
    later["details"] = promised["details"] | {"default_rate": 9_000}
    entries.insert(entries.index(promised) + 1, later)
    write_chain_anew(pack, entries)


def promise_of(entries: Entries, starts_on: str) -> dict[str, Any]:
    promises = (entry for entry in entries if entry["action"] == "sampling plan committed")
    return next(entry for entry in promises if entry["details"]["starts_on"] == starts_on)


def drop_promise(pack: Path) -> None:
    entries = read_entries(pack)
    entries.remove(promise_of(entries, "2026-03-01"))
    write_chain_anew(pack, entries)


def set_rule(plans: Any) -> None:
    plans[0]["rules"]["asked_recently_days"] = 9


def set_late(plans: Any) -> None:
    plans[0]["late"] = True


def unhide_gap(pack: Path) -> None:
    """The call that was never loaded disappears from the day's count."""
    change_row(pack, "results/control.csv", {"gap": "1"}, {"gap": "0"})


def unhide_gap_and_total(pack: Path) -> None:
    rows = read_rows(pack, "results/control.csv")
    found = first(rows, {"gap": "1"})
    found.update(gap="0", total=found["loaded"])
    write_rows(pack, "results/control.csv", rows)


def lower_everywhere(pack: Path) -> None:
    unhide_gap_and_total(pack)
    rows = read_rows(pack, "results/completeness.csv")
    found = first(rows, {"gap": "1"})
    found.update(gap="0", total=found["loaded"], share="1.0")
    write_rows(pack, "results/completeness.csv", rows)


def seal_draws_anew(pack: Path) -> None:
    entries = read_entries(pack)
    entry_of(entries, "draws sealed")["details"]["digest"] = "0" * 64
    write_chain_anew(pack, entries)


KINDS: Sequence[Kind] = (
    careful("One contact is taken out after the draw", lambda p: drop_row(p, FRAME, SELECTED), DRAWS, "were sealed"),
    careful("One contact is passed off as of another period", pass_off, DRAWS, "of 2026-0"),
    careful("One contact is put in", add, DRAWS, "were sealed"),
    careful(
        "One who was selected is told as not drawn",
        lambda p: change_row(p, FRAME, SELECTED, {"outcome": "not_drawn"}),
        DRAW,
        "its number does not give “not_drawn”",
    ),
    careful(
        "One who was selected is told as unreachable",
        lambda p: change_row(p, FRAME, SELECTED, {"outcome": "unreachable"}),
        DRAWS,
        "is not what was sealed",
    ),
    careful("The key of a plan is swapped", swap_key, PLAN, "its key is not the one that was promised"),
    careful("Key and commitment are swapped", swap_key_and_commitment, PLAN, "the audit trail has no promise of it"),
    careful(
        "The rate of a plan is changed",
        lambda p: change_json(p, PLANS, lambda plans: plans[0].update(default_rate=9_000)),
        PLAN,
        "its rates or rules are not those of audit entry",
    ),
    careful("A rule of a plan is changed", lambda p: change_json(p, PLANS, set_rule), PLAN, "its rates or rules"),
    careful("A plan is told as late", lambda p: change_json(p, PLANS, set_late), PLAN, "its rates or rules"),
    insider("A rate is changed when its month had begun", change_rate_late, PLAN, "came after it had begun"),
    insider("The promise of a plan is taken out of the trail", drop_promise, PLAN, "has no promise of it"),
    insider("The seal of a day's draws is rewritten", seal_draws_anew, DRAWS, "is not what was sealed"),
    careful("The gap to telephony's count is told as none", unhide_gap, "Figures", "its gap is not the difference"),
    careful(
        "Telephony's count is lowered wherever it stands", lower_everywhere, "Control totals", "2026-03: they are not"
    ),
    careful("Telephony's count is lowered", unhide_gap_and_total, "Figures", "completeness, parking phone"),
)
