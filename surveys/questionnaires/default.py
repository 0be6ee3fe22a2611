"""The questionnaire every installation starts with: one rating, was it dealt with, and why."""

from typing import Any

DEFAULT_SLUG = "contact"
DEFAULT_TITLE = "After a contact"

DEFAULT_DEFINITION: dict[str, Any] = {
    "questions": [
        {
            "key": "overall",
            "kind": "satisfaction",
            "text": {
                "en": "Overall, how satisfied or dissatisfied were you with the way we dealt with your recent contact?",
                "cy": "At ei gilydd, pa mor fodlon neu anfodlon oeddech chi gyda’r ffordd y gwnaethom "
                "ddelio â’ch cyswllt diweddar?",
            },
            "error": {
                "en": "Select how satisfied or dissatisfied you were",
                "cy": "Dewiswch pa mor fodlon neu anfodlon oeddech chi",
            },
        },
        {
            "key": "resolved",
            "kind": "choice",
            "text": {"en": "Was your query dealt with?", "cy": "A gafodd eich ymholiad ei ddatrys?"},
            "optional": True,
            "options": [
                {"code": "first_time", "text": {"en": "Yes, first time", "cy": "Do, y tro cyntaf"}},
                {
                    "code": "more_than_one",
                    "text": {"en": "Yes, after more than one contact", "cy": "Do, ar ôl mwy nag un cyswllt"},
                },
                {"code": "not_yet", "text": {"en": "Not yet", "cy": "Ddim eto"}},
                {"code": "no", "text": {"en": "No", "cy": "Naddo"}},
                {
                    "code": "do_not_know",
                    "text": {"en": "I do not know", "cy": "Dwi ddim yn gwybod"},
                    "apart": True,
                },
            ],
        },
        {
            "key": "why",
            "kind": "comment",
            "text": {"en": "Why did you give that answer?", "cy": "Pam wnaethoch chi roi’r ateb hwnnw?"},
            "hint": {
                "en": "Do not include names, account numbers or health details",
                "cy": "Peidiwch â chynnwys enwau, rhifau cyfrif na manylion iechyd",
            },
            "optional": True,
            "longest": 1000,
        },
    ]
}
