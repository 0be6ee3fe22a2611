"""Welsh words before a name that say a name is coming, and words about it that say it is a place."""

import re

from nlp.redaction.name_cues import Cue
from nlp.redaction.recognisers.matching import either, words

TITLE = either(r"cyng\.?, parch\.?, parchg\.?, parchedig, yr athro, syr, mistar, musus, mr, mrs, ms, miss, dr")
THANKS = either("diolch, diolchiadau, ddiolch, niolch, diolchgar, ddiolchgar, clod, canmol, llongyfarchiadau, da iawn")
HOW = either(
    "yn fawr iawn, yn fawr, fawr iawn, o galon, mawr iawn, mawr, enfawr, arbennig, anferth, byth, hefyd, iawn, eto, "
    "yn arbennig, yn enwedig"
)
SPOKE = (
    r"(?:siarad\w*|siarades|sgwrsi\w*|sgwrs|gyfarfod|cyfarfod|cwrdd|gwrdd)"
    r"(?: (?:i|fi|hi|ni|fo|fe|o|nhw|wedyn|eto|gynta|hir|dda))?"
)
NAMED = (
    r"(?:enw|henw|enwau)(?: (?:i|fi|o|fo|fe|hi|e|llawn|iawn))?(?: (?:i|hi|o|fo))? (?:yw|ydy|ydi|oedd|ydyw)"
    r"|enw \w+ \w+ (?:yw|ydy|ydi|oedd)|enw:?"
)
RELATIVE = either(
    "mab, fab, merch, ferch, gwraig, ngwraig, wraig, gŵr, ngŵr, ŵr, gwr, ngwr, mam, fam, tad, nhad, dad, chwaer, "
    "brawd, mrawd, frawd, nain, taid, nhaid, daid, mam-gu, fam-gu, tad-cu, nhad-cu, mamgu, tadcu, ffrind, ffrindiau, "
    "cymydog, nghymydog, gymydog, cymdoges, partner, mhartner, bartner, plentyn, mhlentyn, blentyn, ŵyr, wyres, nai, "
    "nith, cefnder, modryb, ewythr, wncwl, anti, gofalwr, ngofalwr, ofalwr, tenant, landlord, mos, bos, babi, "
    "cydweithiwr, ngweithiwr cymdeithasol"
)
STAFF = either(
    "swyddog, gweithiwr cymdeithasol, weithiwr cymdeithasol, weithwraig gymdeithasol, cynghorydd, gynghorydd, "
    "rheolwr, rheolwraig, nyrs, meddyg, athro, athrawes, prifathro, prifathrawes, derbynnydd, dderbynnydd, dynes, "
    "ddynes, menyw, fenyw, dyn, ddyn, boi, foi, merch, ferch, bachgen, fachgen, hogan, hogyn, gyrrwr, yrrwr, "
    "gwirfoddolwr, llyfrgellydd, aelod staff, fonesig, foneddiges, glanhawr, cwsmer"
)
STRONG = "|".join(
    (
        rf"{THANKS}(?: {HOW})*,? (?:i|wrth)",
        rf"{THANKS}(?: {HOW})*,? i \S+ ac?",
        rf"{SPOKE} (?:â|a|ag|gyda|efo|hefo)",
        NAMED,
        either("o'r enw, ar ran, llofnodwyd, llofnod, arwyddwyd gan, gofynnwch am, holwch am"),
        rf"(?:fy|ei|ein|eich|eu|dy|y|yr|'r|'i|'ch|'u) (?:{RELATIVE}|{STAFF}),?",
    )
)
LIKELY = "|".join(
    (
        RELATIVE,
        STAFF,
        THANKS + rf"(?: {HOW})*",
        either("annwyl, helo, hia, shwmae, cofion, cofion cynnes, cofion gorau, gywir, ddiffuant, enwedig, sef"),
        either(
            "gan, gyda, efo, hefo, â, ag, i, at, wrth, am, a, ac, na, neu, rhwng, heb, heblaw, fel, drwy, trwy, dan, "
            "oni bai am"
        ),
        either(
            "roedd, oedd, mae, bu, fu, yw, ydy, ydi, dyw, dydy, dydi, doedd, bod, fod, wnaeth, gwnaeth, nath, daeth, "
            "ddaeth, aeth, gafodd, bydd, byddai, gall, all, dywed, ond"
        ),
        r"\w{3,}odd",
    )
)
# Read backwards, as the English cues are.
BEFORE = re.compile(rf"(?<![\w'])(?:(?P<title>{TITLE})|(?P<strong>{STRONG})|(?P<likely>{LIKELY}))[ ,:.\-\n]{{1,4}}\Z")
REACH = 45
# Before a strange word with a capital these say that it is a place.
IN_A_PLACE = words(
    "yn yng ym ger o y yr near in around outside via towards across the st saint sant tua tref pentref pentre ardal bro"
)
# In Welsh what a place is stands before its name: `Ysgol Bro Teifi`, `Heol y Bont`.
KINDS_OF_PLACE = words(
    "ysgol canolfan llyfrgell parc neuadd ysbyty heol ffordd stryd lon maes pont capel eglwys cyngor bae traeth "
    "afon llyn mynydd bro cwm gorsaf plas tafarn theatr gwesty castell coleg prifysgol meddygfa marchnad stad ystad "
    "amgueddfa ynys porth bwlch glan dyffryn pentref tref rhodfa clos cilgant lanfa sgwar teras tyn ty"
)
# Villages by their first part, which may change its first letter after a preposition.
BUILT_AS_A_PLACE = re.compile(
    r"(?:llan|lan|aber|ystrad|n?g?caer|gaer|nghaer|cwm|gwm|nghwm|pwll|bwll|mhwll|pont|bont|mhont|ynys|betws|fetws"
    r"|capel|gapel|nghapel|porth|borth|mhorth|ty'n)[\w-]{4}"
)
# These begin names of people too: a village only after a preposition, or where nothing speaks for a name.
MAYBE_BUILT_AS_A_PLACE = re.compile(r"(?:tre|dre|nhre|pen|ben|mhen|rhos|ros|maes|faes|rhyd|ryd|coed|bryn|fryn)[\w-]{4}")
PREPOSITIONS = words("i at a ac am na neu rhwng drwy trwy")
# What the people in a comment do, after a name.
DOES = words("oedd sydd wnaeth nath sy a'i atebodd ddaeth helpodd gafodd ddywedodd roddodd")

# `roedd xiulan yn wych`: between these even a strange word without a capital is likely a name.
BEGINS = words("roedd oedd odd mae bu nath wnaeth gwnaeth dydy dyw doedd")
GOES_ON = words("yn wedi ddim helpu sortio dweud ffonio ateb yw oedd")


def welsh_cue_before(text: str, position: int) -> Cue:
    """As `cue_before`, of Welsh words."""
    match = BEFORE.search(text, max(0, position - REACH), position)
    return Cue[str(match.lastgroup).upper()] if match else Cue.NONE
