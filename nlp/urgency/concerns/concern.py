"""A concern put in general words: safeguarding, danger, not safe, abuse, someone should check."""

from nlp.urgency.guards import LIFE, topic
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

S = Urgency.safeguarding
RISK = (
    r"(?:in (?:\w+ )?danger|at (?:\w+ )?risk(?! of (?:fraud|flooding|fine|fines|rain|delay|losing|missing|"
    r"being towed))|(?:being|been|getting|is|are|was) (?:\w+ )?(?:abused|exploited|neglected|mistreated|"
    r"harmed|hurt|beaten|bullied|groomed|stalked|harassed|tortured))"
)

RULES = (
    Rule(
        "safeguarding named",
        S,
        (
            (
                r"(?:safeguarding|safeguard) (?:\w+ ){0,2}(?:concern|concerns|referral|issue|issues|alert|report|risk|"
                r"matter|failure|failures|problem|case|worry|incident|alerts|emergency|complaint)"
            ),
            (
                r"(?:report|reported|reporting|raise|raised|raising|refer|referred|concern|concerns|ignored|serious|"
                r"urgent|refused|failed|speak to|ring|rang|called|get hold of|get through to|contact|contacted) "
                r"(?:\w+ ){0,4}safeguarding"
            ),
            r"(?:a|this is|is|about|it is|for) safeguarding(?: (?:\.|,|and|for|but)|$)",
        ),
        (*LIFE, topic),
    ),
    Rule(
        "danger",
        S,
        (
            (
                rf"(?:<anyone>|children|life|lives|family|kids) ~5 {RISK}(?! to (?:cyclists|pedestrians|everyone|"
                rf"traffic|road|anyone who))"
            ),
            (
                r"(?:not|never|do not|does not) (?:feel |be |felt |really |at all )*safe (?:in (?:my|her|his|the|our|"
                r"that|this)|at (?:home|night|all)|there|here|with|around|any ?more|living|where|to (?:live|go|be|"
                r"leave|stay)|from|$|and|\.|because)(?! (?:carpark|car park|park|underpass|crossing|road))"
            ),
            (
                r"unsafe (?:in (?:my|our|her|his|the) (?:own )?(?:home|house|flat|relationship|placement)|at home|"
                r"with (?:him|her|them|my)|living (?:with|there|here))"
            ),
            (
                r"(?:someone|somebody|he|she|they|man|men|people|neighbour|ex) (?:\w+ ){0,2}(?:keeps?|is|are|was|has "
                r"been|been) (?:getting in|breaking in|coming in|hurting|harming|abusing|threatening|attacking|"
                r"beating|touching|torturing|exploiting|terrorising|intimidating|harassing|targeting) (?:\w+ )?(?:me|"
                r"us|her|him|my|at night|people|residents|the|them)"
            ),
            (
                r"(?:threatens?|threatened|threatening|threats? (?:to|against|from)) (?:to (?:\w+ )?)?(?:me(?! with "
                r"(?:bailiffs|court|a (?:fine|bill|court|letter|summons|penalty|charge|visit)|legal|prosecution|"
                r"eviction|enforcement|debt))|kill|hurt|my (?:kids|children|family|mum|life|wife|husband|son|daughter|"
                r"sister)|harm|stab|rape|him|her(?! with)|take (?:her|his) (?:own )?life)(?! (?:manager|supervisor))"
            ),
            (
                r"(?:he|she|neighbour|man|they|ex|son) (?:\w+ )?(?:has|had|got|have) (?:a|the) (?:knife|gun|machete|"
                r"bat|weapon|axe|hammer|sword|air rifle)"
            ),
            r"(?:knife|machete|gun|axe|hammer) (?:to|at|against) (?:my|her|his|the)",
        ),
        LIFE,
    ),
    Rule(
        "abuse named",
        S,
        (
            (
                r"(?:report|reported|reporting|suspect|suspected|suspecting|witness|witnessed|witnessing|possible|"
                r"evidence of|signs of|saw|seen|ongoing|victim of|survivor of|suffering|suffered|suffer|history of|"
                r"physical|emotional|mental|sexual|financial|elder|child|racial|racist|allegations? of|disclosed|"
                r"experiencing|concern about|concerns about|worried about) (?:\w+ )?(?:abuse|neglect|exploitation|"
                r"assault|violence)(?! (?:of the (?:park|parks|road|roads|building|area|street|streets|estate)))"
            ),
            (
                r"(?:abuse|neglect) (?:at|in|by|from) (?:home|the (?:home|care home|family|carers?|school|house)|her|"
                r"his|my|a carer|carers|staff at the home|family)"
            ),
        ),
        (*LIFE, topic),
    ),
    Rule(
        "someone should look",
        S,
        (
            (
                r"(?:check|look in|checking|checks) (?:up )?(?:on|in on) (?:her|him|them|the (?:\w+ )?(?:lady|man|"
                r"woman|couple|child|children|family|people|old|kids|girl|boy)|my (?:\w+ )?(?:neighbour|mum|mother|"
                r"dad|father|nan|gran|friend|brother|sister|son|daughter)|an? (?:\w+ )?(?:lady|man|woman|neighbour|"
                r"elderly|old|vulnerable|child))(?! (?:\w+ )?(?:application|claim|account|case|form|bins?|progress|"
                r"papers|details))"
            ),
            r"welfare (?:check|checks|visit|concern|concerns)",
            (
                r"(?:worried|concerned|worry|anxious|fear|fears|afraid|scared|frightened) (?:\w+ )?(?:sick )?(?:about|"
                r"for|over) (?:\w+ ){0,3}(?:welfare|safety|wellbeing|well being|life|friend|sister|brother|mum|mother|"
                r"dad|father|nan|gran|grandmother|grandad|neighbour|her|him|lady|woman|colleague|girl|elderly)(?! "
                r"(?:application|parking|claim|bill|form|council tax|blue badge|benefit|benefits|bin))"
            ),
            (
                r"(?:someone|somebody|some person) (?:please |has to |must |needs to |need to )?(?:help|save|rescue|"
                r"protect|do something for|listen to|go and see) (?:me|us|her|him|them|my|this (?:child|lady|family|"
                r"man|woman)|please|these)"
            ),
            r"please (?:\w+ )?(?:some person|someone|somebody|anyone) help|help me please (?:i am|he|she|i)",
        ),
        LIFE,
    ),
)
