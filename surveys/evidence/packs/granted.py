"""Which packs whoever is signed in may see: an assessor those that lie within the months that they were given."""

from collections.abc import Sequence

from surveys.core.refusals import NotFound
from surveys.evidence.packs.asking import find_pack, packs
from surveys.evidence.packs.models import EvidencePack
from surveys.people.assessors import months_allowed
from surveys.rates.months import Month


def granted_packs() -> Sequence[EvidencePack]:
    months = months_allowed()
    return packs() if months is None else packs(Month.of(months[0]), Month.of(months[1]))


def granted_pack(number: int) -> EvidencePack:
    """Of any other they are not told whether there is one."""
    pack, months = find_pack(number), months_allowed()
    if months is not None and not (months[0] <= pack.starts_on and Month.of(pack.ends_on).first <= months[1]):
        raise NotFound("There is no such evidence pack.")
    return pack
