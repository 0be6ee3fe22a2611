"""A row's number as it comes in an address: no larger than the database's integers can be."""

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The <int:...> of our addresses; a larger number is an address that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def row_number(text: str) -> int:
    """The number in a query string. Raises ValueError where it is none, or too large for a row."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError("not the number of a row")
    return number
