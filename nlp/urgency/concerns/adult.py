"""An adult who cannot protect themselves: hurt, neglected in care, robbed, alone, or exploited."""

from nlp.urgency.guards import LIFE, made_good, negated, supposed
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

S = Urgency.safeguarding
WHO = r"(?:<elder>|<frail>|<cared>|<kin>|<pronoun>|my)"
WHO_BUT_PRONOUN = r"(?:<elder>|<frail>|<cared>|neighbour|brother|sister|husband|wife|friend)"

RULES = (
    Rule(
        "left without care",
        S,
        (
            (
                r"(?:left|lying|laying|sitting|sat|lies|sits|leave|leaving|leaves|found|was|is|been) (?:for \w+ \w+ "
                r")?(?:\w+ ){0,3}(?:in|on|covered in|soaked (?:\w+ )?(?:in|with)) (?:a |an |the |her |his |their |my |"
                r"own )*(?:\w+ )?(?:mess|urine|wee|pee|poo|faeces|shit|filth|soiled|wet (?:bed|pad|clothes|nightie|"
                r"sheets|chair)|commode|nappy|vomit|dirty (?:pad|bed|nappy|sheets)|pad|excrement|toilet for)"
            ),
            r"soiled|wet herself|wet himself|soaked through",
            r"(?:bed sores?|pressure (?:sores?|ulcers?|wounds?|damage)|bedsores?)",
            (
                rf"{WHO} ~4 (?:not|never|nobody|no one|hardly|rarely|without) (?:been |being |had |getting |got |have |"
                rf"given |has |was |a |any |her |his |to |be |had her |had his |even )*(?:fed|washed|changed|turned|"
                rf"eaten|ate|bathed|showered|given|medication|meds|tablets|insulin|food|water|a drink|drink|dinner|"
                rf"lunch|meals?|a meal|wash|bath|eat)(?! (?:the|a|an|any|my) (?:form|forms|information|choice|option|"
                rf"reply|answer|receipt|call|copy|number|reason|appointment))"
            ),
            (
                r"(?:no one|nobody|not|never|no carers?|none) (?:\w+ ){0,3}(?:to )?(?:feed|feeds|fed|wash|washes|"
                r"washed|turn|turns|turned|change|changes|changed|give|gives|gave|given|giving|bathe|bathed) (?:my |"
                r"her |him |them |the )(?:\w+ )?(?:<elder>|<frail>|<cared>|<kin>|since|for|his|her|insulin|tablets|"
                r"dinner|medication|water|pad|food)"
            ),
            (
                r"(?:not|never) (?:given|giving|give|gave|get|getting|got|had|have|had any of) (?:my (?:mum|mother|"
                r"dad|father|nan|gran|husband|wife|brother|sister) |him |her |them )?(?:her|his|their|any|the|my)? "
                r"?(?:insulin|medication|meds|tablets|medicine|food|water|meals|drinks|dinner)"
            ),
            (
                rf"{WHO_BUT_PRONOUN} ~6 (?:<unfed>|left alone|left on (?:her|his|their) own|without (?:food|water|heat|"
                rf"heating|care|help))"
            ),
            (
                r"(?:left|is|was|been|kept|living|going) without (?:a drink|water|food|drink|fluids|care|carers|"
                r"medication|meds|her meds|his meds|insulin|pain relief|oxygen|a wash|a carer)"
            ),
            (
                r"(?:<elder>|<frail>|<cared>|he|she|husband|wife|brother|sister) ~3 (?:lost|losing|loses) (?:\w+ "
                r"){0,3}(?:weight|stone|kilos|pounds|kg)"
            ),
        ),
        (negated, supposed, made_good),
    ),
    Rule(
        "carers absent",
        S,
        (
            (
                r"(?:no|not a|without a?|no sign of a?) (?:carers?|care|carer visit|care visits?|nurse|support "
                r"worker) (?:\w+ ){0,3}(?:turned|came|come|has|have|visited|visit|since|for|all|at|today|yesterday|"
                r"arrived|up|shown)"
            ),
            (
                r"(?:<carer>) (?:\w+ ){0,2}(?:not|never|stopped|missed|failed|forgot|forgets|misses|keep missing|"
                r"keeps missing) (?:to )?(?:turn|turned|turning|come|coming|came|show|showed|showing|visit|visits|"
                r"visiting|visited|been|being|her|his|my|calls|arrive|arrived|a visit|appointments)"
            ),
            (
                r"(?:<elder>|<frail>|he|she) ~12 (?:no|nobody|not one|no one) (?:\w+ )?(?:carers?|care|came|come|"
                r"comes|coming|visits|visited|checks|checked)(?: |$)"
            ),
            (
                r"(?:call cord|pull cord|pendant|lifeline|care alarm|alarm cord|careline) (?:\w+ ){0,6}(?:dead|broken|"
                r"not work\w*|out of|disconnected|unplugged|faulty|no one|nobody|not answered)"
            ),
            (
                r"(?:nobody|no one) (?:came|comes|come|has come|has been|is coming|turns up|turned up) (?:\w+ "
                r"){0,3}(?:to )?(?:give|feed|wash|turn|change|see to|get|help) (?:him|her|my|them|mum|dad)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "hurt by a carer",
        S,
        (
            (
                r"(?:<carer>|they|worker|workers|one) (?:\w+ ){0,4}(?:shouts?|shouting|shouted|screams?|screaming|"
                r"rough|roughly|slap|slaps|slapped|slapping|grabs?|grabbed|grabbing|pulls?|pulled|drags?|dragged|"
                r"pushes|pushed|hit|hits|hitting|forces?|forced|swears|swearing|manhandle\w*|bully|bullies|bullying|"
                r"threaten\w*|kick\w*|mistreat\w*|abus\w+|neglect\w*|shake|shakes) (?:\w+ ){0,2}(?:my|her|him|them|"
                r"residents?|patients?|people|mum|mother|dad|father|nan|gran|a man|a woman|<elder>|<cared>|old)"
            ),
            (
                r"(?:handled|handles|handling|treated|moved) (?:him |her |them |mum |dad |my \w+ |residents )?(?:very "
                r"|so |too )?(?:roughly|rough)|rough with|manhandled"
            ),
            r"(?:tied|strapped|chained|cuffed) (?:\w+ )?(?:to|into|in) (?:the|a|her|his|their)",
            (
                r"(?:drugged|sedated|over ?medicated|too many (?:sleeping )?(?:tablets|pills)|to keep (?:her|him|"
                r"them) quiet|kept sedated)"
            ),
            (
                rf"{WHO_BUT_PRONOUN} ~8 (?:<marks>|mistreated|ill treated|manhandled|abused|abusing|abuse|bullied|"
                rf"assaulted|beaten|neglected|being hurt|beaten up|slapped|attacked|tormented)"
            ),
            (
                rf"(?:<marks>|bruising|mistreated|mistreating|abusing|bullying|neglecting|tormenting|slapping|hurting) "
                rf"~5 {WHO_BUT_PRONOUN}"
            ),
            (
                r"(?:she|he|they) (?:has|have|had|is|got) (?:\w+ ){0,4}(?:bruis\w+|black eyes?|burn marks|marks on|"
                r"marks all|cigarette burns|broken ribs)"
            ),
            (
                r"(?:kept|keep|keeps|keeping|locked|shut|left) (?:in|inside) (?:her|his|their|a|the|my \w+) (?:\w+ "
                r")?(?:room|bed|bedroom|chair|house|flat) (?:all|for|with|alone|day|night|since)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "money or home taken",
        S,
        (
            (
                rf"(?:steal|steals|stealing|stole|stolen|robbing|robs|robbed|thieving|nicking|fleecing|conning|conned|"
                rf"pinching|helping (?:her|him)self to|scamming|exploiting|exploited|exploits|financially abus\w+) "
                rf"(?:\w+ ){{0,4}}{WHO_BUT_PRONOUN}"
            ),
            (
                rf"{WHO_BUT_PRONOUN} ~8 (?:takes?|taking|took|taken|emptying|emptied|empties|draining|drained|spending|"
                rf"spends|using|controls|on at (?:her|him) for) (?:all )?(?:of )?(?:her|his|their|the|my|off) (?:\w+ "
                rf")?(?:money|benefits|pension|card|bank|savings|account|cash|pip|purse|wages|house|medication|flat)"
            ),
            (
                rf"{WHO_BUT_PRONOUN} ~6 (?:was|were|is|are|been|being|got|getting) (?:\w+ )?(?:scammed|conned|robbed|"
                rf"defrauded|tricked|fleeced|swindled|exploited|ripped off|blackmailed)"
            ),
            (
                r"(?:takes?|taking|took|emptying|emptied|empties|draining|drained|spending|spends|withdrawing|"
                r"stealing|steals|after) (?:all )?(?:of )?(?:her|his|their|mums|dads|nans|grans) (?:\w+ )?(?:money|"
                r"benefits|pension|bank card|cash card|savings|account|cash|pip|purse|medication|dla)(?! (?:form|"
                r"claim|department|team|letter|credit))"
            ),
            (
                r"(?:benefits|money|pension|wages|card) (?:taken )?(?:off|from) (?:him|her|them|my (?:brother|sister|"
                r"mum|dad|nan|gran|son|daughter))"
            ),
            r"cuckoo(?:ing|ed)?(?! (?:clock|land))",
            (
                r"(?:moved|moving) in(?:to)? (?:\w+ ){0,5}(?:taken|taking|took) over|taken over (?:her|his|their|my "
                r"\w+) (?:flat|home|house|place|bungalow|money|life)|(?:dealers?|gang|addicts|druggies) (?:\w+ "
                r"){0,3}(?:his|her|their|my \w+) (?:flat|home|house|keys|place)"
            ),
            (
                r"power of attorney ~8 (?:emptying|stealing|spending|taking|using|abus\w+|selling|misus\w+|money|"
                r"account)|(?:her|him|them) for money"
            ),
        ),
        LIFE,
    ),
    Rule(
        "alone, fallen or not seen",
        S,
        (
            (
                r"(?:on|lay on|lying on|laying on) the (?:\w+ )?floor (?:for|all|since|overnight|until|over)|(?:fell|"
                r"fallen|collapsed) ~10 (?:no one|nobody|hours|floor|alone|all night|no carer|cord|alarm|not get up|"
                r"could not get)"
            ),
            (
                r"(?:<elder>|<frail>|<cared>|she|he|husband|wife) ~6 (?:has |have |keeps? )?(?:fallen (?:twice|again|"
                r"three|several|four|many|and)|falling|falls (?:every|all|and|a lot)|keeps falling)"
            ),
            (
                r"(?:<elder>|<frail>|<cared>|she|he|husband|wife|neighbour|gentleman) ~8 (?:wandering|wanders|"
                r"wandered|found wandering|roaming|gone missing|goes missing|went missing)(?! (?:mind|round the shops|"
                r"hands))"
            ),
            (
                r"(?:not|never|no one has|nobody has|hardly|no) (?:been |be |ever )?(?:seen|seeing|see|answered|"
                r"answering|answers|opened|opening) (?:\w+ ){0,4}(?:him|her|them|<elder>|old (?:fella|bloke|lad|guy)|"
                r"my (?:neighbour|friend)|for (?:a|two|three|four|days|weeks|over|\d+|some)|since|in (?:days|weeks|a)|"
                r"(?:the|his|her) (?:door|curtains))(?! (?:reply|email|phone line|response))"
            ),
            (
                r"(?:curtains|blinds|milk|post|papers|lights) (?:\w+ ){0,5}(?:not (?:been )?(?:opened|open|moved|"
                r"drawn|been|on)|drawn (?:for|all)|closed (?:for|all)|piling|piled|on the (?:step|doorstep)|never "
                r"(?:opened|open|on))"
            ),
            (
                r"(?:hoarding|hoards|hoarder|living in (?:squalor|filth|his own|her own|rubbish)|squalor|self "
                r"neglect\w*|not looking after (?:him|her)self|eating out of (?:bins?|the bins?)|maggots in (?:her|"
                r"his|the))"
            ),
            (
                r"(?:leaves|leaving|left|keeps leaving) the (?:gas|cooker|oven|hob|stove|front door) (?:on|open|lit|"
                r"burning)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "slavery",
        S,
        (
            (
                r"modern slavery|slaves?|slavery|traffick\w+|gangmasters?|brothel|(?:labour|sexual) exploitation|"
                r"(?:exploiting|exploited) (?:workers|girls|men|women|people)"
            ),
            (
                r"(?:workers|men|women|girls|lads|people|staff|boys|they) ~8 (?:sleep|sleeping|sleeps|live|lives|"
                r"living|kept) (?:there|upstairs|in the (?:shop|factory|back|car wash|salon|shed|warehouse|unit|"
                r"caravan)|on site|above) ~8 (?:leave|passports?|paid|boss|frightened|scared|locked|never|allowed)"
            ),
            (
                r"(?:girls|men|women|workers|lads|they) (?:\w+ ){0,3}(?:never|not) (?:allowed to )?(?:leave|go out|"
                r"allowed out|get paid|seem to leave|being paid|paid)(?: |$)"
            ),
        ),
        LIFE,
    ),
)
