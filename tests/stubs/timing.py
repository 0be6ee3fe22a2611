"""In what order the receipts of one message go out, and which of them twice, late or never."""

from random import Random

from tests.stubs.faults import Faults


def steps(count: int, faults: Faults, chance: Random) -> list[tuple[int, float]]:
    """(which receipt, seconds after the one before) of each post, for `count` receipts that belong in order."""
    order = list(range(count))
    if chance.random() < faults.receipt_reorder:
        order.reverse()
    late = faults.late_seconds if chance.random() < faults.receipt_late else 0.0
    posts: list[tuple[int, float]] = []
    for number in order:
        if chance.random() < faults.receipt_lost:
            continue
        posts.append((number, faults.receipt_seconds + (0.0 if posts else late)))
        if chance.random() < faults.receipt_duplicate:
            posts.append((number, faults.receipt_seconds))
    return posts
