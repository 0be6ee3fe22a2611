"""Files and functions stay small: the tail is what makes a tree hard to live in."""

from pathlib import Path

from tests.house.tree import files, functions, name_of

FOLDERS = ("surveys", "nlp", "proof", "tests", "bench", "migrations", "docs", "templates")
MOST_LINES = 400
MOST_TEMPLATE_LINES = 150
MOST_FUNCTION_LINES = 50


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def longer_than(most: int, paths: list[Path]) -> list[str]:
    return [f"{name_of(path)}: {lines_of(path)} lines" for path in paths if lines_of(path) >= most]


def test_no_file_has_400_lines() -> None:
    sources = files(*FOLDERS, ends=(".py", ".html", ".css", ".js"))
    assert len(sources) > 50
    assert longer_than(MOST_LINES, sources) == []


def test_no_template_has_150_lines() -> None:
    assert longer_than(MOST_TEMPLATE_LINES, files("templates", ends=(".html", ".txt", ".xml"))) == []


def test_no_function_has_50_lines() -> None:
    long = [
        f"{name_of(path)}:{function.lineno} {function.name}: {function.end_lineno - function.lineno + 1} lines"
        for path in files(*FOLDERS)
        for function in functions(path)
        if function.end_lineno is not None and function.end_lineno - function.lineno + 1 >= MOST_FUNCTION_LINES
    ]
    assert long == []
