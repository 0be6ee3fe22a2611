"""Violence or damage, announced, wished or done, against staff, the council, its property, or anyone."""

from nlp.urgency.guards import long_past, made_good, negated
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

T = Urgency.threat
SOMEONE = (
    r"(?:you|your|him|her|them|xname|that|this|those|these|every|all of|one of|the|a|any|whoever|someone|"
    r"somebody|anyone|everyone|him|next|<staffer>|<building>)"
)
WHOM = rf"(?:{SOMEONE}|us all|people)"
BODY = r"(?:legs?|arms?|neck|nose|jaw|face|fingers|teeth|skull|kneecaps|knees|head|back|bones|hands|ribs)"
WILL = r"(?:<intent>)(?! not)"

RULES = (
    Rule(
        "violence announced",
        T,
        (
            (
                rf"{WILL} (?:(?!not |never )[\w,]+ ){{0,4}}(?:<violent>|throw acid (?:at|over|in|on)|spit (?:at|on|in)|"
                rf"set fire to|set light to|knock) (?:down |up |out )?{WHOM}(?! (?:hell out of the queue|website|"
                rf"traffic|deadline|phone|record|form|target|system))"
            ),
            (
                rf"{WILL} ~3 (?:knock|run|take|beat|sort|do|cut|shut) {WHOM} (?:[\w,]+ ){{0,3}}(?:out|over|down|up|in|"
                rf"head off)(?! (?:of the office|to the|with the|for a|at the))"
            ),
            (
                rf"{WILL} ~3 (?:break|smash|slash|kick|cut|wring|rip|bash|cave|bust|blow|burn|torch|wreck|trash|damage|"
                rf"vandalise|destroy) (?:\w+ ){{0,3}}(?:{BODY}|tyres?|windows?|door|doors|car|cars|van|vans|office|"
                rf"offices|building|place|everything|computers?|glass|cameras?|house|throat|town hall|council|depot|"
                rf"wagons?|machine|machines|up the|it down|it up|in)"
            ),
            (
                r"(?:kill|murder|stab|shoot|execute|lynch|burn|poison) (?:every|all of|the lot of|all the|that|the "
                r"next|one of|any|a|your|you|him|xname) (?:\w+ )?(?:you|them|<staffer>|lot|council|man|woman|people|"
                r"b\w+|f\w+)"
            ),
            (
                r"(?:you|they|he|she|them|who) (?:all |both |lot )?(?:will|is|are|gets?|getting|going to) (?:\w+ "
                r"){0,2}(?:get|getting|be|end up|gonna be|going to be|going to get|gets) (?:\w+ ){0,2}(?:hurt|shot|"
                r"stabbed|killed|murdered|beaten|battered|punched|slapped|a (?:kicking|slap|beating|smack|hiding|"
                r"battering|punch|bullet|brick|good hiding|pasting|thump)|petrol bombed|bombed|torched|burned|burnt|"
                r"run over|buried|smashed|lynched|a knife|decked|lamped|knocked out|run down)"
            ),
            (
                r"(?<!before )(?<!until )(?<!if )(?:someone|somebody|people|one|person|officer|man|staff|warden) "
                r"(?:\w+ ){0,6}(?:is going to|will|gets|is gonna|going to|could) (?:get |be |end up )?(?:hurt|killed|"
                r"shot|stabbed|run over|run down|attacked|punched|bombed|a brick|dead)(?! (?:on (?:that|this|the) "
                r"(?:road|junction|corner|crossing|pavement|bend)|at that (?:junction|crossing)|by (?:a|the) (?:car|"
                r"speeding|bus|pothole|tree|branch)|crossing|tripping|falling|there|soon|if you do not (?:fix|grit|"
                r"fill|mend)))"
            ),
            (
                r"(?:gonna|going to|will|getting) (?:get )?(?:petrol bombed|firebombed|bombed|torched|burnt down|"
                r"burned down|battered|leathered|lamped)"
            ),
        ),
        (negated,),
    ),
    Rule(
        "violence deserved or wished",
        T,
        (
            (
                r"(?:deserves?|deserved|need|needs|wants?|asking for) (?:\w+ )?(?:a (?:bullet|slap|kicking|beating|"
                r"punch|smack|brick|hiding|good hiding|knife|good kicking|thump|bomb)|shooting|stringing up|hanging|"
                r"to (?:be (?:shot|hung|hanged|strung|killed|stabbed|beaten|put down|lynched|burned)|die|burn|hang|"
                r"bleed|suffer)|killing|put down|putting down|a visit|lynching|what is coming|burning down|blowing up|"
                r"bombing|torching)"
            ),
            (
                r"(?:should|ought to|want to|deserve to|needs to|need to|must) (?:all |both |just )?be (?:shot|hung|"
                r"hanged|strung up|lynched|horsewhipped|flogged|gassed|put down|burned|burnt|killed|put against a "
                r"wall|beaten|stabbed|bombed|blown up|run over|taken out and shot)"
            ),
            (
                r"(?:hope|hopes|wish|pray|praying) (?:that )?(?:you|he|she|they|your|his|her|their|xname|the \w+) "
                r"(?:\w+ )?(?:\w+ )?(?:die|dies|died|burn|burns|rot|rots|suffer|suffers|get cancer|gets cancer|get "
                r"hurt|gets run over|crash|crashes|choke|chokes|drop dead|get stabbed|gets stabbed|killed|attacked)"
            ),
            (
                r"(?:should|ought to|needs to|wants to) (?:burn|bomb|torch|blow up|firebomb|set fire to|blow) (?:\w+ "
                r"){0,2}(?:<building>)|(?:burn|blow|bomb|torch) (?:the |that |this |your )?(?:<building>|it|lot) "
                r"(?:\w+ )?(?:down|up|to the ground)"
            ),
            r"death to (?:you|the|all|every|them|your)",
        ),
        (negated,),
    ),
    Rule(
        "attack with a thing",
        T,
        (
            (
                r"(?:put|putting|throw|throwing|chuck|lob|launch|get|gets|getting) (?:\w+ ){0,2}(?:brick|bricks|fist|"
                r"boot|head|rock|bottle|bullet|petrol bomb|acid|hammer) (?:\w+ ){0,2}(?:through|in|into|at|over|on)"
            ),
            (
                r"(?:put|putting|send|sending|end up|ends up|will be|leave|leaves|leaving|finish up) (?:him |her |you "
                r"|them |someone |one of you |xname )?(?:back )?(?:in|to|into) (?:a |an |the )?(?:ambulance|hospital|"
                r"coffin|body ?bag|box|mortuary|morgue|grave|wheelchair|ground|intensive care|wooden box)(?! "
                r"(?:appointment|transport|parking|for (?:my|his|her|a|an)|tomorrow|with|because|after|from|last|and|"
                r"by bus|next))"
            ),
            (
                r"(?:bring|bringing|come|coming|came|walk|back|turn up|turning up|arrive|keep|kept|carry|armed) "
                r"(?:\w+ ){0,4}(?:with (?:a|my|the|some|me)? ?|my |a |an |some )(?:<weapon>)(?! (?:crime|hole|bin|"
                r"drill|attack|room|amnesty|station|smell|shelter|team|scare|and fork|licence))"
            ),
            (
                r"(?:set|setting|sets) (?:the |my |a |our )?(?:dog|dogs|it|him|rottweiler|alsatian|pitbull|lads|boys) "
                r"(?:on|at|loose on)|(?:set|setting) (?:fire|light) (?:to )?(?:your|you|him|her|xname|the (?:office|"
                r"building|council|place|town hall|depot|lot|van|vans|civic)|this place)|(?:set|setting) (?:it|you|"
                r"him|her|the \w+|your \w+) (?:on fire|alight)"
            ),
            (
                r"(?:petrol|acid|bomb|machete|shotgun|gun|knife|axe|bricks?) (?:\w+ ){0,4}(?:for you|waiting for|with "
                r"your name|to (?:the|your) (?:office|town hall|council|reception)|at your|through your|under your|in "
                r"your face)|(?:i have|i got|i own|i keep) (?:\w+ ){0,2}(?:shotgun|gun|rifle|machete|baseball bat|"
                r"crossbow|firearm)"
            ),
            (
                r"(?:bin wagons?|vans?|cars?|office|building|depot|town hall|place|wagons) (?:will be |going to be |"
                r"are |is |be )?(?:on fire|in flames|going up in flames|up in smoke|burning down)(?! \w+ (?:last|"
                r"yesterday))"
            ),
            (
                r"(?:get|getting|fetch|fetching|grab|grabbing|load|loading|sharpen|sharpening) (?:my|a|the|me) "
                r"(?:<weapon>)(?! (?:for|from))"
            ),
            (
                r"(?:next|any|every|another) (?:\w+ ){0,2}(?:<staffer>|one|person|man) (?:\w+ ){0,6}(?:gets|will get|"
                r"is getting|cops|gonna get|going to get) (?:a |my |the |both )?(?:\w+ )?(?:<weapon>|fist|boot|slap|"
                r"kicking|smack|punch|brick|hiding|it|barrels|thump|battering)(?: |$)"
            ),
            (
                r"(?:gets?|getting|have|having) (?:its|his|her|their|your) (?:\w+ )?(?:windscreen|windows?|tyres?|"
                r"head|teeth|face|legs?|arms?|nose|jaw|doors?) (?:\w+ )?(?:smashed|slashed|broken|kicked|put|caved|"
                r"bashed|punched|knocked)"
            ),
            r"have (?:you|him|her|them|xname|that \w+) (?:shot|killed|done in|battered|knocked off|kneecapped|stabbed)",
            (
                r"(?:six|6) (?:foot|feet) under|(?:be |get |gets |end up )buried (?:in|under|with)|dig (?:your|his|"
                r"her|their) (?:own )?grave"
            ),
        ),
        (negated, long_past, made_good),
    ),
    Rule(
        "menace",
        T,
        (
            (
                r"watch (?:your|his|her|their|yer) (?:back|backs|step)|watch (?:yourself|yourselves|it mate)|look "
                r"over (?:your|his|her|their) shoulders?|sleep (?:tight|with one eye)|one eye open"
            ),
            (
                r"(?:know|knows|found out|find out|finding out|got|seen) (?:exactly )?(?:where|what (?:car|time|bus|"
                r"route|school)|which (?:car|school|house)) (?:\w+ ){0,3}(?:live|lives|park|parks|drink|drinks|work|"
                r"works|drive|drives|drop|finish|finishes|clock|walk|goes|go|shop|leave|leaves|kids|staff|family)(?! "
                r"(?:i|we|my))(?! (?:permit|for|the rubbish|on your website))"
            ),
            (
                r"(?:coming|come|be coming) (?:for|after) (?:you|him|her|them|xname|your|every|that|the (?:lot|staff|"
                r"officer|warden|council))(?! (?:to (?:fix|collect|help|assess)|help))"
            ),
            (
                r"(?:you|he|she|they|council|xname) (?:\w+ )?(?:will|ll|gonna|going to) (?:\w+ )?(?:be sorry|regret|"
                r"pay (?:for (?:this|it|that|what)|with|the price|dearly)|suffer|bleed|cry|beg|be begging|wish you|"
                r"wish (?:he|she|they) had|see what happens|never walk|not walk|not (?:see|live) (?:\w+ "
                r")?(?:christmas|tomorrow|morning)|be dead)(?! (?:to see|if you miss this|ocean))"
            ),
            (
                r"not (?:be )?(?:held )?(?:responsible|accountable|answerable) for (?:my|what i|his|our|what happens|"
                r"what he|what we)|can not be responsible for what"
            ),
            (
                r"(?:get|getting|got) (?:what is|whats|what you have|what he has|what they have) coming|what is "
                r"coming (?:to|for)|what you deserve"
            ),
            (
                r"(?:you|yous|you all|you lot|u|he|she|they) (?:lot |all |guys )?(?:are|is|re) (?:all |so |a |f\w+ "
                r")*(?:dead|a dead man|dead man|dead meat|dead woman|finished|going down(?! (?:hill|the))|toast)(?= "
                r"\.| ,|$| if| when| next| mate| man| meat| you)"
            ),
            (
                r"(?:deal with|sort|sort out|see to|handle|settle|fix) (?:him|her|them|it|this|that|you|xname|that "
                r"\w+)(?: out)? (?:out )?(?:my own way|my way|the old way|once and for all)|(?:deal with|sort|sort "
                r"out|settle) (?:him|her|them|you|xname|that \w+)(?: out)? (?:myself|ourselves|personally|in person|"
                r"properly)|(?:you have|you were|you had) been warned|consider (?:yourself|yourselves) warned|(?:will|"
                r"going to) kick off|matters? into (?:my|our) own hands|own hands"
            ),
            (
                r"(?:make|making) (?:him|her|you|them|xname|that \w+|sure (?:you|he|she|they)) (?:\w+ )?(?:bleed|"
                r"suffer|pay|cry|scream|beg|sorry|regret|disappear|wish|never (?:walk|work|see|sleep|breathe))"
            ),
            (
                r"(?:get|got|lay) (?:my|our) hands on (?:you|him|her|them|that|the|whoever|xname|those)(?! (?:form|"
                r"key|leaflet|book|bin|copy|ticket|permit))"
            ),
            (
                r"(?:in person|down there|to your office|back) (?:with|and bring) (?:my|some|a few|the) (?:mates|lads|"
                r"boys|brothers|friends|cousins|family|dog)|you will see (?:what|if|when|soon|then|$)|and you will "
                r"see|(?:try me|not test me)"
            ),
            (
                r"(?:nobody|no one|they) (?:will|going to) (?:\w+ )?(?:find|recognise) (?:your|his|her|the|their|you|"
                r"him|what is left)|when i (?:have|am) (?:finished|done) with (?:you|him|her|them)"
            ),
            (
                r"(?:do|doing|go|going|went|to) (?:\w+ )?(?:time|prison|jail|life|down) (?:for|over) (?:one of|all of|"
                r"any of|your|you|him|her|them|<staffer>|the \w+|this|that|it|killing|what)(?! (?:to|with))"
            ),
            (
                r"(?:post|posting|posted|share|sharing|put|putting|publish|publishing) (?:\w+ ){0,4}(?:where (?:you|"
                r"he|she|they|your staff) (?:all )?live|home address(?:es)?|your address(?:es)?|their address(?:es)?)|"
                r"(?:got|have) (?:all )?your (?:names|addresses|pictures|photos)"
            ),
            (
                r"(?:follow|following|followed|wait|waiting|waited) (?:\w+ )?(?:for )?(?:you|her|him|them|your staff|"
                r"the officer|that \w+|staff|xname) (?:\w+ ){0,2}(?:home|outside|after work|in the car park|after you|"
                r"when (?:you|she|he|they))(?! (?:to call|to ring|with))"
            ),
            (
                r"(?:know|find|finding|found|track|hunt|hunting) (?:you|him|her|them|xname) (?:down|out there)|"
                r"(?:find|get) out where (?:you|he|she|they|xname)|(?:will|going to) find (?:you|him|her|them|"
                r"xname)(?: and| at| one day| if| wherever| ,| \.|$)"
            ),
        ),
        (negated,),
    ),
    Rule(
        "violence done to staff",
        T,
        (
            (
                r"(?:punched|hit|slapped|kicked|headbutted|attacked|assaulted|spat (?:at|on|in)(?: the face of)?|"
                r"threatened|threatening|threatens|pushed|shoved|swung (?:at|for)|threw \w+ at|grabbed|chased|stabbed|"
                r"abused|throwing \w+ at|screaming at|going for|lunged at|pulled a knife on) (?:(?!with|me|us|by|"
                r"my)\w+ ){0,2}(?:<staffer>|(?:the|that|your|a|one) (?:\w+ )?(?:lad|lady|girl|woman|man|bloke) (?:on|"
                r"at|behind|in) (?:the|your) (?:desk|counter|reception|phone)|the lady and|the last (?:one|"
                r"officer))(?! (?:with bailiffs|the right))"
            ),
            (
                r"(?:<staffer>) (?:\w+ ){0,3}(?:punched|attacked|assaulted|threatened|spat (?:at|on)|hit|stabbed|"
                r"abused|chased|followed) by(?! (?:wasps|bees|midges))"
            ),
            (
                r"(?:threw|throwing|throws|chucked|launched|hurled|swung|lobbed) (?:\w+ ){0,4}(?:at|over) (?:(?!me|us|"
                r"my)\w+ )?(?:<staffer>)"
            ),
            r"(?:fist|boot|head|foot) through (?:the|your|a|that)",
            (
                r"(?:threat|threats|threatening) (?:to|against|towards) (?:\w+ )?(?:<staffer>|your)|(?:bomb|death) "
                r"threats?"
            ),
        ),
        (negated, long_past, made_good),
    ),
)
