"""Phone numbers and mailboxes as people type them, turned into one normal form and a kind.

A first pass on libphonenumber's own patterns of British and island mobiles and of British landlines answers for
nearly all numbers at a fortieth of the library's cost; every other number goes through the library itself.
"""

import re
from collections.abc import Callable

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType

from surveys.contacts.models import PhoneKind
from surveys.core.tokens import ADDRESS_HASH_BYTES, keyed_hasher

# Guernsey, Jersey and Man share +44; their patterns are apart from GB's.
UK_REGIONS = ("GB", "JE", "GG", "IM")
# Ofcom keeps these mobile numbers free for drama, tests and demonstrations; the library calls them invalid.
NEVER_REAL = r"7700900\d{3}"


def pattern_of(region: str, kind: str) -> str:
    """The library's own pattern of a region's national numbers of a kind: mobile or fixed_line."""
    metadata = PhoneMetadata.metadata_for_region(region)
    numbers = getattr(metadata, kind, None)
    if numbers is None:
        raise LookupError(f"libphonenumber has no {kind} numbers for {region}")
    return f"(?:{numbers.national_number_pattern})"


MOBILE = re.compile("|".join([*(pattern_of(region, "mobile") for region in UK_REGIONS), NEVER_REAL]), re.ASCII)
# No other kind of British number begins with 1 or 2. The few of nine digits are left to the library.
LANDLINE = re.compile(rf"(?=[12]\d{{9}}$){pattern_of('GB', 'fixed_line')}", re.ASCII)
NOISE = str.maketrans("", "", " -().\u00a0\u2010\u2011\u2012\u2013/\t\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
MAILBOX = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def read_phone(typed: str) -> tuple[str, PhoneKind] | None:
    """(E.164, kind) of a number as typed; None where it is no number that could be rung."""
    plain = typed.translate(NOISE)
    if plain.startswith("+440"):
        plain = "+44" + plain[4:]
    for prefix in ("+44", "0044", "0", "44"):
        if plain.startswith(prefix):
            national = plain[len(prefix) :]
            if MOBILE.fullmatch(national):
                return "+44" + national, PhoneKind.MOBILE
            if LANDLINE.fullmatch(national):
                return "+44" + national, PhoneKind.LANDLINE
            break
    return read_phone_by_library(plain)


def read_phone_by_library(plain: str) -> tuple[str, PhoneKind] | None:
    if plain.startswith("44") and len(plain) >= 12:
        plain = "+" + plain
    try:
        number = phonenumbers.parse(plain, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if phonenumbers.region_code_for_number(number) not in UK_REGIONS:
        return e164, PhoneKind.FOREIGN
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.MOBILE:
        return e164, PhoneKind.MOBILE
    if kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        return e164, PhoneKind.LANDLINE
    return e164, PhoneKind.OTHER


def address_hasher(key: bytes) -> Callable[[str], bytes]:
    """address_hash for many addresses under one key, at a third of the cost."""
    hashed = keyed_hasher(key)
    return lambda address: hashed(address.encode())[:ADDRESS_HASH_BYTES]


def read_email(typed: str) -> str | None:
    """The mailbox in lower case; None where its syntax is wrong (HTML's rule, with a dot in the domain)."""
    plain = typed.strip()
    if len(plain) > 254 or not MAILBOX.fullmatch(plain) or ".." in plain or plain[0] == "." or ".@" in plain:
        return None
    return plain.lower()
