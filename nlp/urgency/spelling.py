"""Spellings people use, brought to one: short forms, dropped apostrophes, and slips in the words that matter most."""

from collections.abc import Iterable

SHORT_FORMS = {
    "i'm": "i am", "im": "i am", "iam": "i am", "i've": "i have", "ive": "i have", "i'll": "i will", "i'd": "i would",
    "we'll": "we will", "we've": "we have", "we're": "we are", "he'll": "he will", "he's": "he is", "hes": "he is",
    "he'd": "he would", "she's": "she is", "shes": "she is", "she'll": "she will", "she'd": "she would",
    "they'll": "they will", "they're": "they are", "theyre": "they are", "they've": "they have", "you'll": "you will",
    "youll": "you will", "you're": "you are", "youre": "you are", "it's": "it is", "its": "it is",
    "there's": "there is", "theres": "there is", "that's": "that is", "what's": "what is", "whats": "what is",
    "who's": "who is", "nobody's": "nobody is", "ye'll": "you will",
    "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
    "don't": "do not", "dont": "do not", "doesn't": "does not", "doesnt": "does not", "didn't": "did not",
    "didnt": "did not", "isn't": "is not", "isnt": "is not", "wasn't": "was not", "wasnt": "was not",
    "aren't": "are not", "arent": "are not", "weren't": "were not", "hasn't": "has not", "hasnt": "has not",
    "haven't": "have not", "havent": "have not", "hadn't": "had not", "hadnt": "had not", "wouldn't": "would not",
    "wouldnt": "would not", "couldn't": "could not", "couldnt": "could not", "shouldn't": "should not",
    "daren't": "dare not", "ain't": "is not", "aint": "is not", "shan't": "shall not", "needn't": "need not",
    "gonna": "going to", "gunna": "going to", "gona": "going to", "gettin": "getting", "wanna": "want to",
    "wana": "want to", "bout": "about", "u": "you",
    "ur": "your", "yous": "you", "youse": "you", "ye": "you", "r": "are", "n": "and", "wot": "what", "nite": "night",
    "nowt": "nothing", "owt": "anything", "summat": "something", "nobdy": "nobody", "noone": "nobody", "pls": "please",
    "mam": "mum", "mom": "mum", "mams": "mums", "meself": "myself", "mi": "my", "mates'": "mates", "childs": "child",
    "childrens": "children", "cos": "because", "becos": "because", "tho": "though", "kds": "kids", "elec": "electric",
    "leccy": "electric", "lekky": "electric", "cwyno": "complain", "cwyn": "complaint", "cwynion": "complaints",
    "dim": "no", "0mbudsman": "ombudsman", "hisself": "himself", "alot": "a lot",
    "complane": "complain", "complaning": "complaining", "cuting": "cutting", "hiting": "hitting", "beatin": "beating",
    "suiside": "suicide", "sewicide": "suicide", "harrassed": "harassed", "harras": "harass", "neglekted": "neglected",
}  # fmt: skip
# None whose slips are words themselves: "carer" is one letter from "care".
WEIGHTY = (
    "suicidal", "suicide", "overdose", "safeguarding", "abusive", "abused", "violence", "neglected", "neglect",
    "starving", "threatened", "threatening", "complaint", "complaints", "complain", "complained", "complaining",
    "ombudsman", "solicitor", "solicitors", "escalate", "escalated", "compensation", "grievance", "councillor",
    "tribunal", "dementia", "pregnant", "electric", "homeless", "bruises", "frightened", "terrified", "vulnerable",
    "domestic", "children", "daughter", "husband", "boyfriend", "neighbour", "strangled", "machete", "disappear",
    "bullied", "grooming", "groomed", "elderly",
)  # fmt: skip
VOWELS = "aeiou"


def slips_of(word: str) -> set[str]:
    """What the word becomes with one letter dropped, doubled, swapped with the next, or one vowel for another."""
    slips = set()
    for at in range(1, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        slips |= {head + tail, head + letter + letter + tail}
        slips |= {head + tail[0] + letter + tail[1:]} if tail else set()
        slips |= {head + vowel + tail for vowel in VOWELS} if letter in VOWELS else set()
    return slips


def slips(words: Iterable[str]) -> dict[str, str]:
    """Every slip and the word meant by it; a slip that is itself one of the words, or that ends a plural, is none."""
    meant = tuple(words)
    known = {form for word in meant for form in (word, f"{word}s", word.removesuffix("s"), word.removesuffix("d"))}
    return {slip: word for word in meant for slip in sorted(slips_of(word)) if slip not in known}


CANONICAL = slips(WEIGHTY) | SHORT_FORMS
