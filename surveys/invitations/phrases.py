"""Words that a message to residents must or must not have, in English and in Welsh with its mutations.

Each is a pattern of whole words; apostrophes are straight, letters small.
"""

import re
from collections.abc import Sequence

# PECR regulation 22: one promoting phrase makes the whole message marketing.
PROMOTION: dict[str, Sequence[str]] = {
    "en": (
        r"(?:special )?offers?",
        r"win(?:s|ner|ning)?",
        r"prizes?",
        r"prize draws?",
        r"gifts?",
        r"rewards?",
        r"vouchers?",
        r"discounts?",
        r"competitions?",
        r"free",
        r"(?:download|get|try|install) (?:our|the) (?:new )?apps?",
        r"follow us",
        r"like us(?! to)",
        r"find us on \w+",
        r"new services?",
        r"sign up",
        r"subscribe",
        r"newsletters?",
        r"book now",
        r"buy",
        r"save money",
        r"don't miss",
    ),
    "cy": (
        r"(?:cynnig|gynnig|chynnig) arbennig",
        r"(?:cynigion|gynigion|chynigion)",
        r"(?:ennill|ennillwch|enillwch)",
        r"(?:g?wobr|g?wobrau)",
        r"(?:rhodd|rhoddion|anrheg|anrhegion)",
        r"(?:taleb|daleb|thaleb|talebau|dalebau|thalebau)",
        r"(?:gostyngiad|ostyngiad|gostyngiadau|ostyngiadau)",
        r"(?:cystadleuaeth|gystadleuaeth|chystadleuaeth)",
        r"am ddim",
        r"(?:lawrlwythwch|rhowch gynnig ar) (?:ein|yr) ap",
        r"dilynwch ni",
        r"hoffwch ni",
        r"(?:g?wasanaeth|g?wasanaethau) newydd",
        r"(?:cofrestrwch|tanysgrifiwch)",
        r"(?:cylchlythyr|gylchlythyr|chylchlythyr)",
        r"prynwch",
        r"special offers?",
        r"win",
        r"prizes?",
        r"free",
        r"discounts?",
        r"vouchers?",
        r"follow us",
        r"like us(?! to)",
    ),
}

# A message may lie on a shared phone: it says that there was a contact, never about what.
CASE_DETAIL: dict[str, Sequence[str]] = {
    "en": (
        r"debts?",
        r"arrears",
        r"bailiffs?",
        r"benefits?",
        r"council tax",
        r"housing",
        r"homeless(?:ness)?",
        r"evict(?:ed|ion)",
        r"rent",
        r"health",
        r"illness",
        r"medical",
        r"disabilit(?:y|ies)",
        r"disabled",
        r"social (?:care|workers?|services)",
        r"(?:adult|home|foster) care",
        r"carers?",
        r"safeguarding",
        r"abuse",
        r"domestic",
        r"child(?:ren)?",
        r"schools?",
        r"penalt(?:y|ies)",
        r"fined?",
        r"parking",
        r"asylum",
        r"immigration",
        r"(?:case|reference|account) (?:number|no)",
        r"date of birth",
        r"bank details",
        r"passwords?",
        r"pin",
    ),
    "cy": (
        r"(?:dyled|ddyled|dyledion|ddyledion)",
        r"ôl-ddyledion",
        r"(?:beili|feili|beilïaid|feilïaid)",
        r"(?:budd-dal|fudd-dal|budd-daliadau|fudd-daliadau)",
        r"(?:treth|dreth|threth) (?:y )?(?:cyngor|gyngor)",
        r"(?:tai|thai|dai)",
        r"(?:digartref|ddigartref|digartrefedd|ddigartrefedd)",
        r"(?:rhent|rent)",
        r"iechyd",
        r"(?:salwch|meddygol|feddygol)",
        r"(?:anabledd|anabl|anableddau)",
        r"(?:gofal|ofal) (?:cymdeithasol|gymdeithasol|oedolion)",
        r"(?:gweithiwr|weithiwr) cymdeithasol",
        r"(?:gofalwr|ofalwr|gofalwyr|ofalwyr)",
        r"(?:diogelu|ddiogelu)",
        r"(?:cam-drin|gam-drin|cham-drin)",
        r"(?:plentyn|blentyn|phlentyn|plant|blant|phlant)",
        r"(?:ysgol|ysgolion)",
        r"(?:cosb|gosb|chosb|dirwy|ddirwy)",
        r"(?:parcio|barcio|pharcio)",
        r"(?:lloches|loches|mewnfudo)",
        r"rhif (?:achos|cyfeirnod|cyfrif)",
        r"(?:dyddiad|ddyddiad) geni",
        r"(?:manylion|fanylion) banc",
        r"(?:cyfrinair|gyfrinair|chyfrinair)",
    ),
}

NO_MORE: dict[str, Sequence[str]] = {
    "en": (r"stop(?:s|ping)?", r"no more", r"opt[ -]out", r"unsubscribe", r"not (?:want|get|receive) (?:any )?more"),
    "cy": (
        r"stop(?:io|iwch)?(?:'r)?",
        r"(?:peidio|beidio|pheidio|peidiwch)",
        r"(?:rhagor|atal)",
        r"(?:optio|eithrio) allan",
    ),
}
THE_LINK: dict[str, Sequence[str]] = {
    "en": (r"link",),
    "cy": (r"(?:dolen|ddolen)",),
}


def plain(words: str) -> str:
    """Small letters, straight apostrophes and hyphens, single spaces."""
    return " ".join(words.casefold().replace("’", "'").replace("‑", "-").split())


def phrases_in(words: str, phrases: Sequence[str]) -> list[str]:
    """The phrases that stand in the words, as they are written there, each once and in order of the list."""
    text = plain(words)
    found = (re.search(rf"(?<![\w-]){phrase}(?![\w-])", text) for phrase in phrases)
    return list(dict.fromkeys(match[0] for match in found if match))
