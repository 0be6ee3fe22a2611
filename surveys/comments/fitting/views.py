"""/comments/model: which model labels comments, how good it is, who challenges it, and one click back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from surveys.comments.fitting.agreement import FEWEST as FEWEST_PAIRS
from surveys.comments.fitting.challenger import due, new_corrections, serve
from surveys.comments.fitting.figures import find_standing, lines, newest_models, other_labels, words_for
from surveys.comments.fitting.learning import pairs_of_verdicts
from surveys.comments.fitting.trials import FEWEST_COMMENTS, FEWEST_POSITIVES
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.models import Standing
from surveys.comments.labels.relabelling import progress
from surveys.comments.labels.stored_models import refuse
from surveys.comments.labels.suggestions import suggestions_only
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.queue import ask
from surveys.core.refusals import Conflict

blueprint = Blueprint("label_models", __name__)
STANDING_WORDS = {
    Standing.CHAMPION: "Labels comments now",
    Standing.CHALLENGER: "Waits for a decision",
    Standing.FORMER: "Labelled comments before",
    Standing.REFUSED: "Refused",
}


@blueprint.get("/comments/model")
def show() -> str:
    models = newest_models()
    champion = next((model for model in models if model.standing is Standing.CHAMPION), None)
    challenger = next((model for model in models if model.standing is Standing.CHALLENGER), None)
    before = next((m for m in models if champion and champion.trial and m.id == champion.trial.beside_id), None)
    return render_template(
        "comments/model.html",
        champion=champion,
        challenger=challenger,
        before=before,
        models=models,
        lines=lines,
        other_labels=other_labels,
        names=words_for(frame_in_force()),
        standings=STANDING_WORDS,
        news=new_corrections(),
        due=due(),
        progress=progress(),
        pairs=len(pairs_of_verdicts()),
        fewest_pairs=FEWEST_PAIRS,
        fewest_comments=FEWEST_COMMENTS,
        fewest_positives=FEWEST_POSITIVES,
        suggestions=suggestions_only(),
    )


@blueprint.post("/comments/model/refit")
def refit() -> Response:
    if due():
        ask("comments.refit")
        flash("A new model is being fitted. This takes a minute or so; open the page again then.", "success")
    else:
        flash("Nothing was checked since the last model was fitted, so a new one would be the same.", "info")
    return redirect(url_for("label_models.show"), 303)


@blueprint.post("/comments/model/<int:number>/use")
def use(number: int) -> Response:
    """Promote a challenger, or go back to an older model."""
    with transaction():
        find_standing(number)
        serve(number, now(), because="a person decided")
    flash("This model labels comments from now on. Those it has not seen yet are labelled again.", "success")
    return redirect(url_for("label_models.show"), 303)


@blueprint.post("/comments/model/<int:number>/refuse")
def put_aside(number: int) -> Response:
    with transaction():
        if find_standing(number) is not Standing.CHALLENGER:
            raise Conflict("This model does not wait for a decision any more.")
        refuse(number, now(), because="a person decided")
    flash("The model is refused. The one that labels comments stays.", "success")
    return redirect(url_for("label_models.show"), 303)
