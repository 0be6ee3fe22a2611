"""How well the flags are told: floors under both sets, so that a change that costs recall is seen."""

import pytest

from nlp.urgency import measure
from nlp.urgency.cases import FOLDER, Case, cases
from nlp.urgency.fit import fitted, written
from nlp.urgency.learned import FILE
from nlp.urgency.measure import Judged, Share, any_look_alike, figures
from nlp.urgency.types import Urgency


@pytest.fixture(scope="module")
def hard() -> Judged:
    return measure.hard()


def test_there_are_enough_hard_cases_and_half_are_look_alikes() -> None:
    assert len(cases("hard")) >= 200
    assert sum(bool(case.like) for case in cases("hard")) >= len(cases("hard")) / 2


def test_there_are_enough_cases_that_nothing_was_tuned_on() -> None:
    assert len(cases("unseen")) >= 120
    assert len(cases("fresh")) >= 100


def test_no_case_that_is_measured_was_learned_from() -> None:
    learned = {case.text.lower() for name in ("hard", "lessons") for case in cases(name)}
    assert [case.text for name in ("unseen", "fresh") for case in cases(name) if case.text.lower() in learned] == []


def test_no_flag_is_both_right_and_a_look_alike() -> None:
    assert [case.text for path in FOLDER.glob("*.jsonl") for case in cases(path.stem) if case.flags & case.like] == []


def test_hard_cases_keep_their_floors(hard: Judged) -> None:
    assert all(figures(hard, flag).recall.value >= 0.97 for flag in Urgency)
    assert any_look_alike(hard).value <= 0.15


@pytest.mark.parametrize(
    ("name", "look_alikes", "recall"),
    [
        ("unseen", 0.15, {"safeguarding": 0.95, "threat": 0.90, "complaint": 0.95}),
        ("fresh", 0.20, {"safeguarding": 0.90, "threat": 0.90, "complaint": 0.90}),
    ],
)
def test_unseen_cases_keep_their_floors(name: str, look_alikes: float, recall: dict[str, float]) -> None:
    judged = measure.told(name)
    assert {
        flag: figures(judged, Urgency(flag)).recall.value >= least for flag, least in recall.items()
    } == dict.fromkeys(recall, True)
    assert any_look_alike(judged).value <= look_alikes


def test_a_share_has_wilsons_interval() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872: 81 of 263.
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(1, 2)) == "0.50 [0.09, 0.91] of 2"


def test_figures_count_who_carries_a_flag_and_who_was_given_it() -> None:
    threat, none = frozenset({Urgency.threat}), frozenset[Urgency]()
    judged = [
        (Case("a", threat, none, ""), threat),
        (Case("b", threat, none, ""), none),
        (Case("c", none, threat, ""), threat),
    ]
    told = figures(judged, Urgency.threat)
    assert (told.recall, told.precision, told.look_alikes) == (Share(1, 2), Share(1, 2), Share(1, 1))
    assert any_look_alike(judged) == Share(1, 1)


def test_the_same_cases_give_the_same_bytes() -> None:
    few = [*cases("hard")[:60], *cases("hard")[-60:]]
    once, again = (written({Urgency.safeguarding: fitted(few, Urgency.safeguarding)}) for _ in range(2))
    assert once == again


def test_the_weights_that_are_shipped_are_numbers_only() -> None:
    assert FILE.suffix == ".json"
    assert FILE.stat().st_size < 200_000


def test_the_command_prints_every_flag_of_every_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, hard: Judged
) -> None:
    monkeypatch.setattr(measure, "hard", lambda: hard)
    measure.main()
    out = capsys.readouterr().out
    assert [out.count(f"  {flag}") for flag in Urgency] == [3, 3, 3]
