"""In a browser test whoever leaves a page waits for the next one: a click gives back before the next page is there."""

import ast
from collections.abc import Iterator

from tests.house.tree import ROOT, name_of, nodes

STEPS = "tests/browser/steps.py"


def waits_for_nothing(node: ast.AST) -> bool:
    """A click, Enter, or a submission by hand, on a place of the page."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    said = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    by_mouse = node.func.attr in ("click", "dblclick", "tap") and not ast.unparse(node.func.value).endswith("mouse")
    return by_mouse or (node.func.attr == "press" and "Enter" in said)


def found() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "browser").glob("*.py")):
        yield from (f"{name_of(path)}:{node.lineno}" for node in nodes(path) if waits_for_nothing(node))


def test_every_click_says_whether_it_leads_to_another_page() -> None:
    """By follow, go_by_key and touch."""
    assert [place for place in found() if not place.startswith(STEPS)] == []


def test_the_steps_are_where_it_is_clicked() -> None:
    assert len(list(found())) == 2
