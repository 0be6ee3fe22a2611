"""The sites of public bodies: their bare names say nothing about a resident."""

from nlp.redaction.recognisers.matching import pattern

PUBLIC = pattern(r"(?:https?://)?(?:[a-z0-9\-]+\.)*(?:gov\.uk|gov\.wales|nhs\.uk|nhs\.wales|police\.uk)/?")
