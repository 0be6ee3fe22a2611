"""Names that stand in no list: built from syllables after the habits of many languages, by a seeded chance."""

from random import Random

from nlp.redaction.name_words import FIRST as KNOWN_FIRST
from nlp.redaction.name_words import LAST as KNOWN_LAST
from nlp.redaction.name_words import WORD_NAMES, bare

KNOWN = KNOWN_FIRST | KNOWN_LAST | WORD_NAMES
# Beginnings, middles (one may be left out) and endings; joined they only look like names.
FIRST: dict[str, tuple[str, str, str]] = {
    "south asian": (
        "Vi Har Jas Nir Pra Gur Ku Ish Tha Mri",
        "vin mee dhi pre ka sha jo lee",
        "ndra sheel ta deep malli rup veer nika",
    ),
    "slavic": ("Bo Mie Wa Rado Zdzi Bro Sta Kaz Dobro Lju", "ży cza ro ni wi mi sla", "sława wit mir szka nka tka rad"),
    "west african": (
        "Olu Ade Chi Nwa Ko Ya Ife Ebu Abe Kwa",
        "fo ka mi nye tu bu so",
        "nke dele chi sola tobi wale fua sim",
    ),
    "horn of africa": ("Tes Hab Sel Mul Ger Zew Yem Fit", "fa ta la ge ma we", "yesh nesh wit men ash kidan"),
    "welsh": ("Gwen Llyr Myf Eur Bryn Cad Tud Ceri Heul", "fan wy an lan o", "wen wyn dda ddyn fryd loyw gain"),
    "gaelic": ("Sean Fear Muir Caoim Dear Lao Ruai Eil", "gha bhi ne an i", "nait dhne rdre thne sean bhla"),
    "east asian": ("Xiu Qing Zhao Hui Jian Yue Rui Bao", "", "lan mei fen xian rong qi ying"),
    "arabic": ("Mu Sa Za Ha Nu Kha Ba Tha", "ha ri ka wa bi", "ddin rith leem feez mina yyan shirah"),
    "romanian": ("Dra Ghe Ste Vio Lă Cos Dor Mir", "go or li ve chi", "rel mița cuța nel dița slav"),
    "turkish": ("Gül Ay Ser Ber Çağ Ner Tol", "de şe han ka ci", "nur tan gün ser min lan"),
    "english": ("El Wil Ther Ar Bran Cor Has Lin Ros Mar", "i o en a", "dwyn more stan leigh ric wena brey thia"),
    "pacific": ("Sio Tevi Ma Lupe Fa Tau", "la ne ki to", "moana feleti seni lesi ata"),
}
LAST: dict[str, tuple[str, str, str]] = {
    "south asian": (
        "Vara Dhana Sura Bhatta Kiri Muttu Raja Chandu",
        "na ra ka",
        "palan swamy wala dharan thiran vadia mukh",
    ),
    "slavic": ("Brze Kowi Szcze Wojt Dobro Gorz Pod", "czy no ki la", "wicz ński wska cki lak njak"),
    "west african": ("Oko Ade Nwo Aki Ogu Mbe Asa", "nkwo bo ye mo", "chukwu dayo beche tola nti badu"),
    "horn of africa": ("Wolde Geb Hail Abd Ware", "re ma mi", "mariam selassa kiros wold sadik"),
    "welsh": ("Pryd Gwyn Llan Cad Myr", "der fa wal", "erch allt ddin wyll fryn"),
    "gaelic": ("Mac O'Ru Mac O'Fla", "Gilla Con Dia lla na", "nigan dhuibh rragh vane shane"),
    "east asian": ("Xu Ouy Zhe Szet Qia Kwo", "", "ang ong uan eng u"),
    "arabic": ("Al-Ha Al-Ma Bu Ra Sha", "mza ha khta fi", "wani dibi shid zawi moud"),
    "romanian": ("Dră Mun Băl Cio Stă", "gu te ce no", "lescu anu șteanu rariu oiu"),
    "turkish": ("Yıl Kara Öz Demi Bay", "dı ka ce", "rcan oğlu türk demir kçı"),
    "english": (
        "Thorn Hather Bre Ulver Quar Wins Pelt Ash Cul",
        "en ing er",
        "wick sthwaite bury leigh combe stow dale cott",
    ),
    "cornish": ("Tre Pen Pol Nan", "hal ve go men", "vithick rowan skey carrow luddra"),
}


def words(text: str) -> list[str]:
    """The words of a list that is written as a sentence."""
    return text.split()


def built(table: dict[str, tuple[str, str, str]], chance: Random) -> str:
    begin, middle, end = (part.split() for part in table[chance.choice(sorted(table))])
    between = chance.choice(middle) if middle and chance.random() < 0.6 else ""
    return chance.choice(begin) + between + chance.choice(end)


def unlisted(table: dict[str, tuple[str, str, str]], chance: Random) -> str:
    """A built name that none of the recogniser's lists knows."""
    while bare(name := built(table, chance)) in KNOWN:
        pass
    return name


def first_name(chance: Random) -> str:
    return unlisted(FIRST, chance)


def last_name(chance: Random) -> str:
    name = unlisted(LAST, chance)
    return f"{name}-{unlisted(LAST, chance)}" if chance.random() < 0.08 else name


def full_name(chance: Random) -> str:
    return f"{first_name(chance)} {last_name(chance)}"
