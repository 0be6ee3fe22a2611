"""Whatever is tampered with, in a pack or in the database, is found and named; an honest pack holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.council import Council, made_council
from tests.proof.edits import read_entries
from tests.proof.kinds import Kind
from tests.proof.kinds_database import DatabaseKind
from tests.proof.tampering import (
    DATABASE_KINDS,
    PACK_KINDS,
    WITH_LIBRARY,
    caught_in_database,
    tampered,
    told,
    verify,
    verify_database,
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with made_council(tmp_path_factory.mktemp("council")) as made:
        yield made


def test_an_honest_pack_holds_and_says_what_it_cannot_check(council: Council) -> None:
    found = verify(council.pack, council.pack)
    assert (found.failed, found.findings) == (False, ())
    assert "CANNOT CHECK  Signature" in found.output
    assert "never loaded: 1 in all (2026-03-04 / parking / phone)" in found.output
    assert "with --head" in found.output


def test_with_all_that_was_told_before_an_honest_pack_leaves_no_doubt_of_itself(council: Council) -> None:
    found = verify(council.pack, council.pack, *told(council), python=WITH_LIBRARY)
    assert (found.failed, found.findings) == (False, ())
    assert "MANIFEST is what the council's key signed" in found.output
    assert "MANIFEST is the one that you were told" in found.output
    assert "it is what you were told" in found.output
    assert "written anew" not in found.output


def test_a_digest_that_was_told_earlier_vouches_for_all_before_it(council: Council) -> None:
    earlier = read_entries(council.pack)[9]["hash"]
    found = verify(council.pack, council.pack, "--head", earlier)
    assert not found.failed
    assert "Audit trail: up to entry 10 it is what you were told" in found.output
    assert "whether entries 11 to " in found.output


def test_an_honest_database_holds(council: Council) -> None:
    assert not verify_database(council).failed


@pytest.mark.parametrize("kind", PACK_KINDS, ids=lambda kind: kind.name)
def test_tampering_with_a_pack_is_named(council: Council, kind: Kind, tmp_path: Path) -> None:
    found = tampered(council, kind, tmp_path)
    assert found.named(kind.check, kind.words), found.output


@pytest.mark.parametrize("kind", DATABASE_KINDS, ids=lambda kind: kind.name)
def test_tampering_with_the_database_is_named(council: Council, kind: DatabaseKind) -> None:
    assert caught_in_database(council, kind)


def test_checking_leaves_nothing_behind(council: Council) -> None:
    verify(council.pack, council.pack)
    assert not list(council.pack.rglob("__pycache__"))


@pytest.mark.parametrize("typed", ["--head=abc", "--manifest=" + "g" * 64])
def test_what_is_no_digest_is_refused_in_words(council: Council, typed: str) -> None:
    found = verify(council.pack, council.pack, typed)
    assert not found.failed
    assert "a digest is 64 of the characters" in found.output
