"""Names in Welsh sentences, where a verb begins, a place comes after its kind and anything may be mutated."""

from nlp.redaction import name_cues
from nlp.redaction.name_cues import Cue
from nlp.redaction.name_reading import Words
from nlp.redaction.name_words import Sign, bare, is_surname
from nlp.redaction.recognisers.matching import words as words_of
from nlp.redaction.vocabulary import looks_like_a_word, slips
from nlp.redaction.welsh import ENDING, HARDLY_A_NAME, KNOWN, is_welsh, looks_welsh, radicals
from nlp.redaction.welsh_cues import (
    BEGINS,
    BUILT_AS_A_PLACE,
    DOES,
    GOES_ON,
    IN_A_PLACE,
    KINDS_OF_PLACE,
    MAYBE_BUILT_AS_A_PLACE,
    PREPOSITIONS,
)

# A strange word of so many letters is rather misspelt than a name, where it looks like one that is.
LONG = 9
# How far back from the last word of a place its kind may stand: `Ysgol Gyfun Bro Pedr`.
FAR = 3
# These stand before people and hardly before places.
BEFORE_PEOPLE = words_of("gan gyda efo hefo diolch annwyl helo")
# English words of what people do that are Welsh ones too.
WELSH_TOO = words_of("at had in then")
# Before these a month or a feast, a season or a colour keeps its capital.
BEFORE_NO_NAME = words_of("mis ym y yr o hyd tan ers bob pob")
# What is mostly spoken to and thanked in place of a name: misspelt, it is no name.
AFTER_CUES = words_of(
    "bawb pawb pob bob chi chwi chdi chithau ti hi fe fo nhw ni rywun rhywun neb staff tim criw gyngor cyngor adran "
    "dyn ddyn menyw fenyw dynes ddynes merch ferch bachgen boi foi swyddog gwahanol wahanol llawer lawer sawl nifer "
    "person berson aelod pobl bobl rhai rai cwpl gwpl peiriant beiriant rheolwr reolwr gwasanaeth wasanaeth rhyw ryw "
    "unrhyw dau ddau dwy ddwy tri dri tair dair gweithiwr weithiwr gofalwyr ofalwyr"
)


def is_a_place_in_welsh(words: Words, at: int) -> bool:
    word = words.word(at)
    if word.islower() or not at:
        return False
    if is_after_its_kind(words, at):
        return True
    if words.signs[at] is not Sign.STRANGE:
        return False
    before = words.word(at - 1).lower() if words.gap(at - 1) == " " else ""
    if before in IN_A_PLACE or before.endswith("'r") or is_beside_a_place(words, at):
        return True
    cue = words.cue(at)
    if BUILT_AS_A_PLACE.match(bare(word)):
        return before not in BEFORE_PEOPLE and cue not in (Cue.STRONG, Cue.TITLE)
    return bool(MAYBE_BUILT_AS_A_PLACE.match(bare(word))) and (
        cue is Cue.NONE or (cue is Cue.LIKELY and before in PREPOSITIONS)
    )


def is_beside_a_place(words: Words, at: int) -> bool:
    """`rhwng Aberaeron a Llambed`"""
    between = at > 1 and words.gap(at - 2) == " " and words.word(at - 1) in ("a", "ac", "i", "neu", "na")
    return between and words.signs[at - 2] is Sign.TRADE and words.word(at - 2)[0].isupper()


def is_after_its_kind(words: Words, at: int) -> bool:
    """`Ysgol Bro Teifi`: the kind has a capital as its name has."""
    for before in range(at - 1, max(-1, at - 1 - FAR), -1):
        word = words.word(before)
        if words.gap(before) != " " or not (word[0].isupper() or word.lower() in ("y", "yr")):
            return False
        if word[0].isupper() and is_a_kind_of_place(bare(word)):
            return True
    return False


def is_a_kind_of_place(word: str) -> bool:
    """`ysgol`, `lyfrgell`; not `mae`, though after some words `bae` sounds like it."""
    return word in KINDS_OF_PLACE or (word not in KNOWN and not KINDS_OF_PLACE.isdisjoint(radicals(word)))


def is_weak_in_welsh(words: Words, at: int, cue: Cue) -> bool:
    """A name that is a Welsh or an English word too: `diolch i Seren`, `Mai Jones`; not `Mae hi`, `ym Mai`."""
    written, follows = words.word(at), words.word(at + 1)
    word = bare(written[: len(written) - words.tail(at)])
    if is_before_a_name(words, at, word):
        return True
    if word in HARDLY_A_NAME and words.tail(at):
        return False
    before = words.word(at - 1).lower() if words.gap(at - 1) in (" ", ", ") else ""
    if before and before not in BEFORE_NO_NAME and not before.endswith("'r"):
        return cue is not Cue.NONE or (word not in HARDLY_A_NAME and not is_surname(word))
    does = name_cues.DOES - WELSH_TOO
    if words.gap(at) == " " and (follows.lower() in does or (follows in DOES and word not in HARDLY_A_NAME)):
        return not is_surname(word)
    return False


def is_before_a_name(words: Words, at: int, word: str) -> bool:
    """`Mae Jones`, `Haf Xiulan`; of `Mae Xiulan` only the second is a name."""
    follows = words.word(at + 1)
    if words.gap(at) != " " or not follows[0].isupper():
        return False
    return is_surname(follows) or (words.signs[at + 1] is Sign.STRANGE and word not in HARDLY_A_NAME)


def is_strange_in_welsh(words: Words, at: int, cue: Cue) -> bool:
    written = words.word(at)
    word = bare(written[: len(written) - words.tail(at)])
    if written.islower():
        if cue is Cue.STRONG:
            return len(word) > 2 and not is_said_after_cues(word)
        return stands_between(words, at) and len(word) > 3 and not looks_like_a_word(word) and not looks_welsh(word)
    before = words.word(at - 1) if at and words.gap(at - 1) in (" ", ", ") else ""
    if is_welsh(word) and (not before.islower() or ENDING.search(word)):
        return False
    if cue in (Cue.STRONG, Cue.LIKELY) or (len(word) < LONG and (before.islower() or stands_first(words, at))):
        return True
    return not looks_like_a_word(word) and not looks_welsh(word)


def stands_first(words: Words, at: int) -> bool:
    """`Gwenno oedd`: Welsh puts before its verb whom it speaks of."""
    return words.gap(at) == " " and words.word(at + 1) in DOES


def stands_between(words: Words, at: int) -> bool:
    """`roedd xiulan yn wych`, `mae xiulan'n wych`"""
    follows = words.tail(at) or words.word(at + 1).lower() in GOES_ON
    return words.word(at - 1).lower() in BEGINS and bool(follows)


def is_said_after_cues(word: str) -> bool:
    """Whether a strange word in lower case is rather a slip of what people thank and speak to, or a long word."""
    if len(word) >= LONG:
        return looks_like_a_word(word) or looks_welsh(word)
    return any(slip in AFTER_CUES for slip in slips(word))
