from collections.abc import Callable, Iterator

import numpy as np
import pytest

from nlp.evaluation.splits import Split, by_respondent, by_service
from nlp.source_file import Source, read_source
from tests.nlp.made_source import SERVICES, made_rows, write_source


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    # One respondent wrote about both services.
    rows = made_rows()
    rows[-1]["respondent"] = rows[0]["respondent"]
    return read_source(write_source(tmp_path_factory.mktemp("source"), rows))


@pytest.mark.parametrize("way", [by_respondent, by_service])
def test_no_respondent_and_no_words_stand_on_both_sides(
    source: Source, way: Callable[[Source], Iterator[Split]]
) -> None:
    splits = list(way(source))
    assert splits
    for split in splits:
        assert len(split.known)
        assert not set(split.known.tolist()) & set(split.unseen.tolist())
        assert not set(source.group[split.known]) & set(source.group[split.unseen])
        known, unseen = (
            {source.examples[place].comment.text for place in side} for side in (split.known, split.unseen)
        )
        assert not known & unseen


def test_every_comment_is_unseen_once(source: Source) -> None:
    unseen = np.concatenate([split.unseen for split in by_respondent(source)])
    assert sorted(unseen.tolist()) == list(range(len(source.examples)))


def test_nothing_is_known_of_a_service_that_is_unseen(source: Source) -> None:
    splits = list(by_service(source))
    assert [split.name for split in splits] == list(SERVICES)
    for split in splits:
        assert {source.service[place] for place in split.unseen} == {split.name}
        assert split.name not in {source.service[place] for place in split.known}
