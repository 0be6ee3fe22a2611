"""How a text is cut for the air: GSM 03.38 septets or UCS-2, parts, and the letters that cost dear. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# 3GPP TS 23.038, 6.2.1: the default alphabet without its escape, and the table behind the escape.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
ESCAPED = 2
LARGEST_UCS2_UNIT = 0xFFFF


class Encoding(StrEnum):
    GSM = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True)
class Room:
    """Units in a text of one part, and in each part of a longer one, whose header takes six bytes."""

    single: int
    each: int


ROOM = {Encoding.GSM: Room(160, 153), Encoding.UCS2: Room(70, 67)}


@dataclass(frozen=True)
class Segments:
    """units are septets in GSM-7 and 16-bit units in UCS-2; odd_characters, each once, are those not in GSM-7."""

    encoding: Encoding
    units: int
    parts: int
    left_in_part: int
    odd_characters: tuple[str, ...]


def segments(text: str) -> Segments:
    """What a text comes to when it is sent. An empty text has no part."""
    odd = tuple(dict.fromkeys(letter for letter in text if letter not in BASIC and letter not in EXTENSION))
    encoding = Encoding.UCS2 if odd else Encoding.GSM
    sizes = [size_of(letter, encoding) for letter in text]
    room, units = ROOM[encoding], sum(sizes)
    if units <= room.single:
        return Segments(encoding, units, min(units, 1), room.single - units, odd)
    parts, used = packed(sizes, room.each)
    return Segments(encoding, units, parts, room.each - used, odd)


def size_of(letter: str, encoding: Encoding) -> int:
    """Units of one letter: two where it is an escape pair or a surrogate pair."""
    if encoding is Encoding.GSM:
        return ESCAPED if letter in EXTENSION else 1
    return 2 if ord(letter) > LARGEST_UCS2_UNIT else 1


def packed(sizes: Iterable[int], room: int) -> tuple[int, int]:
    """(parts, units used in the last) when a pair that does not fit whole goes to the next part."""
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts, used
