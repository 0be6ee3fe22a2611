"""flask comments ..."""

from datetime import date

import click

from surveys.comments.fitting.challenger import gather, settle, tried
from surveys.comments.fitting.tasks import catch_up
from surveys.comments.labels.relabelling import progress
from surveys.comments.labels.stored_models import champion_id
from surveys.comments.reading.first_look import put_back_unreadable
from surveys.comments.themes.figures import check, mend, roll_up_themes
from surveys.core.clock import now
from surveys.core.commands import Commands, tell
from surveys.core.db import db, transaction

comments = Commands("comments", help="What residents wrote.")


@comments.command("train")
def train() -> None:
    """Fit a model now from what comes with Fairly and from all corrections, and try it beside the champion."""
    material = gather()
    db.session.rollback()
    click.echo(f"Corrections to learn from: {len(material.learned):,}; to measure on: {len(material.sample):,}.")
    trial = tried(material)
    with transaction():
        standing = settle(material, trial, now())
    if standing is None:
        click.echo("There is nothing new to learn; the model that labels comments stays.")
        return
    click.echo(f"The new model is {standing.value}: {trial.verdict.outcome.value.replace('_', ' ')}.")
    for name, figures in (("new model", trial.figures), ("champion so far", trial.beside)):
        if figures is not None:
            mean = figures.macro_f1(figures.topics)
            click.echo(f"{name}: macro F1 {mean or 0:.3f} on {figures.comments:,} comments that people labelled")


@comments.command("read")
@click.option("--again", is_flag=True, help="Those too that could not be redacted before.")
def read(again: bool) -> None:
    """Read, label and count all comments that wait, now."""
    if again:
        with transaction():
            put_back_unreadable()
    done, labelled = catch_up(now())
    click.echo(f"{done:,} comments read, {labelled:,} labelled.")


@comments.command("recount")
def recount() -> None:
    """Count every comment again and put right all figures by theme that differ."""
    with transaction():
        roll_up_themes()
        days = mend(date.min)
    click.echo(f"Figures of {days:,} days put right.")


@comments.command("check")
def check_figures() -> None:
    """Compare every figure by theme with a recount; exit with 1 where one differs."""
    found, model = check(), champion_id()
    labelled = progress()
    click.echo(
        f"{labelled.done:,} of {labelled.all:,} labelled comments have their labels from model {model or 'none'}."
    )
    waits = "comments wait for the next roll-up; their days were not compared."
    tell(found, waits, "comments", "flask comments recount")
