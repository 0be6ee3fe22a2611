"""A complaint made, wanted or unanswered, in so many words; not a report of noise, and not "no complaints"."""

import re

from nlp.urgency.guards import GOES_ON, MADE_GOOD, content, long_past, negated, sentence_before, sentence_of
from nlp.urgency.rule import Found, Rule
from nlp.urgency.types import Urgency

C = Urgency.complaint
REPORT = re.compile(
    r"\b(?:noise|noisy|bonfire|neighbour|neighbours|next door|dog mess|dog fouling|dogs?|barking|fly "
    r"tipping|litter|smell|rats|parking|pothole|potholes|street ?light|graffiti|hedge|weeds|rubbish|smoke|"
    r"party|parties|antisocial|anti social|tree|pavement|food hygiene|trader|builder|takeaway|landlord)\b"
)
DENIED = re.compile(
    r"\b(?:no|not|never|nothing|without|none|zero|hardly|nor|neither|hate|hates)(?: (?:a|an|any|the|"
    r"single|real|reason|reasons|cause|grounds|need|needs|point|worth|to|have|has|had|want|wish|like|"
    r"going|make|made|making|about|be|is|was|in|of|for|one|formal|or|i|we|you|fuss|grumble|grumbles|moan|"
    r"call|it|that|this|pressure|criticism|much|whatever|what|so|far|here|from|at|all|ever|see|find|think|"
    r"raise|put|file|anything|issues|issue|problems|problem|queries)){0,8} $"
)
ONLY = re.compile(r"\b(?:only|one|small|minor|slight|little|sole|tiny) $")
OTHERS = re.compile(
    r"\b(?:people|others|everyone|everybody|some|neighbours|folk|folks|friends|residents|most|they|"
    r"husband always|wife always|always) (?:\w+ )?$"
)
PUT_RIGHT = re.compile(
    r"\b(?<!not )(?:was|were|been|is|got|get|now|all|all been|and|have|has|had) (?:resolved|sorted|put "
    r"right|dealt with|fixed|settled|upheld|answered)\b"
)
INTENDED = re.compile(
    r"\b(?:want|wants|wish|would like|need|needs|going to|will be|i will|shall|intend|intending|how|"
    r"please|treat|formal|official)\b"
)
STILL = re.compile(r"\b(?:no one|none|not|never|nobody|nothing|still|refused|ignored|again)\b")
COMPLAIN = re.compile(r"\bcompl?ai?n\w*")
TEAM = re.compile(
    r" (?:team|department|line|section|office|officer|lady|man)? ?(?:was|were|are|is|and)? ?(?:\w+ "
    r")?(?:excellent|great|good|lovely|helpful|brilliant|quick|kind|polite|superb)\b"
)


def lead(found: Found) -> str:
    """The sentence up to the word complaint."""
    word = COMPLAIN.search(found.plain, found.start, found.end)
    return sentence_before(found) + (found.plain[found.start : word.start()] if word else "")


def denied(found: Found) -> bool:
    """ "No complaints", "can't complain", "not worth a complaint"."""
    return DENIED.search(lead(found)) is not None


def small(found: Found) -> bool:
    """ "My only complaint is the music" is an opinion."""
    return ONLY.search(lead(found)) is not None


def others(found: Found) -> bool:
    """ "People complain about the council": not this person."""
    return OTHERS.search(lead(found)) is not None


def report_served(found: Found) -> bool:
    """ "My noise complaint was dealt with": a report of something else, and nothing says it goes on."""
    near = found.plain[max(0, found.start - 60) : found.end + 60]
    return REPORT.search(near) is not None and pleased(found)


def pleased(found: Found) -> bool:
    """Put right, or praised in the same breath, and nothing goes on; what is still wanted is never excused."""
    text = found.plain
    if INTENDED.search(lead(found)[-40:]) or INTENDED.search(text, found.start, found.end):
        return False
    if PUT_RIGHT.search(text) and not STILL.search(text):
        return True
    glad = content(sentence_of(found)) or MADE_GOOD.search(text)
    return bool(glad) and not GOES_ON.search(MADE_GOOD.sub("", text))


