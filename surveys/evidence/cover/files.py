"""What each file of a pack is, in words, for its cover page. Pure but for looking which files are there."""

from pathlib import Path

# In the order in which a reader should meet them. A name that ends in a slash stands for all in that folder.
FILES = {
    "index.html": "this page",
    "cover.pdf": "this page to print, tagged for screen readers",
    "verify.py": "checks the pack: the draw, the figures, the seals, the audit trail and every file",
    "results.xlsx": "every table and the charts as a workbook for Excel",
    "results.ods": "the same as an OpenDocument workbook",
    "datapackage.json": "what each table and column means, for programs (Frictionless Data Package)",
    "results/": "the tables as CSV, each with its description for programs (CSV on the Web)",
    "restricted/microdata.csv": "every answer of the period, without anything that leads to a person",
    "restricted/groups.csv": "ratings by what residents told of themselves, each question by itself",
    "restricted/frame.csv": "every contact of the period and what the draw said of it, without addresses",
    "restricted/plans.json": "the sampling plans with rates, rules and, once their month is over, keys",
    "method/about.json": "the period and where the pack was cut off",
    "method/services.csv": "the services by number and short name",
    "method/questionnaires/": "each version of each questionnaire that was in use, whole",
    "proof/audit.jsonl": "the audit trail up to the cutoff, entry by entry",
    "proof/other_answers.csv": "digests of answers of other periods that were sealed on the same days",
    "proof/other_draws.csv": "digests of draws of other periods that were sealed on the same days",
    "proof/signing-key.txt": "the public key that the pack is signed with",
    "proof/": "the program that verify.py runs, in plain Python",
    "MANIFEST": "the digest of every other file",
    "MANIFEST.sig": "the signature of MANIFEST",
}
# Written after the cover page, for MANIFEST lists it.
LATER = ("index.html", "cover.pdf", "proof/signing-key.txt", "MANIFEST", "MANIFEST.sig")


def files_of(folder: Path) -> list[tuple[str, str]]:
    """(name, what it is) of those that this pack has."""
    return [(name, words) for name, words in FILES.items() if name in LATER or (folder / name).exists()]
