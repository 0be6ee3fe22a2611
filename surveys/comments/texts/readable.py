"""One comment by its number, for somebody who may read it."""

from surveys.comments.texts.models import Comment, CommentState
from surveys.core.db import db
from surveys.core.refusals import Gone, NotFound
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission


def readable(number: int, permission: Permission) -> Comment:
    """The comment, for somebody who may do this with comments on its service. Raises Gone once its text was let go."""
    comment = comment_numbered(number, services_allowed(permission))
    if comment.state is CommentState.LET_GO:
        raise Gone("The text of this comment is no longer kept. Its labels still count in the figures.")
    return comment


def comment_numbered(number: int, services: frozenset[int] | None) -> Comment:
    """Raises NotFound where it is of none of these services, in the same words as where there is none."""
    comment = db.session.get(Comment, number)
    if comment is None or (services is not None and comment.service_id not in services):
        raise NotFound("There is no such comment, or it is about a service that your account does not cover.")
    return comment
