"""Words of suicide and self-harm, of the writer or of someone else."""

from nlp.urgency.guards import long_past, made_good, negated
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

S = Urgency.safeguarding
GUARDS = (negated, made_good, long_past)

RULES = (
    Rule(
        "suicide",
        S,
        (r"(?:suic|sucid|suisid)\w*",),
        GUARDS,
    ),
    Rule(
        "ending one's life",
        S,
        (
            (
                r"(?:kill|killing|killed|top|topping|topped|hang|hanging|hanged|hung|drown|drowning|shoot|poison|"
                r"finish) <self>"
            ),
            (
                r"(?<!the )(?<!at )(?:end|ending|ends|ended) (?:it(?! (?:up|in|on|with|well))|it all|things|"
                r"everything|(?:my|her|his|their|your|own) (?:own )?(?:life|lives|days|misery|suffering))(?! (?:on|"
                r"with a|up|by asking|politely|well))"
            ),
            r"(?:take|took|takes|taking) (?:my|her|his|their|your) (?:own )?(?:life|lives)",
            r"(?:do|doing|done) <self> in",
            (
                r"(?:kill|murder|shoot|stab) ~8 (?:and|then) <self>|with me (?:in it|inside|still in)|take (?:myself|"
                r"me) with"
            ),
            r"do something (?:stupid|silly|drastic) (?:to myself|if|soon)",
            (
                r"(?:jump|jumping|jumped|throw myself|throwing myself|throw himself|throw herself) (?:off|from|out|in "
                r"front|under|into) (?:of )?(?:a|the|my|that|this)? ?(?:\w+ )?(?:bridge|roof|balcony|window|train|"
                r"trains|bus|lorry|river|cliff|building|flats|tower|car park|traffic|canal)"
            ),
        ),
        GUARDS,
    ),
    Rule(
        "no wish to live",
        S,
        (
            (
                r"not (?:want|wish|wanna|wanting|care)(?:s|ed)? (?:to )?(?:be (?:here|alive|around|in this world)|"
                r"live|life|living|wake up|carry on|go on|exist)"
            ),
            (
                r"(?:want|wants|wanted|wish|wishing|like|ready|rather|going|hope|prepare|prepared|preparing|tempted) "
                r"(?:to )?(?:just )?(?:die|be dead|leave this (?:world|life|earth)|go to sleep and not|disappear for "
                r"(?:ever|good)|not wake up|never wake up)(?! (?:of|for|to))"
            ),
            (
                r"wish(?:es|ed)? (?:\w+ )?(?:i|he|she|they) (?:was|were|could be|would be|had) (?:dead|never (?:been "
                r")?born|not (?:here|alive)|gone)"
            ),
            (
                r"better off (?:\w+ )?(?:dead|without (?:me|him|her)|in (?:the|a|my) (?:ground|grave)|not here|if i "
                r"(?:was|were) (?:dead|gone|not here)|gone)"
            ),
            (
                r"(?:no|what is the|what|see the|see any|any|not see a|not see the|there a|the) (?:\w+ )?(?:point|"
                r"reason|use) (?:in |of |to |for )?(?:me )?(?:living|live|life|going on|go on|carrying on|carry on|"
                r"being alive|being here|be here|waking up|existing|keep going|anymore living)"
            ),
            r"nothing (?:left )?(?:to live for|left for me|worth living)",
            (
                r"(?:life|it) (?:is |was )?(?:not|no longer|hardly) (?:be )?(?:worth living|worth carrying on|worth "
                r"going on)"
            ),
            r"worth (?:carrying on|going on|living|being alive)",
            (
                r"(?:had enough of|sick of|tired of|fed up of|fed up with|give up on|given up on|giving up on|done "
                r"with) (?:my |this |being |all )?(?:life|living|alive|being alive|existing)(?! (?:with|in|next|near|"
                r"on))"
            ),
            (
                r"(?:can|could) not (?:go on|carry on|face (?:another|one more) day|live like this|keep going|do this "
                r"any ?more|take any more|cope any ?more|see a way out|see any way out)"
            ),
            (
                r"not (?:be here|be around|be alive|see|wake up|make it to) (?:next|tomorrow|much longer|any ?more|"
                r"this time next|by|christmas|for much longer|for long|after)"
            ),
            (
                r"(?:no|lost all|lost|have no|given up) hope (?:left|any ?more|for me|in life|of living)?(?: ,)? "
                r"?(?:i |and )?(?:\w+ ){0,2}(?:leave|die|end|goodbye)"
            ),
            r"(?:i am|im|am) done (?:, )?(?:with (?:life|everything|it all|this life|this world)|goodbye|good bye)",
            (
                r"(?:see|is|there is|with) (?:no|not any) (?:other )?(?:way out|future|end to (?:this|it))(?! of "
                r"(?:the|this|that) (?:car|menu|estate|form|page|street))|(?:disappear|vanish) (?:for ?ever|for good|"
                r"completely)|rather be dead"
            ),
            (
                r"(?:suicide|goodbye|farewell) (?:note|letter|letters|video)|(?:said|saying|says) (?:my|her|his|their|"
                r"our) goodbyes|do away with <self>|unalive|kms|(?:crash|drive) (?:my|the|her|his) car into"
            ),
            r"(?:can|could) not take (?:it|this|much) (?:any ?more|any longer|more|much longer)",
            r"want(?:s)? (?:it|everything|this|the pain) (?:all )?to (?:stop|end|be over)",
        ),
        (made_good, long_past),
    ),
    Rule(
        "self-harm",
        S,
        (
            r"self ?harm\w*|selfharm\w*|self injur\w+",
            (
                r"(?:harm|harms|harming|harmed|cut|cuts|cutting|burn|burning|burns|hurt|hurts|hurting|scratching|"
                r"biting|hitting|starving|injuring|punching) <self>"
            ),
            r"overdos\w+",
            r"noose|ligature",
            (
                r"(?:cut|cuts|cutting|slit|slash|slashed|slashing) (?:my|her|his|their) (?:\w+ )?(?:wrist|wrists|arms|"
                r"legs|throat|neck)"
            ),
            (
                r"(?:took|taken|take|taking|swallow|swallowed|swallowing|swallows|necked|stockpiling|stockpiled|"
                r"saving|hoarding|counted|collecting) ~4 (?:tablets|pills|paracetamol|bleach|tablet|medication all|"
                r"antifreeze)(?! (?:on time|as prescribed|for|home|to))"
            ),
            (
                r"(?:tablets|pills|rope|razor|razors|blade|blades|paracetamol) (?:\w+ ){0,2}(?:counted|ready|in my "
                r"hand|in front of me|next to me|lined up|saved up)"
            ),
        ),
        GUARDS,
    ),
    Rule(
        "despair",
        S,
        (
            r"(?:dark|darkest|intrusive) (?:thoughts|place|moments)|(?:bad|awful|terrible|horrible|scary) thoughts",
            r"(?:at|reached|past|hit|hitting|to) (?:my |our |the |her |his )?breaking point",
            r"not coping(?! with (?:the|your|this) (?:website|form|app|menu))",
            (
                r"(?:can|could) not cope (?:with (?:life|living|the (?:debt|debts|arrears|stress|bills|letters|baby|"
                r"kids|children)|my (?:debts?|life|head|kids|children))|any ?more|on my own|alone|and i)"
            ),
            (
                r"(?:think|thinks|thinking|thought|thoughts|idea|ideas|plan|plans|planning|feel|feeling|feels|talk|"
                r"talks|talking|about to|threatening|threatens) (?:about |of |every day about |to |like )?(?:\w+ "
                r"){0,2}(?:ending|end (?:it|my|her|his)|harming|hurting myself|death|dying|walking in front|stepping "
                r"in front|jumping|not being here|crashing|driving (?:off|into))"
            ),
            (
                r"(?:walk|walking|step|stepping|run|lie|lying|drive) (?:out )?(?:in front of|under|into) (?:a|the) "
                r"(?:train|bus|lorry|traffic|track|tracks|sea|river|canal|path of)"
            ),
            r"(?:he|she|i|they) (?:has|have|had) tried (?:it |to do it )?before",
            r"suicide|(?:his|her|their|my) (?:last|third|second|previous) attempt (?:on|at)",
            (
                r"(?:mental health|mh) crisis|having a (?:complete )?breakdown|on suicide watch|(?:sectioned|"
                r"psychosis|psychotic)"
            ),
            (
                r"(?:thoughts?|fear|scared|afraid|worried|frightened|thinking|going|might) (?:of |about |that )?(?:i "
                r")?(?:will |might |may |could |of |to )?(?:harming|harm|hurting|hurt|drop|shake|smother) (?:the|my|"
                r"her|his) (?:baby|child|kids|children|son|daughter)"
            ),
        ),
        GUARDS,
    ),
)
