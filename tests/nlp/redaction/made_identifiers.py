"""Identifiers of the United Kingdom, made by a seeded chance and written the many ways that people write them."""

from random import Random

from tests.nlp.redaction.made_names import built, first_name, last_name, words

AREAS = words(
    "AB B BA BH BN BS CB CF CH CT CV DE DH DN E EH EX G GL GU HU IP KT L LA LD LE LL M ME N NE NR OX PE PL PO RG S SA "
    "SE SN SO ST SW SY TN TR TS WA WC WR YO"
)
UNIT = "ABDEFGHJLNPQRSTUWXYZ"
SPOKEN = words("zero one two three four five six seven eight nine")
STREETS = words(
    "Street Road Avenue Lane Close Drive Way Court Crescent Gardens Grove Place Terrace Square Hill Park Row View "
    "Walk Rise Mews"
)
STREET_NAMES = words(
    "Station Church Victoria Mill High Acacia Manor Windsor Elm Chapel Queens Albert Springfield Beech Saint Mary's "
    "Old Shoreham"
)
SHORT = {"Street": "St", "Road": "Rd", "Avenue": "Ave", "Close": "Cl", "Crescent": "Cres"}
STREET_PARTS = {
    "english": (
        "Mar Hol Ove Bram Tiver Fenn Wick Stan Loxley Carn",
        "ing er le",
        "ton ham dean field worth bourne hurst",
    ),
    "scots": ("Inver Auch Bal Kil", "na ter mac", "lochy drum esk rigg brae"),
}
MONTHS = words("January February March April May June July August September October November December")
HOSTS = words("gmail.com hotmail.co.uk btinternet.com yahoo.co.uk outlook.com sky.com icloud.com")
NOTHING = "\u200b"


def digits(chance: Random, many: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(many))


def letters(chance: Random, many: int, of: str = "ABCDEFGHJKLMNPRSTUVWXY") -> str:
    return "".join(chance.choice(of) for _ in range(many))


def wide(text: str) -> str:
    return "".join(chr(ord(c) - 48 + 0xFF10) if c.isdigit() else c for c in text)


def spoken(number: str, chance: Random) -> str:
    words, at = [], 0
    while at < len(number):
        same = number[at : at + 2]
        word = chance.choice(["oh", "zero", "o", "nought"]) if number[at] == "0" else SPOKEN[int(number[at])]
        twice = len(same) == 2 and same[0] == same[1]
        words.append(f"double {word}" if twice else word)
        at += 2 if twice else 1
    return " ".join(words)


def disguised(text: str, chance: Random) -> str:
    """Now and then with characters that look like the common ones or like nothing at all."""
    roll = chance.random()
    if roll < 0.05:
        return wide(text)
    if roll < 0.10:
        return text.replace(" ", " ")
    if roll < 0.14:
        return text[:3] + NOTHING + text[3:]
    return text


def phone(chance: Random) -> str:
    mobile = chance.random() < 0.6
    area, rest = (
        ("07" + digits(chance, 3), digits(chance, 6)) if mobile else ("01" + digits(chance, 3), digits(chance, 6))
    )
    if not mobile and chance.random() < 0.3:
        area, rest = "020", digits(chance, 4) + " " + digits(chance, 4)
    forms = [
        area + rest,
        f"{area} {rest}",
        f"{area} {rest[:3]} {rest[3:]}",
        f"{area}-{rest[:3]}-{rest[3:]}",
        f"{area}.{rest[:3]}.{rest[3:]}",
        f"+44 {area[1:]} {rest}",
        f"+44{area[1:]}{rest}",
        f"0044 {area[1:]} {rest}",
        f"+44 (0){area[1:]} {rest}",
        f"({area}) {rest}",
        spoken((area + rest).replace(" ", ""), chance),
        "O" + area[1:] + " " + rest,
    ]
    return disguised(chance.choice(forms), chance)


def email(chance: Random) -> str:
    own = f"{first_name(chance)}{chance.choice(['.', '_', '', '-'])}{last_name(chance)}".lower()
    own = "".join(c for c in own if c.isascii() and (c.isalnum() or c in "._-")) + chance.choice(["", "7", "1963"])
    host = chance.choice([*HOSTS, "tamarisk-design.co.uk", "stannes-church.org.uk"])
    forms = [f"{own}@{host}"] * 5 + [
        f"{own}@{host}".upper(),
        f"{own} at {host.replace('.', ' dot ')}",
        f"{own.replace('.', ' dot ')} at {host}",
        f"{own}(at){host}",
        f"{own} [at] {host.replace('.', ' [dot] ')}",
        f"{own} @ {host}",
        f"{own}@{host.replace('.', ' . ')}",
    ]
    return chance.choice(forms)


def postcode(chance: Random) -> str:
    out = (
        chance.choice(AREAS)
        + chance.choice("123456789")
        + (chance.choice("0123456789") if chance.random() < 0.4 else "")
    )
    unit = digits(chance, 1) + letters(chance, 2, UNIT)
    forms = [f"{out} {unit}"] * 4 + [
        out + unit,
        f"{out} {unit}".lower(),
        (out + unit).lower(),
        f"{out}  {unit}",
        f"{out}-{unit}",
    ]
    return disguised(chance.choice(forms), chance)


