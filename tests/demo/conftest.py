"""The made-up council's comments are labelled by a small model: fitting the real one takes longer than all the rest."""

from collections.abc import Iterator

import pytest

from surveys.comments.fitting import challenger
from tests.nlp.trained import small_model


@pytest.fixture(scope="package", autouse=True)
def small_fit() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(challenger, "fitted", lambda *_given: small_model())
        yield
