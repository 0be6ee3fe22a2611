"""For administrators: the kiosks and posters, their addresses, and the poster to print."""

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from surveys.answers.models import CollectionPoint, PointKind
from surveys.answers.point_forms import PointForm
from surveys.answers.points import add_point, address_of, change_address, close_point, find_point, standings
from surveys.answers.poster import Poster, poster_pdf
from surveys.answers.qr import as_svg
from surveys.contacts.models import Channel
from surveys.core.db import transaction
from surveys.core.refusals import Gone, NotFound, Refused
from surveys.core.settings import Settings
from surveys.people.accounts import all_services, find_service

blueprint = Blueprint("points", __name__)


@blueprint.get("/points")
def index() -> str:
    return render_template("points/index.html", standings=standings())


@blueprint.route("/points/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | AnyResponse:
    form = PointForm()
    form.offer(all_services())
    if form.validate_on_submit():
        try:
            with transaction():
                service = find_service(form.service_id.data)
                point = add_point(PointKind(form.kind.data), form.place.data, service.id, Channel(form.channel.data))
        except Refused as refusal:
            form.place.errors = [refusal.words]
        else:
            flash(f"{point.kind.value.capitalize()} added.", "success")
            return redirect(url_for("points.show", point_id=point.id), 303)
    page = render_template("people/form.html", form=form, title="Add a kiosk or poster", back=url_for("points.index"))
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/points/<int:point_id>")
def show(point_id: int) -> str:
    point = find_point(point_id)
    return render_template(
        "points/point.html",
        point=point,
        service=find_service(point.service_id),
        address=address_of(point),
        code=as_svg(address_of(point)),
        form=FlaskForm(),
    )


@blueprint.get("/points/<int:point_id>/poster.pdf")
def poster(point_id: int) -> Response:
    point = find_point(point_id)
    if point.kind is not PointKind.POSTER:
        raise NotFound("A kiosk has no poster. Add a poster for the same place.")
    if point.closed_at is not None:
        raise Gone("This poster was closed. Nobody could answer by it.")
    response = make_response(poster_pdf(poster_of(point)))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="poster-{point.id}.pdf"'
    return response


def poster_of(point: CollectionPoint) -> Poster:
    settings: Settings = current_app.extensions["settings"]
    service = find_service(point.service_id)
    return Poster(settings.council_name, settings.council_colour, service.name, point.place, address_of(point))


@blueprint.post("/points/<int:point_id>/address")
def new_address(point_id: int) -> AnyResponse:
    with transaction():
        change_address(find_point(point_id))
    flash("There is a new address. The old one has stopped working.", "success")
    return redirect(url_for("points.show", point_id=point_id), 303)


@blueprint.post("/points/<int:point_id>/close")
def close(point_id: int) -> AnyResponse:
    with transaction():
        close_point(find_point(point_id))
    flash("Closed. Its address has stopped working.", "success")
    return redirect(url_for("points.index"), 303)
