"""Response rates as the American Association for Public Opinion Research defines them, from final dispositions.

Source: AAPOR, Standard Definitions. What counts as which: a complete survey is answered and submitted; a partial one
has the overall rating and was not submitted; a refusal opened it and left, or said stop; a non-contact had it delivered
and did nothing; an unknown may never have got it; a number that does not exist is not eligible.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dispositions:
    """How many of those asked ended how. not_eligible serves only to estimate the share of the eligible."""

    complete: int
    partial: int
    refusal: int
    non_contact: int
    other: int
    unknown: int
    not_eligible: int = 0

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 0:
            raise ValueError("counts are not below 0")

    @property
    def answered(self) -> int:
        """I + P"""
        return self.complete + self.partial

    @property
    def eligible(self) -> int:
        """(I + P) + (R + NC + O): known to be eligible."""
        return self.answered + self.refusal + self.non_contact + self.other


@dataclass(frozen=True)
class ResponseRates:
    """rr1 to rr6, cooperation, refusal and contact (all of version 1), and e. None where nobody is in the base.

    rr2, rr4 and rr6 count partial answers in. rr1 and rr2 take every unknown for eligible, rr3 and rr4 the share e of
    them, rr5 and rr6 none: the truth lies between rr1 and rr5.
    """

    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    ref1: float | None
    con1: float | None
    e: float | None


def response_rates(ended: Dispositions) -> ResponseRates:
    e = over(ended.eligible, ended.eligible + ended.not_eligible)
    everybody = ended.eligible + ended.unknown
    likely = ended.eligible + (e or 0) * ended.unknown
    reached = ended.answered + ended.refusal + ended.other
    return ResponseRates(
        rr1=over(ended.complete, everybody),
        rr2=over(ended.answered, everybody),
        rr3=over(ended.complete, likely),
        rr4=over(ended.answered, likely),
        rr5=over(ended.complete, ended.eligible),
        rr6=over(ended.answered, ended.eligible),
        coop1=over(ended.complete, reached),
        ref1=over(ended.refusal, everybody),
        con1=over(reached, everybody),
        e=e,
    )


def over(part: float, whole: float) -> float | None:
    return part / whole if whole else None
