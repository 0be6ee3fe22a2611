"""Every setting has a line in docs/settings.md, and every line there is a setting."""

import re

from surveys.core.settings import Settings
from tests.house.tree import ROOT

LINE = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]*)`\s*\|", re.MULTILINE)


def documented() -> list[str]:
    return LINE.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))


def test_the_documented_settings_are_the_settings_there_are() -> None:
    assert sorted(documented()) == sorted(name.upper() for name in Settings.model_fields)
