"""Tampering with the list of files, the signature and the program: nothing of the figures."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.proof.edits import change_words
from tests.proof.kinds import Eye, Kind, careful, clumsy

FAKE_KEY = b64encode(bytes(32)).decode()
FAKE_SIGNATURE = b64encode(bytes(64)).decode()


def write(name: str, words: str) -> Callable[[Path], None]:
    def tamper(pack: Path) -> None:
        (pack / name).parent.mkdir(exist_ok=True)
        (pack / name).write_text(words, encoding="utf-8")

    return tamper


def silence(pack: Path) -> None:
    """A program that finds nothing wrong."""
    change_words(pack, "proof/report.py", r"self\.told\.append\(Told\(Finding\.FAILS, check, words\)\)", "pass")


def list_twice(pack: Path) -> None:
    change_words(pack, "MANIFEST", r"\A", f"{'0' * 64}  cover.pdf\n")


KINDS: Sequence[Kind] = (
    clumsy("The PDF of the cover page is replaced", write("cover.pdf", "%PDF"), "Files", "cover.pdf is not the file"),
    careful(
        "The PDF is replaced together with its digest",
        write("cover.pdf", "%PDF"),
        "Files",
        "MANIFEST is not the one that you were told",
        Eye.TOLD,
    ),
    careful(
        "The PDF is replaced together with its digest, where the signature can be checked",
        write("cover.pdf", "%PDF"),
        "Signature",
        "MANIFEST is not what the council signed",
        Eye.SIGNED,
    ),
    clumsy("A file is added", write("results/more.csv", "a,b\n"), "Files", "results/more.csv is not in MANIFEST"),
    clumsy("A file is removed", lambda pack: (pack / "cover.pdf").unlink(), "Files", "cover.pdf is missing"),
    clumsy("A file is listed twice", list_twice, "Reading", "MANIFEST lists cover.pdf twice"),
    clumsy(
        "The signature is swapped",
        write("MANIFEST.sig", FAKE_SIGNATURE + "\n"),
        "Signature",
        "MANIFEST is not what the council signed",
        Eye.SIGNED,
    ),
    careful(
        "The key beside the signature is swapped",
        write("proof/signing-key.txt", FAKE_KEY + "\n"),
        "Signature",
        "not the one that the audit chain announces",
    ),
    clumsy(
        "The program is changed so that nothing fails",
        silence,
        "Files",
        "proof/report.py is not the file",
        Eye.CLEAN,
    ),
    careful(
        "The program is changed together with its digest",
        silence,
        "Files",
        "MANIFEST is not the one that you were told",
        Eye.CLEAN,
    ),
    clumsy(
        "A compiled program is put beside the program",
        write("proof/__pycache__/report.cpython-311.pyc", "x"),
        "Files",
        "proof/__pycache__ is not in MANIFEST",
    ),
)
