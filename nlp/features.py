"""Features of a comment: hashed counts, the same for the base, the corrections and tomorrow's comments.

Nothing is learned here and nothing is kept, so that a matrix of counts holds no words. A feature is a string, its
column the MurmurHash3 of that string within the block it belongs to.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils import murmurhash3_32

from nlp.comments import Comment, Question
from nlp.concepts import concepts_of
from nlp.words import Word, placed_words_of, words_of

VERSION = 1
Counts = Any  # scipy.sparse.csr_matrix, which comes without types: n comments x COLUMNS, float32


class Block(NamedTuple):
    """A range of columns that is weighted on its own."""

    start: int
    size: int


WORDS = Block(0, 1 << 18)  # words and pairs of words
PARTS = Block(1 << 18, 1 << 18)  # two to five letters within a word
CONCEPTS = Block(1 << 19, 1 << 14)  # concepts and pairs of concepts
SHORT = Block((1 << 19) + (1 << 14), 1 << 14)  # words of a short comment with the question
BLOCKS = (WORDS, PARTS, CONCEPTS, SHORT)
COLUMNS = SHORT.start + SHORT.size
STARTS = np.array([block.start for block in BLOCKS], dtype=np.int32)
PART_LENGTHS = range(2, 6)
SHORT_WORDS = 6


class Place(NamedTuple):
    """One occurrence of a feature: its column, and the characters of the comment it was read from."""

    column: int
    start: int
    end: int


def counts_of(comments: Iterable[Comment]) -> Counts:
    """How often each feature stands in each comment.

    Returns:
        A sparse matrix of n comments x COLUMNS, float32, columns sorted within rows and no zeros kept.
    """
    indices, ends = array("i"), [0]
    for comment in comments:
        add_columns(indices, words_of(comment.text), comment.question)
        ends.append(len(indices))
    columns = np.array(indices, dtype=np.int32)
    counts = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(ends) - 1, COLUMNS))
    counts.sum_duplicates()
    return counts


def add_columns(columns: "array[int]", words: Sequence[str], question: Question) -> None:
    """Append the column of every feature, as often as it occurs, in no order that matters."""
    for word in words:
        columns.extend(of_word(word))
    columns.extend(array("i", [of_pair(first, second) for first, second in pairwise(words)]))
    with_concepts = [found for word in words if (found := concepts_of(word))]
    for first, second in pairwise(with_concepts):
        columns.extend(of_concept_pair(first, second))
    if len(words) <= SHORT_WORDS:
        columns.extend(array("i", [of_short(word, question) for word in words]))


def places_of(text: str, question: Question) -> Iterator[Place]:
    """The same features with the places they come from; slower, for telling why."""
    words = placed_words_of(text)
    for word in words:
        yield from (Place(column, word.start, word.end) for column in of_word(word.text))
    for first, second in pairwise(words):
        yield Place(of_pair(first.text, second.text), first.start, second.end)
    for first, second in pairwise(filter(has_concepts, words)):
        columns = of_concept_pair(concepts_of(first.text), concepts_of(second.text))
        yield from (Place(column, first.start, second.end) for column in columns)
    if len(words) <= SHORT_WORDS:
        yield from (Place(of_short(word.text, question), word.start, word.end) for word in words)


def has_concepts(word: Word) -> bool:
    return bool(concepts_of(word.text))


def column(block: Block, feature: str) -> int:
    return block.start + int(murmurhash3_32(feature, seed=0, positive=True)) % block.size


@lru_cache(maxsize=1 << 16)
def of_word(word: str) -> "array[int]":
    """A word's own column, those of its parts and those of its concepts."""
    parts = (column(PARTS, part) for part in parts_of(word))
    concepts = (column(CONCEPTS, concept) for concept in concepts_of(word))
    return array("i", (column(WORDS, word), *parts, *concepts))


def parts_of(word: str) -> Iterator[str]:
    """Runs of letters within a word that is set between spaces; a run is never longer than that."""
    spaced = f" {word} "
    for length in PART_LENGTHS:
        yield from (spaced[start : start + length] for start in range(len(spaced) - length + 1))


@lru_cache(maxsize=1 << 16)
def of_pair(first: str, second: str) -> int:
    return column(WORDS, f"{first} {second}")


@lru_cache(maxsize=1 << 14)
def of_concept_pair(first: tuple[str, ...], second: tuple[str, ...]) -> "array[int]":
    return array("i", [column(CONCEPTS, f"{one}+{other}") for one in first for other in second])


@lru_cache(maxsize=1 << 12)
def of_short(word: str, question: Question) -> int:
    return column(SHORT, f"{question} {word}")


def block_numbers(columns: NDArray[np.int32]) -> NDArray[np.intp]:
    """Which of BLOCKS each column lies in, by its place there."""
    return np.searchsorted(STARTS, columns, side="right") - 1
