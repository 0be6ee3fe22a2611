import pytest

from nlp.language import ENGLISH, OTHER, WELSH, language_of


@pytest.mark.parametrize(
    "text",
    [
        "Diolch yn fawr",
        "Gwasanaeth da iawn",
        "Roedd y staff yn gyfeillgar ond roedd yr aros yn rhy hir",
        "Mae angen gwell gwefan yn Gymraeg, dim yn gweithio ar y ffôn",
    ],
)
def test_welsh_is_known(text: str) -> None:
    assert language_of(text) == WELSH


@pytest.mark.parametrize(
    "text",
    [
        "Bardzo dobra obsługa",
        "nie bylo nikogo kto mowi po polsku, bardzo dlugo",
        "Muito obrigado, atendimento muito bom",
        "Labai ačiū, viskas gerai",
        "Foarte bine, mulțumesc",
        "بہت اچھا",
        "ਬਹੁਤ ਵਧੀਆ ਸੇਵਾ",
        "Дякую, все добре",
        "很好",
    ],
)
def test_other_languages_and_scripts_are_known(text: str) -> None:
    assert language_of(text) == OTHER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Good",
        "n/a",
        "👍👍",
        "£££ too dear",
        "Mr Gwyn at Llanrhian was very helpful",
        "Diolch for the help with the bins",
        "My café licence took six weeks, très slow",
        "[NAME] was brilliant",
        "waited ages no one pick up, no good for me",
        "Merci",
        "Señora Muñoz explained it all to me",
    ],
)
def test_in_doubt_a_comment_is_english(text: str) -> None:
    assert language_of(text) == ENGLISH
