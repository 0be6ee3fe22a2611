import pytest

from nlp.redaction.recognisers.name import find
from tests.nlp.redaction.recognisers.tables import found_in

NAMED = [
    "I spoke to «Priya» today",
    "«Agnieszka Nowak» was kind",
    "thanks to «sarah» in housing",
    "my name is «wilma green» and",
    "Mr «Young» rang",
    "mr «green» rang",
    "Cllr «Thornicombe»",
    "«Grace» was great",
    "spoke to «mark» about it",
    "«Rose Okafor» helped",
    "«J. Smith» signed",
    "told by «Xiulan»'s boss",
    "«Sarah»'s Brown Bin",
    "I SPOKE TO «SARAH» ABOUT IT",
    "a lady called «Ifeyinwa»",
    "a man named «zbyszko»",
    "my son «Tomos»",
    "«Llinos ap Rhys» helped",
    "«John SMITH» rang",
    "Regards, «Siân Llewellyn-Jones»",
    "the adviser, «Oluwatomisin», was rude",
    "it was «wojtek» that helped",
    "Dear «Ewa»",
]
ORDINARY = [
    "Will you ever answer",
    "May I say",
    "in May and June",
    "Mark my words",
    "Grace period of two weeks",
    "Rose bushes",
    "Summer hours",
    "Bill was wrong",
    "Customer Services were great",
    "spoke to Housing and Adult Social Care",
    "the Council Tax team on Monday",
    "Swansea Civic Centre",
    "Victoria Road is shut",
    "near Llanbadrig",
    "nobody could spell Llanbadrig",
    "Penhallow Library",
    "St Peter Street",
    "Excelent service",
    "Definately good",
    "asked for help",
    "thanks to everyone",
    "spoke to sombody rude",
    "Webchat was down",
    "my son may need it",
    "my wife will call",
    "the DWP and HMRC",
    "It was shut",
    "VERY POOR SERVICE",
    "I am happy",
    "Hello there",
    "Covid was the excuse",
]


@pytest.mark.parametrize("marked", NAMED)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found == wanted


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
