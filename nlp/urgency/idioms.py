"""Turns of speech that borrow hard words: blotted out before any rule looks, length for length."""

import re

IDIOMS = (
    (
        (
            r"(?:music|wait|waiting|queue|queues|voice|menu|website|form|forms|site|line|phone|bill|bills|back|"
            r"feet|head|knees|it|this|that|stairs|parking|traffic|suspense|heat|tax|recording|prices|charges) "
            r"(?:is|was|were|are|has been|nearly|almost|just|really) ?(?:nearly |almost |just )?(?:killing|killed|"
            r"kill) (?:me|us|my (?:ears|back|feet|head|knees|eyes))(?! (?:self|and))"
        )
    ),
    r"nearly killed me",
    r"(?:wanted|wants|want) me dead",
    (
            r"(?:kill|killed|murder|murdered) (?:for )?(?:a|an|some) (?:\w+ )?(?:coffee|tea|brew|pint|drink|"
            r"biscuit|sandwich|cuppa|cup|fag|wine|kebab|pizza|curry|nap|sleep|holiday|burger|chocolate|cake|bacon)"

    ),
    (
            r"(?:kill|killed|killing|kills) (?:for|time|it|the (?:mood|high street|town|town centre|city|trade|"
            r"battery|engine|vibe|joy|grass|planet|area|village)|two birds|off|with kindness|my (?:phone|battery|"
            r"laptop|back|feet|knees|internet|business|trade|trees|plants|grass|lawn|data))"

    ),
    r"killed my (?:phone )?battery",
    r"a killer",
    r"killer (?:view|app|queue|hill|stairs|instinct)",
    r"dressed to kill",
    r"if looks could kill",
    r"(?:lost|losing|lose|loses) (?:the|my|our) will to live", r"will to live",
    r"(?:died|die|dying|dead) (?:of|from|with) (?:boredom|embarrassment|shame|laughter|laughing|old age|shock|cringe)",
    r"bored to (?:death|tears)", (
        r"(?:scared|frightened|worried|sick|tired|tickled|loved|done) to death (?:of|with|by)"
    ), r"sick to death",
    (
        r"(?:dying|die|died) (?:for (?:a|an|the|someone|somebody)|to (?:know|see|get|speak|tell|hear))"
    ), r"dying on my feet", r"starved? to death (?:in|waiting|on hold)",
    r"knocked (?:me|us) (?:down|over) with a feather",
    r"kill(?:ed)? for (?:your|his|her|their|those|that|one|more|my)",
    r"(?:jump|jumped|jumping) (?:\w+ ){0,4}(?:for|with) joy",
    r"to die for",
    (
            r"dead (?:helpful|good|easy|nice|friendly|quick|slow|on time|end|line|lines|weight|wood|simple|polite|"
            r"handy|useful|chuffed|pleased|fox|cat|badger|bird|birds|pigeon|rat|seagull|animal|animals|tree|trees|"
            r"link|links|leg|certain|right|centre|heat|ringer|battery)"

    ),
    (
            r"(?:line|phone|call|battery|page|screen|website|laptop|mobile) (?:\w+ )?(?:went dead|died|is dead|"
            r"was dead|gone dead|goes dead)"

    ),
    r"over my dead body",
    r"drop dead gorgeous",
    r"pushing up (?:the )?daisies",
    r"(?:political|commercial|career|professional) suicide",
    r"suicide mission",
    (
            r"(?:shoot|shot|shooting|fire|fired|fires) (?:me|you|us|them|him|her|off|over) (?:an|a|off|over|the|"
            r"your|some) ?(?:quick )?(?:email|mail|text|message|line|letter|note|reply|e mail|email)?"

    ), (
            r"(?:shot|shoot|shooting|stab) (?:yourself|yourselves|themselves|myself|ourselves|itself|in the "
            r"dark)(?: in the foot)?"

    ),
    (
            r"(?:take|took|taking|have|had|having) a (?:stab|swing|punt|shot|crack|bash|hammering|pounding|"
            r"beating) ?(?:at|from)?"

    ), r"in one hit",
    r"(?:hit|hits|hitting) (?:you|me|us|them|him|her) up", (
            r"(?:hit|hits|hitting) (?:the|a|my) (?:wrong |right |green |red |submit |send )?(?:button|key|nail|"
            r"road|roof|spot|target|targets|mark|wall|brick wall|jackpot|deadline|enter|shops|sack|link)"

    ), (
            r"(?:bill|tax|charges?|prices?|increase|cuts?|rise|news|it|inflation|covid|fees|fine) (?:has |have |"
            r"really |have really |has really )?(?:hit|hits|hitting|battered) (?:me|us|them|my|our|home|people|"
            r"pensioners|hard)"

    ),
    r"(?:hits|hit) home", r"hit hard", r"hard hit", (
        r"beat (?:the|about the) (?:queue|queues|traffic|rush|system|bush|clock)"
    ), r"beats? (?:me (?:why|how|what)|having to|any)",
    (
        r"(?:banging|bang|bashing|hitting) (?:my|our|your) heads? (?:against|on|off)"
    ), r"(?:tearing|pulling|pull|tear) (?:my|our) hair",
    r"(?:slit|slitting) my wrists (?:listening|waiting|on hold)", (
        r"(?:kick|kicks) (?:up the (?:backside|bum|arse)|in the teeth|off|the bucket|up a (?:fuss|stink))"
    ),
    r"slap (?:on the wrist|in the face|up meal)", (
            r"(?:kill|strangle|throttle|murder|shoot|punch|smash|thump|slap|sue) (?:\w+ )?(?:whoever|the person "
            r"who|the one who|the idiot who|the genius who) (?:wrote|chose|picked|designed|made|invented|recorded|"
            r"built|composed|came up with) (?:\w+ )?(?:hold |phone |recorded )?(?:music|menu|website|form|"
            r"recording|message|voice|tune|jingle|logo|app|site|song|password rules)"

    ),
    (
            r"(?:murder|murdered|kill|killed|strangle|strangled|punch|punched|smash|smashed|throttle|throttled|"
            r"throw|thrown|kick|kicked) (?:the|that|this|your|my) (?:\w+ )?(?:website|app|machine|laptop|phone|"
            r"computer|menu|music|form|screen|chatbot|robot|voice|printer|tablet|keyboard)"

    ), (
        r"murder (?:it was|to (?:follow|use|park|read|get|find)|on (?:the|my) \w+)"
    ),
    r"blue murder", r"get away with murder", r"daylight robbery", (
            r"(?:burn|burned|burning|burns|burnt) (?:out|garden waste|rubbish|waste|wood|a hole|leaves|my "
            r"(?:toast|dinner|tea))"

    ),
    r"crashed and burned", r"smashed (?:it|through|that|this|the (?:target|targets|form))", r"smash(?:es)? it", (
        r"smashing (?:lady|lad|service|job|bloke|people|staff|time|team|girl|chap)"
    ),
    (
        r"bomb it|bombing it|cost a bomb|photo ?bomb\w*|bombshell|bath bombs?"
    ), r"frozen (?:screen|page)|froze", (
        r"starving by the time|(?:absolutely |was )?starving (?:waiting|in the queue)"
    ),
    r"hungry for (?:more|knowledge|change)|hunger games", (
        r"fight (?:for|against|my way|through|with the (?:form|website|system))"
    ), r"fighting (?:a losing|for|against|my way|with the)", (
        r"hang(?:ing)? (?:on|up|around|about|out|fire|baskets?)|hanging baskets?|left hanging|hung up|get the hang"
    ), r"cut(?:s|ting)? (?:off|short|the grass|down|back)", r"punch(?:ed|ing)? (?:in|out)(?: (?:the|a|my))?", (
        r"slash(?:ed|ing)? (?:the )?(?:opening|hours|budget|budgets|services?|funding|prices|costs|bills?)"
    ),
    (
        r"break(?:s|ing)? (?:the )?(?:payments?|bill|down|it down|into|even|the ice|news|my heart|your heart|his heart)"
    ), r"stab(?:bing)? in the (?:dark|back)",
    (
            r"(?:abuse|abuses|abused|abusing|abusive) (?:of|on|to) (?:power|position|trust|the (?:system|eyes|"
            r"ears|rules|blue badge|scheme|badge|bays?|parking|pavements?|english language))"

    ), (
        r"verbal(?:ly)? abus\w+|abus\w+ language|abusive (?:caller|customer|man in the queue)"
    ),
    (
            r"blue badge abuse|abuse (?:of )?(?:the )?blue badges?|(?:drug|alcohol|substance) abuse (?:service|"
            r"team|charity|worker)"

    ), r"blew me away|blown away", r"bite (?:the bullet|my tongue|to eat)",
    (
            r"(?:strangling|choking|crippling|hammering|suffocating) (?:\w+ )?(?:small )?(?:shops|businesses|"
            r"business|traders|town|trade|red tape)"

    ),
    r"end of (?:it all|the (?:form|call|line|day|road|menu))",
    r"aged ten years|needed a coffin|nail in the coffin",
    r"gave up the ghost",
    r"at each other throats",
    r"you are dead (?:right|on|good)",
)  # fmt: skip
IDIOM = re.compile(rf"\b(?:{'|'.join(IDIOMS)})\b")


def without_idioms(plain: str) -> str:
    """The line with every idiom turned into commas, its length kept."""
    return IDIOM.sub(lambda idiom: "," * len(idiom.group()), plain)
