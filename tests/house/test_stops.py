"""A stop ends messages that wait too, so it is kept in one place alone."""

import ast

from tests.house.tree import dotted, files, name_of, nodes


def test_a_stop_is_kept_in_one_place_alone_so_that_none_forgets_the_messages() -> None:
    callers = {
        name_of(path)
        for path in files("surveys")
        for node in nodes(path)
        if (isinstance(node, ast.ImportFrom) and any(name.name == "opt_out" for name in node.names))
        or (isinstance(node, ast.Call) and dotted(node.func).endswith(".opt_out"))
    }
    assert callers == {"surveys/invitations/stops.py"}
