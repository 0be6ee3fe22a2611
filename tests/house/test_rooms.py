"""A stage of many files has rooms, each about one thing; within the stage too imports run one way."""

from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, imports_of, name_of

# A room may import those before it in its stage, never those after it.
ROOMS = {
    "comments": (
        "texts",
        "labels",
        "themes",
        "urgent",
        "quotations",
        "reading",
        "fitting",
        "review",
    ),
    "followups": (
        "cases",
        "webhooks",
        "emails",
        "notices",
        "rules",
        "handling",
        "improvements",
        "you_said",
        "compliments",
        "learning",
    ),
    "dashboards": (
        "pages",
        "trends",
        "satisfaction",
        "comparing",
        "coverage",
        "targets",
        "comments",
        "learning",
    ),
    "evidence": (
        "seals",
        "files",
        "figures",
        "standards",
        "chapters",
        "cover",
        "workbooks",
        "packs",
        "exports",
        "publishing",
        "verifying",
        "assessors",
    ),
}


def room_of(module: str, stage: str) -> str | None:
    """None for what lies outside the stage."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["surveys", stage] and len(parts) > 2 else None


def backward_faults(stage: str, own: str, imports: list[tuple[int, str]]) -> list[str]:
    """Each import of a room that comes after this one, or of something that is no room."""
    order = ROOMS[stage]
    wanted = [(line, module, room) for line, module in imports if (room := room_of(module, stage)) is not None]
    return [
        f"{line} imports {module}, which is not before {own}"
        for line, module, room in wanted
        if room not in order[: order.index(own) + 1]
    ]


def rooms_of(stage: str) -> list[tuple[str, Path]]:
    """(room, file) of each file of the stage, however deep it lies, but the empty one that makes it a package."""
    top = ROOT / "surveys" / stage
    paths = [path for path in files(f"surveys/{stage}") if path != top / "__init__.py"]
    return [(path.relative_to(top).parts[0], path) for path in paths]


@pytest.mark.parametrize("stage", ROOMS)
def test_every_file_of_a_stage_with_rooms_is_in_one_of_them(stage: str) -> None:
    assert {room for room, _ in rooms_of(stage)} == set(ROOMS[stage])


@pytest.mark.parametrize("stage", ROOMS)
def test_no_room_imports_one_that_comes_after_it_in_its_stage(stage: str) -> None:
    looked_at = rooms_of(stage)
    faults = [
        f"{name_of(path)}:{fault}"
        for room, path in looked_at
        for fault in backward_faults(stage, room, list(imports_of(path)))
    ]
    assert faults == []
    assert len(looked_at) > 50


def test_a_backward_import_is_found_in_whatever_words_it_is_written() -> None:
    wrong = ["surveys.evidence.packs.views.blueprint", "surveys.evidence.packs", "surveys.evidence.forms.PackForm"]
    right = ["surveys.evidence.seals.models.DaySeal", "surveys.evidence.files.tables", "surveys.core.db.db"]
    faults = backward_faults("evidence", "files", list(enumerate(wrong + right)))
    assert [fault.split(",")[0] for fault in faults] == [f"{at} imports {name}" for at, name in enumerate(wrong)]


def test_a_test_lies_in_the_room_of_what_it_tests() -> None:
    """Tests of a stage's rooms have the same rooms; what several of them share stands beside the rooms."""
    strange = [
        name_of(path)
        for stage, rooms in ROOMS.items()
        for path in files(f"tests/{stage}")
        if (parts := path.relative_to(ROOT / "tests" / stage).parts)[1:] and parts[0] not in rooms
    ]
    assert strange == []
