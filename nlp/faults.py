"""What the library refuses, in words."""


class NotUsable(ValueError):
    """A file of knowledge that is missing, damaged or made for another version, in words that say what to do."""
