"""Phone numbers and mailboxes as people type them."""

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveys.contacts.addresses import MOBILE, read_email, read_phone, read_phone_by_library
from surveys.contacts.models import PhoneKind

MOBILES = {
    "07400 123456": "+447400123456",
    "07400123456": "+447400123456",
    "7400123456": "+447400123456",
    "+44 7400 123 456": "+447400123456",
    "0044 7400-123-456": "+447400123456",
    "+44 (0)7400 123456": "+447400123456",
    "+44(0)7400.123.456": "+447400123456",
    "447400123456": "+447400123456",
    "(07400) 123/456": "+447400123456",
    "\u202d07400\u00a0123456\u202c": "+447400123456",
    "0740012345٦": "+447400123456",
    "07400 123456 ext 7": "+447400123456",
    "07797 712345": "+447797712345",
    "07781 123456": "+447781123456",
    "07839 123456": "+447839123456",
    "07624 412345": "+447624412345",
    "07700 900000": "+447700900000",
    "+447700900999": "+447700900999",
}
OTHERS = {
    "020 7946 0018": ("+442079460018", PhoneKind.LANDLINE),
    "01534 123456": ("+441534123456", PhoneKind.LANDLINE),
    "01481 256789": ("+441481256789", PhoneKind.LANDLINE),
    "01624 612345": ("+441624612345", PhoneKind.LANDLINE),
    "070 1234 5678": ("+447012345678", PhoneKind.OTHER),
    "07640 123456": ("+447640123456", PhoneKind.OTHER),
    "0800 123456": ("+44800123456", PhoneKind.OTHER),
    "0300 123 4567": ("+443001234567", PhoneKind.OTHER),
    "+33 6 12 34 56 78": ("+33612345678", PhoneKind.FOREIGN),
    "0033612345678": ("+33612345678", PhoneKind.FOREIGN),
    "+353 85 012 3456": ("+353850123456", PhoneKind.FOREIGN),
}
NO_PHONES = ("", "0", "999", "101", "116123", "07700 90O123", "0770090012", "077009001234", "07700 900 123 07700 900",
             "7.7009E+11", "+44", "0044", "unknown", "n/a", "00000", "+44 07700", "1" * 999, "+9991234")  # fmt: skip

EMAILS = {
    "name@example.com": "name@example.com",
    " Name.Other+tag@Sub.Example.ORG.uk ": "name.other+tag@sub.example.org.uk",
    "o'brien@example.com": "o'brien@example.com",
    "a@b.co": "a@b.co",
    "x" * 64 + "@example.com": "x" * 64 + "@example.com",
}
NO_EMAILS = ("name", "name@", "@example.com", "name@example", "a@b@example.com", "name@example.com.", "name@.co.uk",
             "name@example..com", ".name@example.com", "name.@example.com", "na..me@example.com", "na me@example.com",
             "name@exa_mple.com", "name@-example.com", "name@example-.com", "nаme@example.com", "name@exаmple.com",
             "\u212aate@example.com", "Name <name@example.com>", "name@example.com, b@example.com", "a\n@example.com",
             "x" * 65 + "@example.com", "n@" + "x" * 64 + ".com", "a@" + "b." * 130 + "com", "a@127.0.0.1")  # fmt: skip


@pytest.mark.parametrize(("typed", "e164"), MOBILES.items())
def test_mobiles_of_the_kingdom_and_its_islands_are_mobiles_however_typed(typed: str, e164: str) -> None:
    assert read_phone(typed) == (e164, PhoneKind.MOBILE)


@pytest.mark.parametrize(("typed", "read"), OTHERS.items())
def test_other_numbers_are_kept_with_a_kind_that_is_not_texted(typed: str, read: tuple[str, PhoneKind]) -> None:
    assert read_phone(typed) == read


@pytest.mark.parametrize("typed", NO_PHONES)
def test_what_cannot_be_rung_is_no_phone_number(typed: str) -> None:
    assert read_phone(typed) is None


def looks_mobile(national: str) -> bool:
    return not national.startswith("7700900")


@settings(deadline=None)
@given(
    st.sampled_from(["+44", "0044", "0", "44", "+440", "+44 (0)"]),
    st.from_regex(r"7[0-9]{9}", fullmatch=True).filter(looks_mobile),
)
@example("0", "7797712345")
@example("0", "7911112345")
@example("+44", "7624512345")
@example("44", "7640123456")
def test_the_fast_pass_agrees_with_libphonenumber(prefix: str, national: str) -> None:
    assert read_phone(prefix + national) == read_phone_by_library("+44" + national)


@settings(deadline=None)
@given(st.from_regex(r"7[0-9]{9}", fullmatch=True).filter(looks_mobile))
def test_the_fast_pass_takes_what_the_library_calls_a_valid_mobile_and_no_more(national: str) -> None:
    number = phonenumbers.parse("+44" + national)
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    assert bool(MOBILE.fullmatch(national)) == mobile


@settings(deadline=None)
@given(st.text(alphabet="0123456789+ ()-٠١٢٣٤٥٦٧٨٩x.", max_size=20))
def test_every_number_that_is_read_is_plain_e164(typed: str) -> None:
    read = read_phone(typed)
    assert read is None or (read[0].isascii() and read[0][0] == "+" and read[0][1:].isdigit() and len(read[0]) <= 16)


@pytest.mark.parametrize(("typed", "mailbox"), EMAILS.items())
def test_a_mailbox_is_kept_in_lower_case(typed: str, mailbox: str) -> None:
    assert read_email(typed) == mailbox


@pytest.mark.parametrize("typed", NO_EMAILS)
def test_what_is_no_mailbox_is_not_kept(typed: str) -> None:
    assert read_email(typed) is None
