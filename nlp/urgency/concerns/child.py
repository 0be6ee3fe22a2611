"""A child hurt, neglected, exploited or left alone."""

from nlp.urgency.guards import LIFE
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

S = Urgency.safeguarding
HARM = (
    r"(?:<hurts>|<marks>|<unfed>|<alone>|neglected|neglect|neglecting|screams at|screaming at|shouts at|"
    r"shouting at|screamed at|swears at|swearing at|at risk|in danger|not safe|unsafe|dirty (?:clothes|"
    r"nappies|nappy)|filthy|looks dirty|in rags|crying (?:all|every|at night|and|constantly|non stop|for "
    r"hours|again)|always crying|cries all|bullied|exploited|groomed|grooming|trafficked|ill treated|in a "
    r"bad way|punished|punishment|barefoot|no shoes|no coat|smells|stinks|flinches|cowering|terrified|"
    r"petrified|looks thin|so thin|lost weight|never at school|not at school|missing school|not been seen|"
    r"missing|run away|ran away|runaway)"
)
DRUGS = (
    r"(?:heroin|crack|cocaine|drugs|drug dealers?|dealers?|dealing|county lines|gang|gangs|drunk|drinks "
    r"all|drinking all|drinks every|alcoholic|needles|passed out|meth|spice|off (?:her|his|their) (?:head|"
    r"heads|face))"
)

RULES = (
    Rule(
        "child hurt or neglected",
        S,
        (rf"(?:<child>) ~8 {HARM}", rf"{HARM} ~7 (?:<child>)"),
        LIFE,
    ),
    Rule(
        "child near drugs, gangs or drink",
        S,
        (
            (
                rf"(?:<child>) ~10 {DRUGS}(?! (?:litter|bin|bins|awareness|street|road|school|chair|quality|wall|walls|"
                rf"fence|service))"
            ),
            (
                rf"{DRUGS}(?! (?:litter|bin|bins|awareness|street|road|school|chair|quality|wall|walls|fence|service)) "
                rf"~10 (?:<child>|look after my)"
            ),
            (
                r"(?:delivering|delivers|deliver|running|carrying|selling|dropping|moving) (?:drugs|packets|packages|"
                r"parcels for|gear|weed|for older|for a gang|for the older)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "child with adults who use them",
        S,
        (
            (
                r"(?:<child>|year olds?|teens?) ~8 (?:grown (?:men|man)|older (?:men|man|boys|lads|bloke|guy)|strange "
                r"men|(?:different|random|lots of|many|several|unknown) (?:men|man|cars|blokes)|men (?:in|coming|"
                r"going)|(?:met|meeting|meets|talking to|chatting|chats|messaging|messaged|approached|targeted|"
                r"contacted|stranger|strangers|man|bloke|someone) (?:\w+ ){0,4}online|blade|knife|hotel with|cars? "
                r"with)"
            ),
            r"(?:grown (?:men|man)|older (?:men|man|boys|lads)|strangers?) ~8 (?:<child>|year olds?)",
            (
                r"(?:carries|carrying|carry|has|got) a (?:blade|knife|machete) ~6 (?:older|gang|school|boys|lads|"
                r"scared|protect|safe)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "child left to cope",
        S,
        (
            (
                r"(?:have|has|had|having) to look after (?:my|his|her|their) (?:\w+ )?(?:brothers?|sisters?|siblings|"
                r"mum|dad)"
            ),
            r"(?:i am|im|am|only|aged) (?:only )?(?:[89]|1[0-5])(?: years old| yrs old)?(?: and| , | \.|$)",
            (
                r"(?:<child>|they|them|him|her) ~6 (?:in|on|outside in) (?:a|the|an|his|her|their) (?:\w+ )?(?:shed|"
                r"garage|cellar|cage|loft|cupboard|bare floor|floorboards|kennel|dog cage|mattress|freezing|snow|"
                r"vest)(?! (?:club|class|booking|is))"
            ),
            (
                r"(?:keep|keeps|keeping|kept|lock|locks|locked|hidden|hiding) (?:\w+ ){0,5}in (?:the|a|an|his|her|"
                r"their) (?:attic|cellar|basement|loft|shed|garage|cupboard|cage|kennel|caravan|outhouse|locked "
                r"room)(?! (?:for storage))"
            ),
            (
                r"(?:<child>) ~5 (?:out|outside|in the street|wandering|roaming|barefoot|naked|in (?:his|her|their|a) "
                r"(?:vest|pyjamas|nappy|pants)) ~4 (?:night|midnight|hours|cold|november|december|january|rain|snow|"
                r"alone|freezing|vest|nappy|shut)"
            ),
            (
                r"parents (?:are |go |is |at |out )+(?:away|out|working|work|drinking|pub|nights?|never|abroad) ~4 "
                r"(?:alone|leave|leaving|own|home)"
            ),
        ),
        LIFE,
    ),
    Rule(
        "worry for a child",
        S,
        (
            (
                r"(?:worried|worry|worries|concerned|concerns?|fear|fears|afraid|anxious|scared) (?:sick )?(?:about|"
                r"for|over) (?:the |my |a |his |her |their |these |those |some |this |that |three |two )?(?:\w+ "
                r")?(?:<child>)(?! (?:school place|education|homework|placement|application|exam|exams|bus|club|"
                r"swimming|passport|crossing|transport|seat|benefit))"
            ),
        ),
        LIFE,
    ),
)
