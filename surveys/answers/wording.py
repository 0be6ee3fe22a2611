"""The words around the questions on resident pages, by language."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "skip": "Skip to main content",
        "survey": "Your recent contact",
        "intro": "{council} asks about your recent contact. It takes about 1 minute. "
        "Your answers are reported together with those of others.",
        "continue": "Continue",
        "send": "Send answers",
        "back": "Back",
        "or": "or",
        "optional": "(optional)",
        "problem": "There is a problem",
        "error": "Error",
        "more": "A little more about your contact",
        "more_hint": "Your rating is saved. These questions are optional.",
        "thanks": "Answers sent",
        "thanks_words": "Thank you. We received your answers.",
        "next": "What happens next",
        "next_words": "We use all answers together to report on our services and to improve them. "
        "We do not read them straight away and cannot reply to you from here.",
        "complain": "How to complain",
        "complain_words": "An answer here is not a complaint. If you want to complain, contact {council}.",
        "complain_link": "Make a complaint",
        "danger": "If someone is in danger, call 999.",
        "held": "What we hold",
        "held_words": "We hold your answers and that they were given for this contact. "
        "Your address is kept apart from them and let go after the survey.",
        "privacy": "Privacy",
        "about": "About this survey",
        "stop_link": "Stop asking me",
        "stop": "Stop asking me about my contacts",
        "stop_words": "We will send you no more surveys, by text or by email. "
        "This does not affect the services you get.",
        "stop_button": "Stop asking me",
        "stopped": "We will not ask you again",
        "stopped_words": "You will get no more surveys from {council}.",
        "received": "We have your answers",
        "received_words": "Your answers were received before. Thank you: there is nothing more to do.",
        "expired": "This survey has ended",
        "expired_words": "It could be answered until {until}. Thank you for wanting to. "
        "You can still tell {council} what you think.",
        "expired_form": "The page was open for too long. Your answer was not saved: send it again.",
        "language": "Language",
        "not_read": "We do not read these answers straight away.",
        "chosen": "You were chosen by chance from the people who contacted us, by a rule that nobody can bend. "
        "Your address came from the record of your contact.",
        "basis": "{council} asks in the public interest, as part of its public task, to report on its services and "
        "improve them. Answering is up to you and does not affect the services you get.",
    },
    "cy": {
        "skip": "Neidio i’r prif gynnwys",
        "survey": "Eich cyswllt diweddar",
        "intro": "Mae {council} yn holi am eich cyswllt diweddar. Mae’n cymryd tua 1 munud. "
        "Adroddir ar eich atebion ynghyd ag atebion pobl eraill.",
        "continue": "Parhau",
        "send": "Anfon atebion",
        "back": "Yn ôl",
        "or": "neu",
        "optional": "(dewisol)",
        "problem": "Mae problem",
        "error": "Gwall",
        "more": "Ychydig mwy am eich cyswllt",
        "more_hint": "Mae eich sgôr wedi’i chadw. Mae’r cwestiynau hyn yn ddewisol.",
        "thanks": "Atebion wedi’u hanfon",
        "thanks_words": "Diolch. Rydym wedi cael eich atebion.",
        "next": "Beth sy’n digwydd nesaf",
        "next_words": "Rydym yn defnyddio’r holl atebion gyda’i gilydd i adrodd ar ein gwasanaethau ac i’w gwella. "
        "Nid ydym yn eu darllen ar unwaith ac ni allwn ateb oddi yma.",
        "complain": "Sut i gwyno",
        "complain_words": "Nid yw ateb yma yn gŵyn. Os ydych am gwyno, cysylltwch â {council}.",
        "complain_link": "Gwneud cwyn",
        "danger": "Os oes rhywun mewn perygl, ffoniwch 999.",
        "held": "Beth rydym yn ei gadw",
        "held_words": "Rydym yn cadw eich atebion a’r ffaith eu bod ar gyfer y cyswllt hwn. "
        "Cedwir eich cyfeiriad ar wahân a’i ddileu ar ôl yr arolwg.",
        "privacy": "Preifatrwydd",
        "about": "Am yr arolwg hwn",
        "stop_link": "Peidiwch â gofyn i mi",
        "stop": "Peidiwch â gofyn i mi am fy nghysylltiadau",
        "stop_words": "Ni fyddwn yn anfon rhagor o arolygon atoch, drwy neges destun nac e-bost. "
        "Nid yw hyn yn effeithio ar y gwasanaethau a gewch.",
        "stop_button": "Peidiwch â gofyn i mi",
        "stopped": "Ni fyddwn yn gofyn i chi eto",
        "stopped_words": "Ni fyddwch yn cael rhagor o arolygon gan {council}.",
        "received": "Mae gennym eich atebion",
        "received_words": "Cawsom eich atebion o’r blaen. Diolch: does dim mwy i’w wneud.",
        "expired": "Mae’r arolwg hwn wedi dod i ben",
        "expired_words": "Roedd modd ei ateb tan {until}. Diolch am fod eisiau gwneud. "
        "Gallwch ddweud eich barn wrth {council} o hyd.",
        "expired_form": "Roedd y dudalen ar agor am ormod o amser. Ni chadwyd eich ateb: anfonwch ef eto.",
        "language": "Iaith",
        "not_read": "Nid ydym yn darllen yr atebion hyn ar unwaith.",
        "chosen": "Cawsoch eich dewis ar hap o blith y bobl a gysylltodd â ni, drwy reol na all neb ei phlygu. "
        "Daeth eich cyfeiriad o gofnod eich cyswllt.",
        "basis": "Mae {council} yn gofyn er budd y cyhoedd, fel rhan o’i dasg gyhoeddus, er mwyn adrodd ar ei "
        "wasanaethau a’u gwella. Chi sydd i benderfynu a ydych am ateb; nid yw’n effeithio ar y gwasanaethau a gewch.",
    },
}
