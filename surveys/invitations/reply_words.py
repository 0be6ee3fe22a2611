"""The texts that answer a keyword, by language. Welsh without letters that would double a text's parts."""

from surveys.messaging.keywords import Meaning

WORDS: dict[str, dict[Meaning, str]] = {
    "en": {
        Meaning.STOP: "{council}: we will not send you any more surveys. To get them again, reply START.",
        Meaning.START: "{council}: you can get surveys from us again. To stop them, reply STOP.",
        Meaning.HELP: "{council} sends a short survey after you contact us. To stop them, reply STOP.",
    },
    "cy": {
        Meaning.STOP: "{council}: ni fyddwn yn anfon rhagor o arolygon atoch. I'w cael eto, atebwch DECHRAU.",
        Meaning.START: "{council}: gallwch gael arolygon gennym eto. I'w stopio, atebwch STOPIO.",
        Meaning.HELP: "Mae {council} yn anfon arolwg byr wedi i chi gysylltu. I'w stopio, atebwch STOPIO.",
    },
}


def words_for_reply(meaning: Meaning, language: str, council: str, contact_us: str) -> str:
    """What to answer a keyword with; HELP also says where else to turn, where the council has told us."""
    words = WORDS.get(language, WORDS["en"])[meaning].format(council=council)
    return f"{words} {contact_us}" if meaning is Meaning.HELP and contact_us else words
