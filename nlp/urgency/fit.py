"""Fits the learned words: `python -m nlp.urgency.fit --from labelled.csv` writes weights.json anew.

On our own made-up cases, and beside them on ordinary feedback of others, none of it urgent, so that everyday words do
not raise a flag. Only words of our own cases get a weight, so none of theirs can be read out. The unseen and the fresh
cases are not among them, and nothing here reads them. Same cases and file, same bytes.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlp.council import council_examples
from nlp.source_file import read_source
from nlp.urgency.cases import Case, cases
from nlp.urgency.judge import flags_by_rule, woken
from nlp.urgency.learned import FILE, Scale, features_of, heard
from nlp.urgency.types import Urgency
from nlp.urgency.words import line_of, spoken

# The floor is a chance, chosen on out-of-fold cases: at most 15% of look-alikes, and 1% of ordinary feedback.
FLOORS = {Urgency.safeguarding: 0.65, Urgency.threat: 0.60}
# Words of harm are everyday words too, so they are learned beside feedback; those of threats raise few flags without.
BESIDE_FEEDBACK = (Urgency.safeguarding,)
STRENGTH = 4.0
DIGITS = 3


def ordinary() -> list[Case]:
    """Made-up comments about ordinary matters: none of them is urgent."""
    return [Case(example.comment.text, frozenset(), frozenset(), "ordinary") for example in council_examples()]


def feedback(path: Path) -> list[Case]:
    """The labelled feedback of others, but for what a rule would flag: some of that may be urgent indeed."""
    texts = [example.comment.text for example in read_source(path).examples]
    return [
        Case(text, frozenset(), frozenset(), "feedback")
        for text in texts
        if not flags_by_rule(line_of(text).plain, woken(spoken(text)))
    ]


def counted(case: Case) -> Counter[str]:
    return Counter(feature for word in sorted(heard(line_of(case.text).plain)) for feature in features_of(word))


def matrix_of(counts: Sequence[Counter[str]], columns: dict[str, int]) -> csr_matrix:
    """One row a case, one column a feature, each row divided by the root of the number of its features.

    Features without a column are left out, but count in that number.
    """
    known = [
        [(columns[f], count / each.total() ** 0.5) for f, count in each.items() if f in columns] for each in counts
    ]
    rows = [row for row, cells in enumerate(known) for _ in cells]
    places = [place for cells in known for place, _ in cells]
    values = [value for cells in known for _, value in cells]
    return csr_matrix((values, (rows, places)), shape=(len(counts), len(columns)))


def fitted(learned: Sequence[Case], flag: Urgency, beside: Sequence[Case] = ()) -> Scale:
    """Logistic regression, both answers weighing the same in all. Raises ValueError unless both occur.

    beside: more cases without any flag, whose words get no weight unless those learned from have them too.
    """
    counts = [counted(case) for case in learned]
    columns = {feature: at for at, feature in enumerate(sorted(set().union(*counts)))}
    counts += [counted(case) for case in beside]
    raised: NDArray[np.bool_] = np.array([flag in case.flags for case in (*learned, *beside)])
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
    about = (
        "Fitted by `python -m nlp.urgency.fit` on made-up cases, beside ordinary feedback of NHS patients (licence in "
        "nlp/knowledge/README.md); weights of word stems and groups of words that the made-up cases have."
    )
    numbers = {str(flag): vars(scale) for flag, scale in scales.items()}
    return json.dumps({"about": about, "scales": numbers}, indent=0, ensure_ascii=False) + "\n"


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m nlp.urgency.fit", description=__doc__)
    asked.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE", help="labelled feedback")
    beside = feedback(asked.parse_args().source)
    learned = [*cases("lessons"), *cases("hard"), *ordinary()]
    scales = {flag: fitted(learned, flag, beside if flag in BESIDE_FEEDBACK else ()) for flag in FLOORS}
    FILE.write_text(written(scales), encoding="utf-8")


if __name__ == "__main__":
    main()
