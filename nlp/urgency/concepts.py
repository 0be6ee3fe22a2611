"""Groups of words the rules speak of: `<child>` in a pattern is any of these.

Alternatives are written out rather than bracketed, so that `learned` can take the single words from them.
"""

CONCEPTS = {
    # People
    "child": (
            r"child|children|kid|kids|kiddie|kiddies|kiddo|bairn|bairns|wean|weans|baby|babies|bab|babby|toddler|"
            r"toddlers|infant|infants|newborn|boy|boys|girl|girls|lad|lads|lass|lassie|lassies|son|sons|daughter|"
            r"daughters|grandson|grandsons|granddaughter|granddaughters|grandchild|grandchildren|grandkids|nephew|"
            r"niece|pupil|pupils|teenager|teenagers|schoolgirl|schoolboy|year old|yr old|little one|little ones|"
            r"youngster|youngsters|stepson|stepdaughter|youngest|eldest|twins"

    ),
    "elder": (
            r"mum|mums|mother|mothers|ma|dad|dads|father|fathers|nan|nana|nanna|nans|gran|grans|granny|grandma|"
            r"grandmother|granda|grandad|granddad|grandfather|grandpa|aunt|auntie|aunty|uncle|elderly|pensioner|"
            r"pensioners|old lady|old man|old woman|old chap|old boy|old girl|old dear|old gentleman|old couple|"
            r"old neighbour"

    ),
    "frail": (
            r"dementia|alzheimer|alzheimers|parkinson|parkinsons|bedbound|bedridden|housebound|disabled|"
            r"disability|disabilities|wheelchair|autistic|autism|learning difficulties|vulnerable|frail|stroke|"
            r"down syndrome|downs|epilepsy|epileptic|cancer|copd|oxygen|chemo|dialysis|terminally|diabetic|blind|"
            r"mentally ill|special needs|insulin"

    ),
    "cared": r"resident|residents|patient|patients|service user|service users|client|clients",
    "kin": (
            r"brother|brothers|sister|sisters|husband|wife|partner|cousin|friend|mate|neighbour|neighbours|lodger|"
            r"tenant|woman|lady|man|gentleman|fella|bloke|person"

    ),
    "pronoun": r"he|she|they|him|her|them|xname|somebody|someone",
    "vulnerable": r"<child>|<elder>|<frail>|<cared>",
    "anyone": r"<vulnerable>|<kin>|<pronoun>|me|us|my|i",
    "partner": (
            r"husband|wife|hubby|ex|partner|boyfriend|girlfriend|fiance|bf|gf|missus|spouse|ex husband|ex wife|ex "
            r"partner|fella|stepdad|stepfather|stepmum|father in law|mother in law|brother in law|bloke"

    ),
    "carer": (
            r"carer|carers|care worker|care workers|care home|nursing home|the home|agency|support worker|care "
            r"staff|nurse|nurses|caregiver|provider|care assistant|staff"

    ),
    "self": r"myself|himself|herself|themselves|themself|ourselves",
    # Harm
    "hurts": (
            r"hit|hits|hitting|beat|beats|beating|beaten|punch|punches|punched|punching|slap|slaps|slapped|"
            r"slapping|smack|smacks|smacked|smacking|kick|kicks|kicked|kicking|strangle|strangles|strangled|choke|"
            r"chokes|choked|throttled|batter|batters|battered|batters|assault|assaults|assaulted|attack|attacks|"
            r"attacked|attacking|bite|bites|stabbed|burned|burnt|thump|thumps|thumped|whips|whipped|belts|belted|"
            r"shoves|shoved|thrashes|thrashed|headbutted|molests|molested|rape|rapes|raped|abuse|abuses|abused|"
            r"abusing|spank|spanks|spanked|whack|whacks|whacked|clouts|wallops|walloped|leathers|leathered|yanks|"
            r"yanked|punishes|hurts|hurting|harming|harmed|torturing|tortured|terrorises|terrorising|mistreat|"
            r"mistreats|mistreated|mistreating|shakes|shaking|threatens to|threatened to|pushes|pushed"

    ),
    "marks": (
            r"bruise|bruises|bruised|bruising|black eye|black eyes|cigarette burns|burn marks|belt marks|bite "
            r"marks|marks on|marks all over|marks across|marks round|scars|cuts on|cuts all|broken arm|broken "
            r"ribs|fractures|welts|unexplained injuries"

    ),
    "unfed": (
            r"starved|starving|malnourished|dehydrated|underfed|unfed|never fed|not fed|not been fed|not being "
            r"fed|not getting fed|goes hungry|go hungry|going hungry|went hungry|gone hungry|to bed hungry|always "
            r"hungry|are hungry|is hungry|hungry again|not eaten|not eating|not ate|not had anything to eat|no "
            r"food|without food|nothing to eat|not feeding|not feed|no one feeds|nobody feeds|skin and bone|"
            r"without water|no water to drink|begging for food|asking for food|stealing food"

    ),
    "alone": (
            r"left alone|left home alone|home alone|left on their own|left on his own|left on her own|on their "
            r"own all|alone all|on her own all|on his own all|unattended|unsupervised|left outside|left in the "
            r"car|left in a car|left in cars|by themselves|by himself|by herself|no adult|no adults|fending for|"
            r"fend for|locked in|locked out|locked up|lock them|locks them|lock him|locks him|locks her|lock her|"
            r"lock their|locks their|locks my|locked my|door locked|shut in|shut out|tied up|tied to|chained"

    ),
    # Staff and property
    "staffer": (
            r"staff|officer|officers|warden|wardens|bailiff|bailiffs|surveyor|engineer|cleaner|teacher|librarian|"
            r"handler|operator|collector|bus driver|social worker|social workers|council worker|council workers|"
            r"receptionist|manager|driver|drivers|bin man|bin men|binman|binmen|inspector|inspectors|councillor|"
            r"councillors|planner|clerk|security|guard|caretaker|adviser|advisor|agent|agents|clamper|traffic "
            r"warden|housing officer|planning officer|attendant|worker|workers|employee|employees|desk|reception|"
            r"receptionists|counter|parking man"

    ),
    "building": (
            r"office|offices|building|town hall|civic centre|council|depot|windows|window|place|van|vans|car|cars|"
            r"tyres|door|doors|house|houses|property|reception|computers|machine|machines|camera|cameras|front "
            r"desk|desk|counter|library|wagon|wagons|lorry|lorries|yard|gates|meter|hq|headquarters"

    ),
    "target": (
            r"you|your|yours|him|her|them|xname|whoever|someone|somebody|everyone|everybody|anyone|that|this|"
            r"those|these|every|any|one|all|the|next|a|<staffer>|<building>"

    ),
    "intent": (
            r"i will|i am going to|going to|i would|will|we will|i swear|about to|i could|i should|i might|want "
            r"to|ready to|feel like|tempted to|ill|id|i have half a mind to|i shall|let me|promise to|plan to|"
            r"planning to|threatening to|threatened to|threatens to|would"

    ),
    "violent": (
            r"kill|murder|stab|shoot|strangle|throttle|punch|batter|beat|slap|kick|smack|deck|knife|hurt|harm|"
            r"attack|assault|maim|cripple|headbutt|bash|thump|clout|hammer|bury|drown|hang|gut|wring|bomb|burn|"
            r"torch|petrol bomb|smash|slash|trash|wreck|destroy|firebomb|blow up|run over|shank|execute|poison|"
            r"hit|break|fight|lamp|chin|ram|skin|glass"

    ),
    "weapon": (
            r"gun|guns|shotgun|rifle|knife|knives|machete|bat|baseball bat|hammer|axe|petrol|acid|bomb|blade|"
            r"crowbar|grenade|bullet|bullets|sword|cricket bat|iron bar|matches|molotov"

    ),
    # Complaints
    "legal": (
        r"solicitor|solicitors|lawyer|lawyers|barrister|barristers|counsel|legal team|legal representative|"
        r"attorney"
    ),
    "senior": (
            r"manager|managers|supervisor|boss|person in charge|someone senior|somebody senior|someone higher|"
            r"someone in charge|team leader|head of service|head of the|head of your|head of department|director|"
            r"chief executive|chief exec|ceo|someone more senior|senior officer|line manager|leader of the "
            r"council|council leader|management|superior|superiors|higher up|higher ups|head office"

    ),
    "elected": (
            r"mp|mps|member of parliament|councillor|councillors|cllr|ward councillor|local councillor|chief "
            r"executive|chief exec|ceo|leader of the council|council leader|director|mayor|monitoring officer|"
            r"prime minister|secretary of state|minister"

    ),
    "press": (
            r"press|papers|paper|newspaper|newspapers|media|bbc|itv|local news|national news|local radio|"
            r"journalist|journalists|reporter|reporters|social media|tv|gazette|echo|evening post|watchdog|rip "
            r"off britain"

    ),
}  # fmt: skip
