import pytest

from nlp.redaction.name_reading import read
from nlp.redaction.redact import redact
from nlp.redaction.welsh import is_form_of_verb, is_town, is_welsh, looks_welsh, radicals


@pytest.mark.parametrize(
    ("mutated", "radical"),
    [
        ("gyngor", "cyngor"),
        ("nghyngor", "cyngor"),
        ("chyngor", "cyngor"),
        ("barc", "parc"),
        ("mharc", "parc"),
        ("pharc", "parc"),
        ("dref", "tref"),
        ("nhref", "tref"),
        ("thref", "tref"),
        ("finiau", "biniau"),
        ("miniau", "biniau"),
        ("ddesg", "desg"),
        ("nesg", "desg"),
        ("ardd", "gardd"),
        ("ngardd", "gardd"),
        ("wasanaeth", "gwasanaeth"),
        ("fam", "mam"),
        ("lyfrgell", "llyfrgell"),
        ("wlad", "gwlad"),
        ("reol", "rheol"),
        ("hysgol", "ysgol"),
    ],
)
def test_a_mutated_word_may_have_been_its_radical(mutated: str, radical: str) -> None:
    assert radical in radicals(mutated)
    assert is_welsh(radical)
    assert is_welsh(mutated)


@pytest.mark.parametrize("form", ["ffoniais", "ffoniodd", "casglwyd", "chasglwyd", "gofynnais", "arhosais", "trwsiwch"])
def test_forms_of_verbs_are_welsh(form: str) -> None:
    assert is_welsh(form)
    assert is_form_of_verb(form)


def test_the_noun_of_a_verb_is_no_form_of_it() -> None:
    assert is_welsh("ffonio")
    assert not is_form_of_verb("ffonio")


@pytest.mark.parametrize("name", ["gareth", "angharad", "xiulan", "wojciech", "rhys", "okafor", "sian"])
def test_names_are_no_welsh_words(name: str) -> None:
    assert not is_welsh(name)


@pytest.mark.parametrize("town", ["caerdydd", "nghaerdydd", "gaerdydd", "fangor", "mangor", "lundain", "mhowys"])
def test_towns_are_known_mutated_too(town: str) -> None:
    assert is_town(town)


@pytest.mark.parametrize("word", ["gwasnaeth", "diloch", "cyfathrebol"])
def test_slips_look_welsh(word: str) -> None:
    assert looks_welsh(word)


@pytest.mark.parametrize(
    ("text", "welsh"),
    [
        ("Gwasanaeth gwych", {0, 1}),
        ("Mae problem gyda'r bins", {0, 1, 2, 3}),
        ("I want Pam sacked. Diolch yn fawr.", {4, 5, 6}),
        ("Pam was lovely", set()),
        ("Mae Jones rang me", set()),
        ("Bardzo dobra obsługa", set()),
    ],
)
def test_sentences_are_told_to_be_welsh(text: str, welsh: set[int]) -> None:
    assert read(text).welsh == welsh


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Mae Nia'n wych", "Mae [NAME]'n wych"),
        ("Pam mae'r ffordd ar gau? Beth am Pam?", "Pam mae'r ffordd ar gau? Beth am [NAME]?"),
        ("Roedd Seren yn wych yn yr Haf", "Roedd [NAME] yn wych yn yr Haf"),
        ("ROEDD SIÂN YN WYCH", "ROEDD [NAME] YN WYCH"),
        ("Heb Xiulan byddwn i ar goll", "Heb [NAME] byddwn i ar goll"),
        ("Es i Ysgol Dewi Sant", "Es i Ysgol Dewi Sant"),
        ("Beth was great. Diolch yn fawr.", "[NAME] was great. Diolch yn fawr."),
        ("I want Pam sacked. Diolch yn fawr.", "I want [NAME] sacked. Diolch yn fawr."),
        ("diolch i gareth am bopeth", "diolch i [NAME] am bopeth"),
    ],
)
def test_names_are_told_from_words_in_welsh(text: str, after: str) -> None:
    assert redact(text).text == after
