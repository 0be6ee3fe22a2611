"""The family of refusals: an operation raises one with words a person can act on.

Nothing here knows HTTP; surveys.core.error_pages turns them into pages or JSON.
"""


class Refused(Exception):
    """The operation will not be done; str() says why and what to do, free of personal data."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotFound(Refused):
    """There is no such thing, or not for this person."""


class NotAllowed(Refused):
    """This person may not do this."""


class SignInNeeded(Refused):
    """Nobody is signed in."""


class Conflict(Refused):
    """Somebody or something was there before."""


class TooMany(Refused):
    """Tried too often; wait."""


class TooLarge(Refused):
    """More than this door takes."""


class Gone(Refused):
    """It was here and its time is over."""
