"""Random tables of counts, seeded: sparse and dense, flat and with hierarchies, and the same table some weeks later."""

from random import Random

from surveys.rates.protection_tables import Counts, Dimension, Key, Table

COUNCIL = Dimension(
    ("bins", "parking", "rent", "tax"),
    {"money": ("rent", "tax"), "streets": ("bins", "parking"), "all": ("money", "streets")},
)
QUARTERS = Dimension(
    ("01", "02", "03", "04", "05"), {"q1": ("01", "02", "03"), "q2": ("04", "05"), "all": ("q1", "q2")}
)


def flat(size: int) -> Dimension:
    codes = tuple(f"{place}" for place in range(size))
    return Dimension(codes, {"all": codes})


def counts(chance: Random, typical: float, satisfied: float = 0.75) -> Counts:
    base = int(chance.lognormvariate(typical, 1.2))
    unsure = sum(chance.random() < 0.06 for _ in range(base))
    return Counts(sum(chance.random() < satisfied for _ in range(base)), base, base + unsure)


def made_table(number: int) -> Table:
    """Mostly 2 to 6 rows by 2 to 6 columns; every fourth is services in areas by channels or by months in quarters."""
    chance = Random(number)
    dimensions = (flat(chance.randint(2, 6)), flat(chance.randint(2, 6)))
    if number % 4 == 3:
        dimensions = (COUNCIL, chance.choice([flat(2), flat(3), QUARTERS]))
    typical = chance.choice([1.5, 2.5, 3.5, 5.0])
    rows, columns = dimensions
    satisfied = chance.choice([0.5, 0.8, 0.95])
    leaves = {
        (row, column): counts(chance, typical, satisfied)
        for row in rows.leaves
        for column in columns.leaves
        if chance.random() < 0.9
    }
    return Table(dimensions, leaves)


def some_weeks_later(table: Table, number: int) -> Table:
    """Most cells got no late answer or a few, some a pile of postal ones."""
    chance = Random(-number)
    return Table(table.dimensions, {key: more(found, chance) for key, found in table.leaves.items()})


def more(before: Counts, chance: Random) -> Counts:
    late = chance.choice([0, 0, 0, 1, 2, 5, 15, 40])
    satisfied, unsure = chance.randint(0, late), chance.choice([0, 0, 0, 1, 12])
    return Counts(before.satisfied + satisfied, before.base + late, before.answered + late + unsure)


def one_row(*bases: int) -> Table:
    """One service by channels with a total: half of each base is satisfied, and nobody was unsure."""
    dimension = flat(len(bases))
    leaves: dict[Key, Counts] = {(f"{place}",): Counts(base // 2, base, base) for place, base in enumerate(bases)}
    return Table((dimension,), leaves)
