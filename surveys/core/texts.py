"""The words that people read, a JSON file a language, so that a translator needs no program."""

import json
from pathlib import Path

Texts = dict[str, dict[str, str]]


def read_texts(folder: Path) -> Texts:
    """Words by language and key, from the files of one folder (en.json, cy.json ...).

    Raises ValueError where a language lacks words that English has, or has words that it lacks.
    """
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    wanted = set(found["en"])
    for language, words in found.items():
        if odd := wanted ^ set(words):
            raise ValueError(f"{folder.name}/{language}.json and en.json differ in {', '.join(sorted(odd))}")
    return found


def by_language(texts: Texts, key: str) -> dict[str, str]:
    """One of the words in every language that there is."""
    return {language: words[key] for language, words in texts.items()}
