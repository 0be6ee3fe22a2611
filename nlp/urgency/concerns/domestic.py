"""Abuse by a partner or within a family: violence, control, stalking, forced marriage."""

from nlp.urgency.guards import LIFE, made_good, negated, supposed, topic
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

S = Urgency.safeguarding
VICTIM = (
    r"(?:me|us|her|him|them|my|our|his|wife|the kids|the children|kids|children|mum|mother|his (?:wife|"
    r"mum|mother|girlfriend|partner)|her (?:husband|mum|boyfriend)|xname|the (?:baby|bairns|boy|girl|lass|"
    r"lad|woman|lady))"
)

RULES = (
    Rule(
        "violence at home",
        S,
        (
            (
                rf"(?:<partner>|<pronoun>|<kin>|<elder>|son|sons|daughter|who|that) (?:(?!letter|bill|form|tax|staff|"
                rf"not|never|about)[\w,]+ ){{0,4}}(?:<hurts>|grabbed|grabs|pinned|dragged|drags|spat at|spits at|threw|"
                rf"throws things at|throw things at|knocked|lashes out at|chucked|held a knife to|pulled a knife on) "
                rf"(?:[\w,]+ ){{0,1}}{VICTIM}"
            ),
            (
                r"(?:beat|beaten|battered|punched|slapped|strangled|kicked|raped|assaulted|attacked|hit|abused|"
                r"knocked about|threatened) by (?:my|her|his|their|the|an?) (?:\w+ )?(?:<partner>|<kin>|<elder>|son|"
                r"daughter|family|landlord)"
            ),
            (
                r"(?:knocks?|knocking|knocked|slaps|pushes|pushing|kicks) (?:her|him|me|them|us|my \w+|the kids) "
                r"(?:about|around|down|into|against)"
            ),
            r"(?:raised?|raises|raising|lifts|lifted) (?:his|her|a) (?:fist|fists|hand|hands) (?:to|at|against)",
            (
                r"(?:kill|murder|stab|hurt|shoot|burn) (?:me|us|my (?:mum|kids|children|family|daughter|son|"
                r"sister))(?! (?:to|with the|more|when|that))"
            ),
            (
                r"(?:he|she|husband|ex|partner|boyfriend|dad|father|stepdad|son) (?:\w+ )?(?:is|was|gets|turned|"
                r"became|has been|being|can be) (?:\w+ )?(?:violent|abusive|aggressive|controlling|threatening)(?! "
                r"(?:on the phone|towards the driver))"
            ),
            (
                r"violent (?:ex|partner|husband|wife|boyfriend|relationship|marriage|home|father|dad|son|family|"
                r"neighbour|man|household)"
            ),
            r"violence (?:at home|from (?:my|her|his)|in the home|towards (?:me|my|her))",
        ),
        LIFE,
    ),
    Rule(
        "domestic abuse",
        S,
        (
            r"domestic (?:abuse|violence|abusive|situation|incident|abuser)|dv|d v",
            (
                r"(?:abusive|abuser) (?:ex|partner|husband|wife|boyfriend|girlfriend|relationship|marriage|home|"
                r"father|dad|mother|family|household|son|situation)|my abuser|her abuser|his abuser"
            ),
            r"(?:in|to|into|a|the|at|from|local|women) (?:womens )?refuge",
            (
                r"(?:fled|fleeing|flee|ran away from|escaping|escaped|escape) ~3 (?:<partner>|violence|abuse|home|him|"
                r"her|trafficking|war|with|family|abuser|honour)"
            ),
            (
                r"non molestation|restraining order|occupation order|coercive\w*|honour based|marac|clare law|"
                r"(?:women|womens) aid|safe house|walking on eggshells|injunction against (?:him|her|my)|bail "
                r"conditions ~6 (?:near|contact|me|us)"
            ),
            (
                r"(?:controls|control|controlling|controlled|takes|taking|keeps|withholds|holds on to|hides) (?:all "
                r")?(?:of )?(?:my|her|his|our|everything) (?:\w+ )?(?:money|phone|bank|card|cards|wages|benefits|"
                r"movements|every move|life|passport|papers|i do|she does|keys|medication|id|documents|do)"
            ),
        ),
        (*LIFE, topic),
    ),
    Rule(
        "control",
        S,
        (
            (
                r"(?:not|never) (?:let|allow|lets|letting|allows|allowed) (?:me|her|him|us|them|my \w+) (?:to "
                r")?(?:out|leave|see|use|have|go|speak|talk|work|eat|answer|near|go out|contact|visit|be alone|"
                r"sleep)(?! (?:through|past|on the site|into the tip|a refund|my account|the form|an? appointment|the "
                r"results))"
            ),
            (
                r"(?:take|took|takes|taken|taking|keeps|kept|keep|has|have|holds|hid|hides|hold) (?:away )?(?:my|her|"
                r"his|their|the|our) (?:passport|passports|papers|visa|id card)(?! (?:to|from|office|photo|back|"
                r"details|copy|number))"
            ),
            (
                r"(?:boss|gaffer|owner|husband|man|men|he|she|they) (?:keeps|keep|took|takes|take|has|have|holds|"
                r"hold) (?:\w+ ){0,2}passports?"
            ),
            (
                r"(?:always |keeps )?(?:checking|checks|tracking|tracks|going through) (?:my|her|his) (?:phone|"
                r"messages|every|texts|bag)"
            ),
            r"stalk(?:s|ed|ing|er)?",
            (
                r"(?:ex|he|husband|father|dad|boyfriend|man|men) (?:is |was |has been |keeps |has |been )+(?:outside|"
                r"following|followed|waiting outside|turning up|watching|found (?:me|us)|harassing|threatening)(?: "
                r"(?:my|the|me|us|her|again|our|every))"
            ),
            r"not (?:allowed|meant|supposed|permitted) ~1 near (?:me|us|her|the (?:kids|children|house)|my|them)",
            (
                r"(?:gave|given|giving|read|told|sent|disclosed|shared) (?:out )?(?:him|my ex|her|my husband|my "
                r"abuser) (?:\w+ )?(?:my|our|the) (?:new )?(?:address|number|location|whereabouts)"
            ),
            r"(?:my|our) (?:new )?address (?:hidden|secret|kept (?:secret|from)|must not)",
            (
                r"(?:locks|locked|locking|keeps|kept) (?:me|her|my \w+|him) (?:\w+ )?(?:in|inside|out|indoors|"
                r"prisoner)(?! (?:touch|the loop|informed|hold|a queue|formed|of my (?:online )?account))"
            ),
        ),
        LIFE,
    ),
    Rule(
        "fear of someone",
        S,
        (
            (
                r"(?:scared|afraid|frightened|terrified|petrified|fearful|in fear|fear|fears|live in fear) (?:of|for|"
                r"to go|to be|to leave|to sleep|to stay|because of|in|about|that|he|she|what) ~4 (?:him|her|his|he|"
                r"she|ex|husband|partner|wife|dad|father|son|daughter|boyfriend|stepdad|brother|uncle|home|neighbour|"
                r"neighbours|life|lives|safety|house|leave|man|men|landlord|carer|carers|family|mother|mum|kids|"
                r"children|kill|alone|flat|here)"
            ),
            r"(?:frightened|scared) to death (?:in|at|by|here|and)",
            (
                r"(?:scared|frightened|terrified|petrified|afraid) (?:that )?(?:he|she|they|my \w+) (?:will|would|is|"
                r"might|may|finds|comes|could|are)(?! (?:not (?:get|find) (?:the|my) (?:form|letter|money)))"
            ),
            (
                r"(?:scared|frightened|terrified|petrified) (?:child|children|kids|girl|girls|lass|woman|old|to "
                r"sleep)|looks? (?:frightened|scared|terrified|afraid)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "forced or sexual harm",
        S,
        (
            (
                r"(?:forced|forcing|forces|force|made|making|make|makes) ~3 (?:marry|married|marriage|wed|sex|"
                r"prostitution|have sex|work for nothing|take drugs|beg|steal|give (?:him|her|them)|hand over|sign "
                r"over|sell drugs|sleep with)"
            ),
            (
                r"forced marriage|fgm|female genital|(?:be|get|getting|being) (?:circumcised|cut abroad)|(?:abroad|"
                r"africa|home country|overseas|holiday) to be (?:cut|married|circumcised)"
            ),
            r"rape|raped|rapes|raping|rapist|molest|molests|molested|molesting|incest",
            r"sexual(?:ly)? (?:assault\w*|abus\w*|exploit\w*|harass\w*|violence|touch\w*|advances|active)",
            (
                r"(?:touch|touched|touches|touching|kissing|kissed|fondling|fondled) (?:up )?(?:my|her|the|his|our|me|"
                r"him) ?(?:<child>|sister|brother|inappropriately|privates|private parts|between|where|up|breasts|bum|"
                r"legs|at night|when)"
            ),
            r"(?:paedo|paedophile|pedo|pedophile|pervert|perv|nonce|sex offender|predator)",
            (
                r"(?:comes|coming|goes|came|gets|getting|climbs|sneaks) (?:in|into|in to|to) (?:my|her|his|their|the "
                r"girls?|my \w+) (?:\w+ )?(?:room|bed|bedroom) (?:at|in the|when|every|while|drunk)?"
            ),
            (
                r"(?:pregnant by|baby by|having a baby by|sleeping with|having sex with) (?:her|his|my|an?|the) "
                r"(?:\w+ )?(?:uncle|father|dad|stepdad|brother|teacher|carer|older man|grown man|cousin|grandad|"
                r"neighbour)"
            ),
            (
                r"indecent (?:images|pictures|assault|photos)|sent (?:\w+ ){0,2}(?:nude|nudes|naked|rude|indecent|"
                r"sexual)? ?(?:pictures|photos|images|messages|videos) (?:by|from|to) (?:an?|the) (?:\w+ )?(?:older|"
                r"grown|man|men|stranger|adult)"
            ),
        ),
        (negated, supposed, made_good, topic),
    ),
)
