"""Names of people in layers: lists, the words before, and words with a capital that are not English."""

import re
from collections.abc import Iterator

from nlp.redaction.name_cues import DOES, DONE_BY_PEOPLE, IN_A_PLACE, OF_A_PLACE, Cue
from nlp.redaction.name_reading import Words, read
from nlp.redaction.name_words import TITLES, Sign, bare, is_surname
from nlp.redaction.recognisers.matching import words as words_of
from nlp.redaction.types import Finding, Kind
from nlp.redaction.vocabulary import looks_like_a_word, slips
from nlp.redaction.welsh_names import is_a_place_in_welsh, is_strange_in_welsh, is_weak_in_welsh

PARTICLES = words_of("de da di du van von der den bin ibn al el ap ab ben ul ur la le dos santa")
BETWEEN = frozenset((" ", "  ", ". ", ".", "-", " - "))
# Welsh and Scottish villages by their first part, counties and cities by their last.
BUILT_AS_A_PLACE = re.compile(
    r"(?:llan|aber|ystrad|caer|cwm|pwll|inver|auchter|strath)\w{3}|\w{3,}(?:shire|mouth|minster|chester)\Z"
)
# Months and words of every letter to a council: names only where the words before are strong.
RARELY_A_NAME = words_of(
    "may april june august summer winter bill penny grant rich chance hope art faith page lane mason sunday will mark "
    "christian sky star angel paris china india wales devon reg val park thu em al son sol peace mercy patience "
    "charity harmony reed rain main church hall green north west street power price short long young sharp white "
    "black brown little day english french welsh guest page master masters lord king law field wall stone wood woods "
    "west"
)
# After these comes anything: "and", "thanks" and "it was" are no sign without a capital.
FOLLOWED_BY_ANYTHING = words_of("and thanks thank you thankyou cheers am i'm im ask ring tell love hi hello dear")
# What is mostly spoken to and thanked in place of a name: misspelt, it is no name.
AFTER_CUES = words_of(
    "someone somebody anyone anybody everyone everybody nobody them him her you that this these those your their "
    "every several various different people person staff team woman lady gentleman operator adviser advisor "
    "receptionist manager council housing really very great lovely helpful about always quite please again because "
    "another other others many most never just customer service services someones thats there being where there "
    "friend friends human humans machine robot not"
)
# The last words of titles and of the strongest cues.
ENDS_OF_STRONG = TITLES | words_of("to with is was name names called named for of by signed")
MOST_WORDS = 4
# A strange word of so many letters is rather misspelt than a name, where it looks like one that is.
LONG = 9


def find(text: str) -> Iterator[Finding]:
    words = read(text)
    after = 0
    for at, sign in enumerate(words.signs):
        if sign <= Sign.TITLE and (sign is not Sign.ORDINARY or not at or words.signs[at - 1] is not Sign.TITLE):
            continue
        if at >= after and is_name(words, at):
            after = end_of_name(words, at)
            yield Finding(Kind.NAME, words.spans[at][0], end_in(words, after - 1))


def is_name(words: Words, at: int) -> bool:
    sign = words.signs[at]
    welsh = at in words.welsh
    if is_of_a_place(words, at) or (welsh and is_a_place_in_welsh(words, at)):
        return False
    if sign is Sign.SURE:
        return bare(words.word(at - 1)) not in ("st", "saint", "king", "queen")
    if sign is Sign.WEAK_LOW:
        return is_weak_in_lower_case(words, at)
    cue = words.cue(at)
    if cue is Cue.TITLE:
        return is_titled(words, at)
    if sign is Sign.WEAK:
        return is_weak_in_welsh(words, at, cue) if welsh else is_weak_name(words, at, cue)
    if welsh and sign in (Sign.STRANGE, Sign.STRANGE_LOW):
        return is_strange_in_welsh(words, at, cue)
    if sign is Sign.STRANGE:
        return is_strange_name(words, at, cue)
    if sign is Sign.STRANGE_LOW:
        return is_strange_in_lower_case(words, at, cue)
    return sign is Sign.INITIAL and is_initial(words, at)


def is_of_a_place(words: Words, at: int) -> bool:
    word = words.word(at)
    if word.islower() or word.endswith("'s"):
        return False
    return words.gap(at) == " " and words.word(at + 1).lower() in OF_A_PLACE


def is_titled(words: Words, at: int) -> bool:
    sign = words.signs[at]
    if sign is Sign.ORDINARY:
        return words.word(at)[0].isupper() and words.word(at - 1)[0].isupper()
    return sign is not Sign.INITIAL and (sign is not Sign.STRANGE_LOW or not looks_like_a_word(bare(words.word(at))))


def is_strange_name(words: Words, at: int, cue: Cue) -> bool:
    before = words.word(at - 1) if at and words.gap(at - 1) in (" ", ", ") else ""
    if cue in (Cue.STRONG, Cue.LIKELY) and before.lower() not in FOLLOWED_BY_ANYTHING:
        return True
    word = bare(words.word(at))
    if cue is Cue.NONE and (before.lower() in IN_A_PLACE or BUILT_AS_A_PLACE.match(word)):
        return False
    if len(word) < LONG and (before.islower() or is_followed_as_a_name(words, at)):
        return True
    return not looks_like_a_word(word)


