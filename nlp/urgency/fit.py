"""Fits the learned words on our own made-up cases: `python -m nlp.urgency.fit` writes weights.json anew.

The unseen and the fresh cases are not among them, and nothing here reads them. Same cases, same bytes.
"""

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlp.council import council_examples
from nlp.urgency.cases import Case, cases
from nlp.urgency.learned import FILE, Scale, features_of, heard
from nlp.urgency.types import Urgency
from nlp.urgency.words import line_of

# The floor is a chance, chosen on out-of-fold cases: at most 15% of look-alikes, and few ordinary comments.
FLOORS = {Urgency.safeguarding: 0.56, Urgency.threat: 0.60}
STRENGTH = 4.0
DIGITS = 3


def ordinary() -> list[Case]:
    """Made-up comments about ordinary matters: none of them is urgent."""
    return [Case(example.comment.text, frozenset(), frozenset(), "ordinary") for example in council_examples()]


def counted(case: Case) -> Counter[str]:
    return Counter(feature for word in sorted(heard(line_of(case.text).plain)) for feature in features_of(word))


def matrix_of(counts: Sequence[Counter[str]], columns: dict[str, int]) -> csr_matrix:
    """One row a case, one column a feature, each row divided by the root of the number of its features."""
    rows = [row for row, each in enumerate(counts) for _ in each]
    places = [columns[feature] for each in counts for feature in each]
    values = [count / each.total() ** 0.5 for each in counts for count in each.values()]
    return csr_matrix((values, (rows, places)), shape=(len(counts), len(columns)))


def fitted(learned: Sequence[Case], flag: Urgency) -> Scale:
    """Logistic regression, both answers weighing the same in all. Raises ValueError unless both occur."""
    counts = [counted(case) for case in learned]
    columns = {feature: at for at, feature in enumerate(sorted(set().union(*counts)))}
    raised: NDArray[np.bool_] = np.array([flag in case.flags for case in learned])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=20, max_iter=1000)
    model.fit(matrix_of(counts, columns), raised)
    weights = {feature: round(float(model.coef_[0, at]), DIGITS) for feature, at in columns.items()}
    floor = FLOORS[flag]
    return Scale(
        intercept=round(float(model.intercept_[0]), DIGITS),
        floor=round(float(np.log(floor / (1 - floor))), DIGITS),
        weights={feature: weight for feature, weight in weights.items() if weight},
    )


def written(scales: dict[Urgency, Scale]) -> str:
    """The content of weights.json, a weight a line, so that a change can be read."""
    about = "Fitted by `python -m nlp.urgency.fit` on made-up cases; weights of word stems and groups of words."
    numbers = {str(flag): vars(scale) for flag, scale in scales.items()}
    return json.dumps({"about": about, "scales": numbers}, indent=0, ensure_ascii=False) + "\n"


def main() -> None:
    learned = [*cases("lessons"), *cases("hard"), *ordinary()]
    FILE.write_text(written({flag: fitted(learned, flag) for flag in FLOORS}), encoding="utf-8")


if __name__ == "__main__":
    main()
