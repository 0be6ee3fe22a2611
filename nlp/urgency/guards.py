"""What excuses a match: it is denied, supposed, long past and made good, put right, or only the topic of a leaflet.

Each takes a match and says whether it is excused. All lean towards looking: what is not plainly excused counts.
"""

import re

from nlp.urgency.rule import Found

NEGATORS = {"not", "no", "never", "nothing", "nobody", "none", "without", "hardly", "nor", "neither", "zero", "any"}
REACH = 3
NOT_THE_TYPE = re.compile(
    r"\bnot (?:the|a|one|really) ?(?:type|sort|kind|one|person)?(?: of person)? (?:to|who|that)(?: \w+)? $"
)
TURNS = {"but", "because", "and", "although", "though", "so", ",", "only", "just", "since", "now", "then"}
SUPPOSED = re.compile(
    r"\b(?:imagine|suppose|supposing|what if|god forbid|heaven forbid|in case|had been|would have been|"
    r"hypothetically|if (?:somebody|someone|anyone|anybody|a|an|there|it|this|one|you)) (?!take|come|send|"
    r"do)"
)
MADE_GOOD = re.compile(
    r"\b(?:thank you|thanks(?! for nothing)|thankful|grateful|saved (?:me|us|my|her|him)|safe now|now "
    r"safe|sorted|resolved|fixed|put right|same (?:day|night|afternoon|evening)|next day|within the "
    r"(?:day|hour|week)|in a day|straight away|straightaway|brilliant|settled|lovely home|all good|mended|"
    r"better now|much better|dealt with|and (?:he|she) is fine|they are fine|are fed|can not thank|"
    r"thriving|emptied|replaced|cleaned|is gone|has gone(?! nowhere)|been cleared|god bless|recovered|"
    r"happy and|safe and well|is being looked after|in safe hands|well looked after|well cared for|helped "
    r"me leave|helped us leave|got us (?:into|out)|got me (?:into|out))\b"
)
GOES_ON = re.compile(
    r"\b(?:still|again|but|however|nobody|no one|not|never|waiting|ignored|ignoring|refused|worse|every|"
    r"keeps|keep|continues|nothing|yet|always|no reply|no answer|unanswered)\b"
)
LONG_PAST = re.compile(
    r"\b(?:used to|years (?:ago|back)|years before|in the past|long (?:ago|behind)|last (?:year|winter|"
    r"summer|spring|autumn)|once|as a child|when i was (?:a child|young|younger|little|small)|growing up|"
    r"nineties|eighties|seventies|previously|back then|decades ago|my former|late (?:mum|mother|father|"
    r"dad|husband|wife|nan|gran|brother|sister|son|daughter))\b"
)
CONTENT = re.compile(
    r"\b(?:kind|great|good|lovely|helpful|excellent|perfect|pleased|happy|smooth|smoothly|gentle|patient|"
    r"fantastic|quick|easy|polite|amazing|wonderful|superb|best|retired|handy|well handled|handled well|"
    r"went well)\b"
)
DENIED_INSIDE = re.compile(
    r"\b(?:not|never) (?:\w+ ){0,2}(?:danger|at risk|neglected|abused|hurt|harmed|beaten|bullied|"
    r"mistreated|exploited|hit|slapped)\b"
)
UNHAPPY = re.compile(
    r"\b(?:not|no|never|hardly|nothing) (?:\w+ ){0,2}(?:happy|good|great|helpful|pleased|kind|easy|polite|"
    r"quick|best|lovely|perfect)\b"
)
ABOUT = (
    r"(?:charity|charities|training|course|courses|leaflet|leaflets|hall|booking|book|policy|poster|"
    r"posters|awareness|campaign|film|play|conference|volunteer|volunteers|workshop|research|website page|"
    r"webinar|presentation|talk|dates?|group|exhibition|certificate|level (?:one|two|three|1|2|3)|officer "
    r"was|team (?:was|were|are|came))"
)
TOPIC_AFTER = re.compile(rf"(?: [\w,]+){{0,4}} {ABOUT}\b")
TOPIC_BEFORE = re.compile(rf"\b{ABOUT}(?: [\w,]+){{0,4}} $")


def sentence_before(found: Found) -> str:
    return found.plain[found.plain.rfind(" . ", 0, found.start) + 1 : found.start]


def sentence_of(found: Found) -> str:
    end = found.plain.find(" .", found.end)
    return sentence_before(found) + found.plain[found.start : end if end >= 0 else len(found.plain)]


def negated(found: Found) -> bool:
    """ "I am not suicidal": one of the last three words of the same clause denies it, or one in the match itself."""
    if DENIED_INSIDE.search(found.plain, found.start, found.end):
        return True
    for word in reversed(sentence_before(found).split()[-REACH:]):
        if word in TURNS:
            return False
        if word in NEGATORS:
            return True
    return NOT_THE_TYPE.search(sentence_before(found)) is not None


def supposed(found: Found) -> bool:
    """ "What if it had been a child in danger?" """
    return SUPPOSED.search(sentence_before(found) + found.plain[found.start : found.end]) is not None


def made_good(found: Found) -> bool:
    """ "She helped me leave him and I am safe now": put right in the same breath or after, and nothing goes on."""
    told = sentence_before(found) + found.plain[found.start :]
    if not MADE_GOOD.search(told):
        return False
    rest = sentence_before(found) + MADE_GOOD.sub("", found.plain[found.end :])
    return GOES_ON.search(MADE_GOOD.sub("", rest)) is None


def past_or_made_good(plain: str) -> bool:
    """The whole comment tells of what is over."""
    whole = Found(plain, 0, 0)
    return made_good(whole) or long_past(whole)


def content(words: str) -> bool:
    """Praise that is not denied ("not happy") and not followed by a turn."""
    return CONTENT.search(UNHAPPY.sub("", words)) is not None


def long_past(found: Found) -> bool:
    """ "Ten years ago I left him; the officer today was kind": long ago and content, and nothing goes on."""
    text = found.plain
    glad = content(text) or MADE_GOOD.search(text)
    return bool(glad and LONG_PAST.search(text)) and GOES_ON.search(MADE_GOOD.sub("", text)) is None


def topic(found: Found) -> bool:
    """ "I work for a domestic abuse charity": the subject of a course or leaflet, not of a life."""
    before = sentence_before(found)
    return bool(TOPIC_AFTER.match(found.plain, found.end) or TOPIC_BEFORE.search(before))


LIFE = (negated, supposed, made_good, long_past)
