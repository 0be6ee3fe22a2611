"""A complaint carried elsewhere: ombudsman, court, regulator, elected member, press."""

from nlp.urgency.concerns.complaint import pleased
from nlp.urgency.guards import long_past, negated
from nlp.urgency.rule import Rule
from nlp.urgency.types import Urgency

C = Urgency.complaint
GUARDS = (negated, pleased, long_past)
GO = (
    r"(?:going|go|goes|take|taking|taken|took|writing|write|written|wrote|contact|contacting|contacted|"
    r"email|emailing|emailed|report|reporting|reported|refer|referred|referring|complain|complained|"
    r"complaining|inform|informing|informed|tell|telling|told|speak|speaking|spoken|spoke|copy|copied|"
    r"copying|involve|involved|involving|raise|raising|raised|approach|approaching|ring|ringing|call|"
    r"calling|see|seeing|letter|gone|went|send|sending|sent|ask|asking|asked|cc|been|turn|turning)"
)

RULES = (
    Rule(
        "ombudsman or regulator",
        C,
        (
            r"ombuds\w*|omudsman|ombusman|ombundsman|ombdusman|lgo|lgsco",
            (
                r"information commissioner\w*|ico|regulator|care quality commission|cqc|ofsted|equality commission|"
                r"(?:public services|welsh language|police) commissioner"
            ),
        ),
        GUARDS,
    ),
    Rule(
        "legal action",
        C,
        (
            (
                r"(?:<legal>) (?:\w+ ){0,3}(?:will|is|are|has|have|letter|involved|said|says|about|be|instructed|"
                r"going|contact|on the case|now|advises|advised|writing|shall|to sue|next)"
            ),
            (
                r"(?:see|seeing|speak\w*|spoke\w*|talk\w*|contact\w*|instruct\w*|consult\w*|hir\w+|get|getting|got|"
                r"appoint\w*|engag\w+|seek\w*|sought|sought|from|with|through|via|involv\w+|ring\w*|call\w*|going to|"
                r"went to|to|passed to|hands of|using|by|need) (?:\w+ ){0,3}(?:<legal>|legal (?:advice|help|action|"
                r"representation|aid|proceedings|team|route|counsel|remedy))(?! (?:search|searches|team at the|needed|"
                r"for (?:my|our|the) (?:house|purchase|sale|probate)))"
            ),
            (
                r"legal (?:action|proceedings|advice|challenge|route|case|claim|letter|steps|recourse)|(?:take|taking|"
                r"considering|pursue|pursuing|start|starting) (?:\w+ )?legal"
            ),
            (
                r"(?:see|take|taking|took|taken|end up|meet|going|go) (?:(?!someone|people|me|us)\w+ ){0,4}(?:in|to|"
                r"through|at) (?:\w+ )?(?:court|courts|tribunal|small claims)(?! (?:by mistake|summons|for (?:\w+ "
                r")?council tax))"
            ),
            (
                r"(?:sue|suing|sued) (?:\w+ ){0,3}(?:you|council|the|them|for|him|her|over|your|ass|if|back)|(?:will|"
                r"to|shall|going to|i am|we are|am|are) (?:be )?(?:sue|suing)"
            ),
            (
                r"small claims? (?:court|track|form|claim|is|next|against)|claim form is|(?:to|through|in|via|the|at|"
                r"with) small claims"
            ),
            (
                r"judicial review|letter before (?:action|claim)|preaction|pre action|no win no fee|litigation|class "
                r"action|injunction|writ"
            ),
            (
                r"(?:hold|holding|held) (?:\w+ ){0,2}(?:council|you|authority|them) (?:\w+ )?(?:liable|accountable|"
                r"responsible in law)|(?:insurers?|insurance company|insurance) (?:\w+ ){0,3}(?:instructed|claim "
                r"against|contact|be in touch|claiming)"
            ),
            (
                r"(?:pursue|pursuing|settle|settled|settling|fight|fighting|challenge|challenging|sort) (?:\w+ "
                r"){0,3}(?:in|through) (?:\w+ )?(?:court|courts|tribunal)"
            ),
            (
                r"(?:breach|breached|breaching|breaking) (?:of )?(?:\w+ ){0,2}(?:gdpr|data protection|equality act|"
                r"human rights|duty of care|the law)|disability discrimination|negligence claim|claim (?:for|of) "
                r"negligence"
            ),
        ),
        GUARDS,
    ),
    Rule(
        "elected member or press",
        C,
        (
            (
                rf"{GO} (?:\w+ ){{0,6}}(?:<elected>)(?! (?:recommended|suggested|told me to|came|opened|was lovely|was "
                rf"right))"
            ),
            (
                rf"(?!sen[dt]|sending){GO} (?:\w+ ){{0,4}}(?:the |local |national )+(?:<press>)(?! (?:recycling|bin|"
                rf"bank|waste))"
            ),
            (
                r"(?:my|our|local|the) (?:local )?(?:mp|councillor|ward councillor) (?:\w+ ){0,2}(?:will|shall|is "
                r"going to|has been (?:told|informed|contacted|copied)|is (?:now )?involved|is aware|knows|now|is "
                r"looking|is taking|to (?:take|raise))"
            ),
            (
                r"(?:contact|contacted|contacting|told|tell|telling|emailed|emailing|going to|goes to|gone to|rang|"
                r"ringing) (?:\w+ )?(?:bbc|itv|channel \w+|sky news|press|newspapers|granada)|going legal|go legal|"
                r"(?:what|see what|let) (?:a|the) judge|naming (?:\w+ ){0,3}(?:paper|press|online|facebook)|(?:mp|"
                r"councillor) has (?:your|the|my)|front page|on the news|(?:story|name and shame|expose|exposing|"
                r"viral|naming and shaming) (?:\w+ ){0,5}(?:press|papers|news|facebook|twitter|media|tiktok|online|"
                r"council)|all over (?:facebook|social media|the papers|twitter)"
            ),
        ),
        GUARDS,
    ),
)