def team_praised(found: Found) -> bool:
    return TEAM.match(found.plain, found.end) is not None


def unreal(found: Found) -> bool:
    """ "I would have complained if", "if I had to complain"."""
    words = lead(found)[-40:]
    return (
        re.search(
            (
                r"\b(?:would have|if i had|if i had to|could have|might have|had i|was going to|nearly|almost)(?: "
                r"to)? $"
            ),
            words,
        )
        is not None
    )


GUARDS = (denied, small, others, report_served, team_praised, unreal, pleased, long_past)

RULES = (
    Rule(
        "complaint wanted or made",
        C,
        (
            (
                r"(?:formal|formally|official|officially|serious|written|stage (?:\w+ )?|second|third|2nd|3rd|fourth|"
                r"another|further) (?:\w+ )?(?:complaint|complaints|complain|complaining)|complaint official\w*|"
                r"(?:official|formal) (?:\w+ ){0,3}complaint"
            ),
            (
                r"(?:make|made|making|raise|raised|raising|lodge|lodged|lodging|file|filed|filing|put|submit|"
                r"submitted|submitting|register|registered|registering|log|logged|logging|send|sent|write|wrote|"
                r"written|start|started|open|opened|issue|escalate|have|had|got|bring|launch|progress|treat|take|"
                r"consider|pursue) (?:\w+ ){0,6}complaints?"
            ),
            (
                r"(?:i|we|i am|we are|im|have|has|already|will|shall|to|must|and|am|ill|then|mum|dad|husband|wife|"
                r"also|again) (?:be |been |have |am |already |now |definitely |also |certainly |formally |twice "
                r")*(?:complain|complained|complaining)"
            ),
            (
                r"(?:complain|complaint|complaints|complaining) (?:procedure|process|form|forms|policy|to (?:the|your|"
                r"a|someone|who)|about (?:the|your|how|this|that|her|him|a|one|my|what|it|being|staff)|in (?:writing|"
                r"online|on line|march|april|may|june|july|august|september|october|november|december|january|"
                r"february)|against|number|reference|ref|ignored|unanswered|not|has|have|was|upheld|still|weeks|"
                r"months|and (?:no|not|never|nothing))"
            ),
            (
                r"(?:my|our|the|this|a|his|her|mums|is|as|of|own|two|three|four|several|many|\d+|your) (?:\w+ "
                r")?(?:complaint|complaints)"
            ),
            r"(?:how|where|who|which|can|do|way) (?:\w+ ){0,4}(?:complain|complaint|complaints)",
            # Whatever else is said of a complaint: the guards know what it is not.
            r"(?:complain|complaint|complaints|complained|complaining)",
        ),
        GUARDS,
    ),
    Rule(
        "taken further",
        C,
        (
            (
                r"escalat(?:e|ed|ing) (?:\w+ )?(?:this|it|my|the matter|the case|to|further|please|immediately|now|"
                r"up)|(?:be|this|it|matter|needs|want|please|to be) escalat(?:e|ed|ing)|^escalate"
            ),
            (
                r"(?:take|taking|taken|took|go|going) (?:this|it|the matter|things|these|my case|that)? ?(?:\w+ "
                r")?(?:further|higher|to the top|up with|all the way|to a higher)(?! (?:down|along|up the road|"
                r"information|afield|away))"
            ),
            (
                r"(?:who is|who are|name of|speaking to|talking to|speak to your|speak to someone (?:senior|higher)|"
                r"get hold of|demand|demanded|like to speak to|like to speak with|can i speak to|can i speak with|get "
                r"me|put me on to|want to speak to|want to speak with|want to talk to|want to see|need to speak to|"
                r"let me speak to|demand to see|put through to|report (?:\w+ )?to|reported (?:\w+ ){0,2}to|report "
                r"(?:him|her|them|this|you) to) (?:\w+ ){0,4}(?:<senior>)(?! (?:of the leisure|was|were))"
            ),
            (
                r"(?:wanted|asked|asking|ask|tried|requested|want|demanding) (?:\w+ ){0,5}(?:<senior>) ~8 (?:refused|"
                r"not|no|never|denied|told|nobody|ignored|hung|but|further|waiting)"
            ),
            (
                r"(?:want|demand|require|need) (?:a |the |your |her |his )?(?:\w+ )?(?:<senior>) (?:to (?:call|ring|"
                r"phone|contact|answer|explain|respond|reply)|name|details|email)"
            ),
            (
                r"(?:you|they|council) (?:will |be )*(?:hear|hearing|heard) (?:from (?:me|us|my)|the last of|more "
                r"about this)|last you (?:will |have )?hear"
            ),
            (
                r"(?:report|reporting|reported) (?:this |your |a |that |the |one of your )?(?:her|him|them|member of "
                r"staff|staff|you lot|you|officer|adviser|advisor|employee|operator|handler|call handler|council|"
                r"behaviour|conduct|treatment|data breach|xname)|(?:report|reporting|reported) (?:this|that|your) "
                r"(?:woman|man|person|lady|lad|girl|team)(?! (?:online|on the app|fault|pothole|issue|problem|dead|to "
                r"the police not|fly|bin|missed|street|light|car|dog))"
            ),
            (
                r"(?:formal|formally|official|officially) (?:\w+ )?(?:dispute|disputing|objection|objecting|concern|"
                r"concerns)|stage (?:1|2|3|one|two|three) (?:\w+ )?(?:response|reply|letter|answer)|(?:person|manager|"
                r"officer|one) above you|(?:which|what) (?:<senior>)|held to account|(?:owe|owes|pay) (?:\w+ "
                r")?damages|(?:formal |official |raise a |lodged a |raising a |a )?grievance"
            ),
            (
                r"(?:want|expect|demand|deserve|owed|require|await|awaiting|need|like|request|requesting|ask for|seek|"
                r"seeking|get|due) (?:\w+ ){0,4}(?:apology|explanation in writing|investigation|compensation|"
                r"compensated|investigated|disciplined|sacked|disciplinary|written response|formal (?:response|review|"
                r"reply|apology))"
            ),
            (
                r"(?:formal|full|proper|independent|internal|official) (?:investigation|review|inquiry|enquiry|"
                r"dissatisfaction)|dissatisfaction (?:\w+ )?(?:formally|officially|on record)|(?:formally|officially) "
                r"(?:\w+ ){0,3}(?:dissatisf\w+|unhappy|disput\w+|object\w*)"
            ),
            (
                r"(?:claim|claiming|claim for|sue for|seek|seeking|pay|paid|paying|pursue) (?:\w+ )?(?:compensation|"
                r"damages)"
            ),
            (
                r"(?:union|citizens advice|cab|shelter|advocate|law centre) (?:\w+ ){0,2}(?:will|are|is|helping|"
                r"taking|have|has) (?:\w+ ){0,6}(?:take|taking|up|court|tribunal|legal|case|matter|challenge)"
            ),
            r"(?:reviewed|looked at|dealt with|heard|seen) by (?:\w+ )?(?:<senior>|someone else|someone independent)",
            (
                r"(?:putting|put|confirm|confirming) (?:this |it |everything )?in writing to|not (?:letting|let|"
                r"dropping|drop|leaving|leave) (?:this|it) (?:go|lie|drop|there|here)|not (?:let|letting) (?:you|them|"
                r"this|it) (?:get away|rest)|(?:this|it) (?:is )?not (?:the )?(?:end|over)(?: of)"
            ),
        ),
        (negated, pleased, long_past),
    ),
)
