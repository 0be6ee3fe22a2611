"""Weights of features: how often in the comment (logarithm), how rare in all, each block of length one."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from nlp.features import BLOCKS, COLUMNS, Counts, block_numbers

Weights = Any  # scipy.sparse.csr_matrix: n comments x the columns kept, float64


class BlockTfidf(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn comes without types
    """TF-IDF as scikit-learn's (sublinear, smooth), but length one within each block of features.

    Parameters:
        min_comments: a column that fewer comments have is left out.

    Fitted:
        columns_: the columns kept, ascending. idf_: their inverse document frequency.
    """

    def __init__(self, min_comments: int = 2) -> None:
        self.min_comments = min_comments

    def fit(self, counts: Counts, y: None = None) -> Self:
        present = np.bincount(counts.indices, minlength=COLUMNS)
        self.columns_: NDArray[np.int32] = np.flatnonzero(present >= self.min_comments).astype(np.int32)
        idf = np.log((1 + counts.shape[0]) / (1 + present[self.columns_])) + 1
        self.idf_: NDArray[np.float32] = idf.astype(np.float32)
        return self

    def transform(self, counts: Counts) -> Weights:
        """n comments x COLUMNS counts to n comments x len(columns_) weights."""
        check_is_fitted(self)
        kept, row, place = self.narrowed(counts)
        weight = (1 + np.log(kept)) * self.idf_[place]
        cell = row * len(BLOCKS) + block_numbers(self.columns_[place])
        length = np.sqrt(np.bincount(cell, weight**2, minlength=counts.shape[0] * len(BLOCKS)))
        shape = (counts.shape[0], len(self.columns_))
        ends = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=counts.shape[0]))])
        return csr_matrix((weight / length[cell], place, ends), shape=shape)

    def narrowed(self, counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int32]]:
        """Of the cells in kept columns: the count, the row, and the place of the column among those kept."""
        place_of = np.full(COLUMNS, -1, np.int32)
        place_of[self.columns_] = np.arange(len(self.columns_), dtype=np.int32)
        place = place_of[counts.indices]
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        kept = place >= 0
        return counts.data[kept].astype(np.float64), row[kept], place[kept]
