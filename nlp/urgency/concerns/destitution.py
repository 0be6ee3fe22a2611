"""Hunger, cold or no roof, where someone may come to harm by it."""

from nlp.urgency.guards import LIFE
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

S = Urgency.safeguarding
WEAK = (
    r"(?:<child>|<frail>|<elder>|months old|weeks old|pregnant|months gone|pregnancy|expecting|"
    r"breastfeeding|oxygen|asthma|asthmatic|arthritis|heart|ill|sick|sick husband|epilepsy|wife has|"
    r"husband has|cannot walk|crutches|operation|(?:i am|im|am|is|aged|age|of|she is|he is|at) (?:6[5-9]|"
    r"[789]\d)|(?:6[5-9]|[789]\d) (?:years?|yrs?|and|with)|sixty|seventy|eighty|ninety|seventies|eighties)"
)
LACK = (
    r"(?:no|without|not got (?:any|no)|have not got any|not (?:have|had|having) (?:any )?|has no|lost|ran "
    r"out of|run out of|out of|cut off the|any) (?:money for |hot water or |hot water and |food or |gas "
    r"or |electric or |food and |gas and |any )?(?:food|heating|heat|gas|electric|electricity|hot water|"
    r"running water|power|boiler|nappies|formula|milk|light|lights|fire)"
)
PLACE = (
    r"(?:library|office|hall|centre|station|building|bus|museum|toilets|car charger|charger|charging|"
    r"points?|supply to the|van|school|gym|pool|church|cafe|market|canteen)"
)

