"""Imports run one way: a package may import those before it, never those after it."""

import ast
import sys
from pathlib import Path

from tests.house.tree import ROOT, files, functions, imports_of, module_of, name_of, nodes, parsed

# The way of the data, DESIGN.md section 2, as far as it is built.
ORDER = (
    "core",
    "people",
    "questionnaires",
    "contacts",
    "sampling",
    "messaging",
    "invitations",
    "answers",
    "comments",
    "rates",
    "followups",
    "dashboards",
    "evidence",
    "privacy",
    "demo",
)
PROGRAM = ("surveys", "nlp", "proof")
EVERYTHING = (*PROGRAM, "tests", "bench", "migrations", "docs")
# What costs a second to load stands behind these; tests/house/test_start.py names what that is.
LATE = ("nlp/late.py", "surveys/rates/late.py")
NOT_IN_NLP = {"flask", "flask_sqlalchemy", "sqlalchemy", "surveys"}


def package_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "surveys" and len(parts) > 1 and parts[1] in ORDER else None


def backward_faults(path: Path) -> list[str]:
    own = package_of(module_of(path))
    if own is None:
        return []
    return [
        f"{name_of(path)}:{line} imports {module}, which comes after {own}"
        for line, module in imports_of(path)
        if module.split(".")[0] == "surveys"
        and (package_of(module) is None or ORDER.index(package_of(module) or own) > ORDER.index(own))
    ]


def test_every_package_stands_in_the_order() -> None:
    there = {path.relative_to(ROOT / "surveys").parts[0] for path in files("surveys")} - {"__init__.py"}
    assert there <= set(ORDER)
    assert len(there) > 5


def test_no_module_imports_a_package_that_comes_after_its_own() -> None:
    assert [fault for path in files("surveys") for fault in backward_faults(path)] == []


def test_only_the_first_module_knows_all_rooms() -> None:
    loose = [name_of(path) for path in files("surveys") if path.parent == ROOT / "surveys"]
    assert loose == ["surveys/__init__.py"]


def test_no_import_is_relative() -> None:
    relative = [
        f"{name_of(path)}:{line}"
        for path in files(*EVERYTHING)
        for line, module in imports_of(path)
        if module.startswith(".")
    ]
    assert relative == []


def test_no_import_stands_inside_a_function_but_in_the_doors_to_what_loads_late() -> None:
    inside = [
        f"{name_of(path)}:{node.lineno}"
        for path in files(*EVERYTHING)
        if name_of(path) not in LATE
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_imports_stand_at_the_top_before_any_other_statement() -> None:
    late = []
    for path in files(*EVERYTHING):
        body = [n for n in parsed(path).body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
        kinds = [isinstance(node, ast.Import | ast.ImportFrom) for node in body]
        late += [name_of(path)] if kinds != sorted(kinds, reverse=True) else []
    assert late == []


def test_package_init_files_are_empty() -> None:
    inits = [path for path in files(*EVERYTHING) if path.name == "__init__.py"]
    full = [name_of(path) for path in inits if path.read_text().strip()]
    assert [name for name in full if name != "surveys/__init__.py"] == []


def test_the_text_library_knows_neither_the_web_nor_the_database() -> None:
    found = [
        f"{name_of(path)}:{line} imports {module}"
        for path in files("nlp")
        for line, module in imports_of(path)
        if module.split(".")[0] in NOT_IN_NLP
    ]
    assert found == []


def test_the_proof_runs_on_the_standard_library_alone() -> None:
    """A pack carries it, and an assessor has nothing else; the one module that checks signatures may do without."""
    found = [
        f"{name_of(path)}:{line} imports {module}"
        for path in files("proof")
        for line, module in imports_of(path)
        if (top := module.split(".")[0]) != "proof" and top not in sys.stdlib_module_names
    ]
    signature = [
        fault for fault in found if fault.startswith("proof/signature.py:") and "imports cryptography." in fault
    ]
    assert signature == found
    assert len(signature) == 2


def test_no_module_is_imported_by_its_name_at_run_time() -> None:
    calls = [
        f"{name_of(path)}:{node.lineno}"
        for path in files(*PROGRAM)
        for node in nodes(path)
        if isinstance(node, ast.Name | ast.Attribute)
        and (getattr(node, "id", "") == "__import__" or getattr(node, "attr", "") == "import_module")
    ]
    assert calls == []
