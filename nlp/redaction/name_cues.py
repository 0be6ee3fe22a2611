"""Words before a name that say a name is coming, and words about it that say it is none."""

import re
from enum import IntEnum

from nlp.redaction.name_words import TITLES
from nlp.redaction.recognisers.matching import either, words


class Cue(IntEnum):
    """How strongly the words before speak for a name."""

    NONE = 0
    LIKELY = 1
    STRONG = 2
    TITLE = 3


A_TITLE = rf"(?:{'|'.join(sorted(TITLES))})\b\.?"
SPOKE = either("spoke, spoken, speak, speaking, talk, talked, talking, chat, chatted, chatting")
THANKS = either(
    "thanks, thank you, thankyou, thx, ty, tnx, well done, shout ?out, kudos, credit, hats off, grateful, praise"
)
SOMEONE = either(
    "lady, man, woman, guy, chap, girl, lad, gentleman, bloke, someone, somebody, person, adviser, advisor, officer, "
    "colleague, worker, child, baby, son, daughter, is, was, be"
)
STRONG = "|".join(
    (
        rf"{SPOKE} (?:to|with)",
        rf"{THANKS} to",
        r"(?:(?:my|her|his|their|the|your) )?name(?:'s| is| was|:)|names",
        rf"{SOMEONE} (?:called|named)",
        either("ask for, asked for, named, by the name of, signed by, signed, on behalf of, behalf of"),
    )
)
RELATIVE = either(
    "son, daughter, wife, husband, partner, mother, mum, mam, mom, father, dad, brother, sister, nan, nana, gran, "
    "granny, grandmother, grandfather, grandad, grandson, granddaughter, grandchild, niece, nephew, cousin, uncle, "
    "aunt, auntie, aunty, child, baby, boy, girl, kid, fianc[eé]e?, boyfriend, girlfriend, ex, friend, mate, "
    "neighbour, neighbor, landlord, landlady, lodger, flatmate, tenant, carer, client, boss, social worker, support "
    "worker, case worker, caseworker, key worker, keyworker, housing officer, doctor, solicitor, colleague"
)
STAFF = either(
    "adviser, advisor, officer, agent, operator, operative, receptionist, manager, supervisor, colleague, lady, "
    "gentleman, gent, nurse, doctor, pc, sgt, sister, father, uncle, auntie, aunty, lord, judge, driver, registrar, "
    "librarian, tenant, resident, customer, claimant, applicant, patient"
)
DONE = either(
    "helped, served, handled, answered, assisted, seen, visited, taken, done, sorted, resolved, given, treated, "
    "interviewed, written, sent, told, advised, contacted, called, rung, phoned, emailed, cared for, looked after, "
    "supported, introduced"
)
DEALINGS = either(
    "dealt, deal, dealing, dealings, sorted, contact, speak, meeting, appointment, conversation, liaised, liaising"
)
SENT = either("help, support, service, call, email, letter, visit, text, message, reply, response")
LIKELY = "|".join(
    (
        rf"(?:my|his|her|our|their|your) (?:(?:late|elderly|disabled|youngest|eldest|little) )?{RELATIVE}",
        "(?:mr|mrs) and",
        STAFF,
        either("thanks, thank, thank you, thankyou, thx, cheers, love, bless, praise, dear, hi, hello, hiya"),
        either(
            "regards, wishes, sincerely, faithfully, truly, i am, i'm, im, this is, it was, that was, was it, called"
        ),
        rf"{DEALINGS} (?:with|by)|{DONE} by|{SENT} from",
        either(
            "especially, particularly, namely, contact, tell, told, ring, rang, phone, phoned, emailed, email, "
            "messaged, met"
        ),
        either("meet, ask, asked to speak to, asking to speak to, asking for, me and, and"),
    )
)
# Read backwards from a word that may be a name, over lower-case text.
BEFORE = re.compile(rf"(?<!\w)(?:(?P<title>{A_TITLE})|(?P<strong>{STRONG})|(?P<likely>{LIKELY}))[ ,:.\-\n]{{1,4}}\Z")
REACH = 45


def cue_before(text: str, position: int) -> Cue:
    """What the words that end at this position of a lower-case text say of the word that begins there."""
    match = BEFORE.search(text, max(0, position - REACH), position)
    return Cue[str(match.lastgroup).upper()] if match else Cue.NONE


# After a strange word these say that it is a place or a body, whatever their case.
OF_A_PLACE = words(
    "street road avenue lane close drive way crescent gardens grove terrace square park estate centre center library "
    "council hospital school academy college university church chapel surgery clinic station ward court house hall "
    "bridge beach hill market theatre museum hotel arms airport valley district borough county city town village tip "
    "depot recycling leisure health rd st ave buildings building tower towers green common cemetery crematorium pier "
    "marina docks lodge nursery primary infants junior high secondary medical bay roundabout junction team department "
    "dept office offices services service system app website portal line scheme form"
)
# Before a strange word with a capital these say that it is a place.
IN_A_PLACE = words(
    "in near at around outside via towards across throughout into the a an st saint king queen princess prince"
)
# What the people in a comment do.
DOES = words(
    "was is were are has had helped helps sorted dealt said says told tells called calls rang rings gave gives took "
    "takes kept keeps answered explained knew knows went made makes never always did does didn't doesn't wasn't isn't "
    "couldn't could who deserves should needs listened promised phoned emailed came comes got gets put fixed really "
    "seemed sounded handled treated understood from in at then hung couldn wouldn't would actually finally"
)
# The same, of what only people do: enough for a strange word without a capital.
DONE_BY_PEOPLE = words(
    "helped sorted dealt said says told tells rang rings answered explained knew knows listened promised phoned "
    "emailed understood deserves was who"
)