def street(chance: Random) -> str:
    name = built(STREET_PARTS, chance) if chance.random() < 0.5 else chance.choice(STREET_NAMES)
    return f"{name} {chance.choice(STREETS)}"


def address(chance: Random) -> str:
    number = str(chance.randint(1, 240)) + chance.choice(["", "", "", "a", "B"])
    road = street(chance)
    for long, short in SHORT.items():
        if chance.random() < 0.3:
            road = road.replace(f" {long}", f" {short}")
    forms = [
        *[f"{number} {road}"] * 5,
        f"{number}, {road}",
        f"Flat {chance.randint(1, 40)}, {number} {road}",
        f"flat {chance.randint(1, 9)}b {number} {road}",
        f"Flat {chance.randint(1, 40)}, {built(STREET_PARTS, chance)} House, {road}",
        f"{built(STREET_PARTS, chance)} Cottage, {road}",
        f"{number} Heol {built(STREET_PARTS, chance)}",
        f"{number} {road}".lower(),
        f"number {number} {road}",
    ]
    return chance.choice(forms)


def ni_number(chance: Random) -> str:
    parts = [
        letters(chance, 1, "ABCEGHJLMNPRSTWXYZ") + letters(chance, 1, "ABCEGHJLMNPRSTWXYZ"),
        *(digits(chance, 2) for _ in range(3)),
    ]
    parts.append(chance.choice("ABCD"))
    form = chance.choice(["", " ", " ", "-", "."]).join(parts)
    return disguised(form.lower() if chance.random() < 0.25 else form, chance)


def nhs_number(chance: Random) -> str:
    while True:
        body = chance.choice("4679") + digits(chance, 8)
        check = -sum(int(d) * (10 - i) for i, d in enumerate(body)) % 11
        if check != 10:
            number = body + str(check)
            return disguised(
                chance.choice(
                    [number, f"{number[:3]} {number[3:6]} {number[6:]}", f"{number[:3]}-{number[3:6]}-{number[6:]}"]
                ),
                chance,
            )


def card(chance: Random) -> str:
    body = chance.choice(["4", "51", "52", "35", "6011"]) + digits(chance, 15)
    body = body[:15]
    doubled = [int(d) * 2 if i % 2 == 0 else int(d) for i, d in enumerate(body)]
    number = body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)
    joint = chance.choice([" ", " ", "-", ""])
    return disguised(joint.join(number[i : i + 4] for i in range(0, 16, 4)), chance)


def account(chance: Random) -> str:
    sort = "-".join(digits(chance, 2) for _ in range(3))
    eight = digits(chance, 8)
    return chance.choice(
        [
            eight,
            eight,
            f"{sort} {eight}",
            f"{sort.replace('-', ' ')} {eight}",
            f"GB{digits(chance, 2)} {letters(chance, 4)} " + " ".join(digits(chance, n) for n in (4, 4, 4, 2)),
        ]
    )


def reference(chance: Random) -> str:
    forms = [
        f"CT{digits(chance, 7)}",
        f"FS-Case-{digits(chance, 9)}",
        f"20{chance.randint(10, 25)}/{digits(chance, 5)}/FUL",
        f"BH{digits(chance, 8)}",
        f"{letters(chance, 3)}-{digits(chance, 6)}",
        digits(chance, 8),
        f"{letters(chance, 2).lower()}{digits(chance, 6)}",
        f"{letters(chance, 1)}{digits(chance, 4)}/{digits(chance, 3)}",
        f"#{digits(chance, 5)}",
    ]
    return chance.choice(forms)


def date_of_birth(chance: Random) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1930, 2008)
    forms = [
        f"{day:02}/{month:02}/{year}",
        f"{day}.{month}.{year % 100:02}",
        f"{day}-{month:02}-{year}",
        f"{day} {MONTHS[month - 1]} {year}",
        f"{day}th of {MONTHS[month - 1]} {year}",
        f"{MONTHS[month - 1]} {day}, {year}",
        f"{day} {MONTHS[month - 1][:3].lower()} {year % 100:02}",
        f"{year}-{month:02}-{day:02}",
    ]
    return chance.choice(forms)


def vehicle(chance: Random) -> str:
    area, age, end = letters(chance, 2), f"{chance.choice('012567')}{chance.randint(1, 9)}", letters(chance, 3)
    forms = [
        *[f"{area}{age} {end}"] * 4,
        area + age + end,
        f"{area}{age} {end}".lower(),
        (area + age + end).lower(),
        f"{area}{age}-{end}",
    ]
    forms.append(f"{letters(chance, 1, 'ABCDEFGHJKLMNPRSTVWXY')}{chance.randint(1, 999)} {end}")
    return chance.choice(forms)


def link(chance: Random) -> str:
    token = letters(chance, 9, "abcdefghkmnpqrstuvwxyz23456789")
    forms = [
        f"https://www.{built(STREET_PARTS, chance).lower()}.gov.uk/pay/{token}",
        f"http://bit.ly/{token}",
        f"www.facebook.com/{first_name(chance).lower()}.{digits(chance, 3)}",
        f"{built(STREET_PARTS, chance).lower()}-plumbing.co.uk",
        f"youtu.be/{token}",
    ]
    return "".join(c for c in chance.choice(forms) if c.isascii())