def is_followed_as_a_name(words: Words, at: int) -> bool:
    """`Browit deserves`, `Browit Okafor`: what a misspelt first word is not followed by."""
    if words.gap(at) != " ":
        return False
    follows = words.word(at + 1)
    return follows in DOES or (follows[:1].isupper() and is_surname(follows))


def stands_as_a_name(words: Words, at: int) -> bool:
    """`xiulan was lovely`, `xiulan chen`: a strange word that does something, or two of them together."""
    if words.gap(at) != " ":
        return False
    follows = words.word(at + 1)
    if words.signs[at + 1] is Sign.STRANGE_LOW:
        return len(follows) > 3 and not looks_like_a_word(bare(follows))
    return follows in DONE_BY_PEOPLE


def is_strange_in_lower_case(words: Words, at: int, cue: Cue) -> bool:
    word = bare(words.word(at))
    if cue is Cue.NONE or words.word(at - 1).lower() in FOLLOWED_BY_ANYTHING:
        return stands_as_a_name(words, at) and len(word) > 3 and not looks_like_a_word(word)
    if cue is Cue.STRONG and len(word) < LONG:
        return len(word) > 2 and not any(slip in AFTER_CUES for slip in slips(word))
    return not looks_like_a_word(word)


def is_weak_in_lower_case(words: Words, at: int) -> bool:
    """`spoke to mark`, `mr green`; in lower case a word is a word but for the strongest signs."""
    if words.word(at - 1).lower() not in ENDS_OF_STRONG:
        return False
    cue = words.cue(at)
    return cue is Cue.TITLE or (cue is Cue.STRONG and not is_surname(words.word(at)))


def is_weak_name(words: Words, at: int, cue: Cue) -> bool:
    """A name that is a word too: `Grace was`, `spoke to mark`, `Rose Okafor`; not `Grace period`."""
    word = bare(words.word(at))
    if (
        at + 1 < len(words.spans)
        and words.gap(at) == " "
        and words.signs[at + 1] in (Sign.STRANGE, Sign.SURE, Sign.WEAK)
    ):
        follows = words.word(at + 1)
        if (is_surname(follows) or words.signs[at + 1] is Sign.STRANGE) and not is_of_a_place(words, at + 1):
            return True
    if cue is Cue.STRONG or word in RARELY_A_NAME:
        return cue is Cue.STRONG
    if cue is Cue.LIKELY:
        return words.word(at - 1).lower() not in ("and", "thanks", "thank", "you")
    return words.word(at + 1).lower() in DOES and words.gap(at) == " " and not is_surname(word)


def is_initial(words: Words, at: int) -> bool:
    """`J Okafor`, `J. Smith`: one capital before a family name."""
    word = words.word(at)
    if words.gap(at) not in (" ", ". ", ".") or at + 1 >= len(words.spans):
        return False
    follows = words.word(at + 1)
    known = is_surname(follows) and follows[0].isupper()
    return (known or (words.signs[at + 1] is Sign.STRANGE and word not in "AI")) and not is_of_a_place(words, at + 1)


def end_of_name(words: Words, at: int) -> int:
    """The number of the word after the name that begins here."""
    after = at + 1
    while after < len(words.spans) and after - at < MOST_WORDS and words.gap(after - 1) in BETWEEN:
        last = words.word(after - 1)
        ended = words.tail(after - 1) > 1 or (words.gap(after - 1).startswith(".") and len(last) > 1)
        step = 0 if ended else belongs(words, at, after)
        if not step:
            break
        after += step
    return after


def belongs(words: Words, first: int, at: int) -> int:
    """How many words from here on belong to the name that began at `first`."""
    word, sign = words.word(at), words.signs[at]
    if is_of_a_place(words, at):
        return 0
    if word.lower() in PARTICLES and at + 1 < len(words.spans) and words.gap(at) in BETWEEN:
        return 2 if words.signs[at + 1] in (Sign.STRANGE, Sign.SURE) or is_surname(words.word(at + 1)) else 0
    if word.islower():
        return int(belongs_in_lower_case(words, first, at))
    if len(word) == 1:
        return int(word not in "AI" and words.gap(at) in BETWEEN and words.word(at + 1)[:1].isupper())
    return int(sign in (Sign.STRANGE, Sign.SURE, Sign.WEAK) or (sign is Sign.TRADE and is_surname(word)))


def belongs_in_lower_case(words: Words, first: int, at: int) -> bool:
    if not words.word(first).islower():
        return False
    sign, word = words.signs[at], bare(words.word(at))
    if sign is Sign.STRANGE_LOW:
        return is_surname(word) or not looks_like_a_word(word)
    named = words.cue(first) is Cue.STRONG and words.word(first - 1) in (
        "is",
        "name",
        "called",
        "named",
        "of",
        "signed",
    )
    return sign is Sign.SURE or (sign is Sign.WEAK_LOW and named and is_surname(word))


def end_in(words: Words, at: int) -> int:
    """Where the word ends without what hangs on it: `[NAME]'s`, `[NAME]'n`."""
    return words.spans[at][1] - words.tail(at)