RULES = (
    Rule(
        "no food or warmth, and someone weak",
        S,
        (
            rf"{LACK}(?! (?:\w+ )?(?:in|at|for|on) (?:the|your|our)? ?{PLACE})(?! {PLACE}) ~12 {WEAK}",
            rf"{WEAK} ~12 {LACK}(?! (?:\w+ )?(?:in|at|for|on) (?:the|your|our)? ?{PLACE})(?! {PLACE})",
            (
                rf"(?:freezing|cold|damp|mould|mouldy|black mould|boiler (?:is |was )?(?:broken|condemned|bust|dead|"
                rf"off)|prepayment|meter|no credit)(?! (?:in|caller|call|tap|drink|day|reception)) ~10 (?:{WEAK}|not "
                rf"breathe|hospital|breathing)(?! (?:swimming|swim|parking|bay))"
            ),
            (
                rf"{WEAK} ~10 (?:(?:is |are |in the |sat in the |it is )freezing|freezing (?:in|cold|house|flat|home|"
                rf"to death)|(?:boiler|heating) (?:\w+ ){0, 2}(?:broken|broke|bust|condemned|off|gone|packed up)|"
                rf"prepayment|not breathe|meter (?:has )?(?:run|ran)|hypothermia|cold (?:house|flat|home|room|bedroom)|"
                rf"black mould|coats? (?:indoors|in bed|inside))"
            ),
            (
                r"sit(?:ting)? in the (?:dark|cold)|sat in the (?:dark|cold)|living (?:in the dark|with no (?:lights|"
                r"electric|gas|heating|water))|(?:wear|wearing|sleep|sleeping) (?:my |our |in )?(?:\w+ )?(?:coat|"
                r"coats) (?:in bed|indoors|to bed|in the house)"
            ),
            (
                r"(?:can not|could not|scared to|dare not|afraid to|too scared to|not dare|unable to) (?:afford to "
                r")?(?:put|turn|switch) (?:the|my|our) (?:fire|heating|gas|boiler|heater) on"
            ),
            (
                r"(?:prepayment|meter|electric|gas|leccy) (?:\w+ ){0,3}(?:ran out|run out|run dry|emergency credit) "
                r"~10 (?:<child>|<elder>|<frail>|oxygen|baby)"
            ),
            (
                r"nothing in (?:the|my|our) (?:cupboard|cupboards|fridge|house)|(?:cupboards?|fridge) (?:is |are "
                r")?(?:bare|empty)|empty (?:cupboards?|fridge)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "hunger",
        S,
        (
            (
                r"(?:not|nothing|never|barely|hardly) (?:been able to |had anything to |had a thing to |had |to |"
                r"properly )?(?:eat|eaten|eating|ate|eat properly|eaten properly|eaten proper|eating properly) (?:\w+ "
                r")?(?:for|in|since|all|today|proper|properly|a (?:meal|thing|hot)|anything|yesterday|\d+|two|three|"
                r"four|five)"
            ),
            (
                r"(?:i|we|she|he) (?:have|has|had) (?:not|nothing|no food)(?: to)? ?(?:eaten|eat|had food|in|left|"
                r"for)(?: for| in| since| till| until)? (?:\w+ )?(?:days?|\d+|tomorrow|tonight|yesterday|monday|"
                r"tuesday|wednesday|thursday|friday|saturday|sunday)"
            ),
            (
                r"(?:skip|skips|skipping|skipped|miss|missing|going without|go without|gone without|went without) "
                r"(?:my |our |a )?(?:meals?|food|dinners?|tea|eating|breakfast) (?:so|to|for|because|every|and|again|"
                r"most|since|all)"
            ),
            (
                r"(?:can|could) not (?:afford|buy|get) (?:any |to (?:buy |eat|feed|heat)|enough |the )?(?:food|eat|"
                r"milk|baby milk|formula|nappies|heat|heating|feed|meals|shopping|electric|gas|(?:my|the|our) (?:kids|"
                r"children|baby|family|home|house))"
            ),
            (
                r"(?:can|could) not (?:afford to )?(?:eat|feed (?:my|the|our|her|his|them|us)|feed (?:myself|"
                r"ourselves)|heat (?:my|the|our)|put food)"
            ),
            (
                r"(?:choose|choosing|choice|decide|deciding) (?:\w+ )?(?:between )?(?:\w+ ){0,5}(?:eat|eating|heat|"
                r"heating|food|tablets|medicine|gas|electric)"
            ),
            (
                r"(?:eat|eats|eating|eaten) (?:only )?(?:one|once|1) (?:\w+ )?(?:time |meal )?(?:in|a|every|per)|one "
                r"meal a day"
            ),
            (
                r"(?:living|surviving|lived|survive|live|live off) (?:on|off) (?:\w+ ){0,2}(?:crisps|water|toast|"
                r"bread|tins|cereal|noodles|beans|handouts|scraps|nothing|fresh air|biscuits)"
            ),
            (
                r"(?:not|never) had a (?:hot |proper |decent )?meal|nothing (?:to|for) (?:feed|give|eat|dinner|"
                r"tea)(?: |$)(?:my|the|our|them|us|him|her|tonight|today|until|till|in|at home|and|\.)?(?! back)"
            ),
            r"(?:starving|starve|starved|hungry|hunger)(?! (?:for|of|games|by|waiting))",
            (
                r"(?:need|needs|needed|rely|relying|depend|using|use|sent to) (?:\w+ ){0,3}(?:food ?bank|food parcel|"
                r"food parcels|food voucher|emergency food)"
            ),
            (
                r"no (?:food|money for food|money to eat|money to feed|money for (?:\w+ )?(?:milk|nappies|electric|"
                r"gas))(?! (?:waste|bins?|caddy|caddies|collection|hygiene|outlets?|stalls?|at|allowed|on|recycling|"
                r"available|for the|or drink|or drinks|was served)) ?(?:in|for|left|and|or|till|until|today|$)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "no roof",
        S,
        (
            (
                r"(?:sleep|sleeping|slept|sleeps) (?:\w+ )?(?:in|on|at|under|out) (?:my|a|"
                r"the|our|his|her|an?)? ?(?:\w+ )?(?:car|van|tent|bench|doorway|doorways|streets?|park|bus station|"
                r"bus shelter|bus stop|train station|bridge|shed|garage|stairwell|rough|woods|bin store)(?! (?:next|"
                r"near|and need a permit|where|with a permit))"
            ),
            (
                r"(?:living|live|lives|stay|staying) (?:in|out of) (?:my|a|our|his|her) (?:\w+ )?(?:car|van|tent|shed|"
                r"garage|stairwell|doorway)"
            ),
            r"(?:sleeping|sleep|slept|sleeps) rough",
            (
                r"(?:on|out on|onto|out in) the streets?(?: (?:tonight|now|with|and|by|from|tomorrow|again|last|since|"
                r"for|because|soon|next|me)|$| \.)"
            ),
            (
                r"(?:homeless|evicted|nowhere to (?:go|sleep|live|stay)|no where to (?:go|sleep|live)|no place to "
                r"(?:go|sleep|live|stay)|kicked out|thrown out|chucked out|put out) ~10 (?:<child>|pregnant|tonight|"
                r"disabled|kids|tomorrow|my age|(?:6[5-9]|[789]\d)|baby|months|ill|wheelchair|epilep\w+|cancer|in the "
                r"(?:cold|snow)|scared|no money)"
            ),
            (
                r"(?:<child>|pregnant|disabled|wheelchair|cancer|i am (?:6[5-9]|[789]\d)|vulnerable) ~10 (?:homeless|"
                r"evicted|nowhere to (?:go|sleep|live|stay)|no place to (?:go|live|sleep))"
            ),
            (
                r"(?:i have|i got|we have|i) (?:got )?no (?:place|where|home|roof)(?: to (?:go|live|sleep|stay))?(?:$|"
                r" ,| \.| and| i| to| for| tonight| with)|nowhere to (?:sleep|go tonight|stay tonight)"
            ),
            r"(?:five|six|seven|eight|nine|[5-9]) of us in (?:one|a single|the one) room",
        ),
        LIFE,
    ),
)
