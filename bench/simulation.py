"""simulation: what the statistics claim, tried where the truth is known. --rows 1000000 makes 1,000 draws.

Nothing here measures time. The same rows give the same figures.
"""

from collections.abc import Iterator

from bench.measures import Measure
from bench.simulation_charts import false_alarms, waits
from bench.simulation_weighting import coverage

ROWS_A_DRAW = 1000


def run(rows: int) -> Iterator[Measure]:
    draws = max(1, rows // ROWS_A_DRAW)
    yield from coverage(draws)
    yield from false_alarms(draws)
    yield from waits(draws)
