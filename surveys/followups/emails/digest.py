"""The weekly email in words: how satisfied people were, what stands out, and what needs its reader."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from nlp.comments import Sentiment
from surveys.comments.urgent.words import counted
from surveys.core.clock import day_in_words
from surveys.followups.emails.charts import MONTHS, StandsOut, label_of, name_of
from surveys.followups.emails.cut import NOBODY, WHOLE, Cut, changes
from surveys.followups.emails.letters import Letter, Line, Section
from surveys.followups.emails.readers import Granted, Reader
from surveys.followups.emails.themes import Theme, Themes
from surveys.followups.emails.week import Week
from surveys.people.roles import Permission
from surveys.rates.comparing import Attained, Attainment, Judged, Verdict
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown
from surveys.rates.series import Series
from surveys.rates.targets import SetTarget
from surveys.rates.words import between, percent, response_sentence, target_sentence

MOST_LINES = 12
WHY = "You get this email each Monday because you manage services in Fairly."
CHANGED = {Verdict.HIGHER: "higher", Verdict.LOWER: "lower", Verdict.NO_CLEAR_DIFFERENCE: "no clear change"}
OPENING = (
    "Hello. This is how satisfied people were with your services, and what may need you. Answers for both months still "
    "come in, so figures may move. Each range is a 95% confidence interval: it covers sampling error only."
)


def digest_for(reader: Reader, week: Week, monday: date) -> Letter:
    cut = Cut(week, reader.services(Permission.READ_RATES))
    sections = [
        Section("What needs you", needs(reader, cut)),
        Section("Cases", cases(Cut(week, reader.services(Permission.HANDLE_CASES)))),
        Section("Very or fairly satisfied", headline(cut)),
        Section("Your services", services(cut)),
        Section("What stands out", signals(cut)),
        Section("Targets", targets(cut)),
        Section("What people wrote about", themes(week, reader.services(Permission.READ_COMMENTS))),
    ]
    subject = f"Customer satisfaction: your week from {day_in_words(monday)}"
    return Letter(subject, OPENING, tuple(section for section in sections if section.lines), WHY)


def needs(reader: Reader, cut: Cut) -> tuple[Line, ...]:
    """Only what its reader may do something about."""
    found = []
    urgents = Cut(cut.week, reader.services(Permission.SEE_URGENT)).urgents
    if urgents.waiting:
        waiting = counted(urgents.waiting, "urgent comment")
        verb = "waits" if urgents.waiting == 1 else "wait"
        words = f"{waiting} {verb} for somebody to read, {urgents.new or 'none'} new this week."
        found.append(Line(words, "/comments/urgent", "Read urgent comments"))
    own = [one for one in missed(cut) if one[0].owner_id == reader.id]
    if own:
        words = f"{counted(len(own), 'target')} that you answer for {'was' if len(own) == 1 else 'were'} not met."
        found.append(Line(words, *to_targets(cut.week.last)))
    if reader.council_wide(Permission.DIRECT_SENDING):
        sending = cut.week.sending
        if sending.paused:
            found.append(Line("Sending is paused: nobody is being asked.", "/invitations", "See sending"))
        if sending.uncertain:
            words = f"{counted(sending.uncertain, 'message')} may or may not have been sent."
            found.append(Line(words, "/invitations/uncertain", "Decide about them"))
    return tuple(found) or (Line("Nothing needs you this week."),)


def cases(cut: Cut) -> tuple[Line, ...]:
    """None where nothing happened and nothing is open."""
    found = cut.cases
    if not (found.new or found.closed or found.open):
        return ()
    week = f"{counted(found.new, 'new case')} and {found.closed or 'none'} closed this week."
    late = f"{found.late or 'none'} of them late" if found.open else ""
    now = f"{counted(found.open, 'case')} open now, {late}." if found.open else "None is open now."
    path, called = ("/cases?view=late", "See late cases") if found.late else ("/cases", "See cases")
    return (Line(f"{week} {now}", path, called),)


def headline(cut: Cut) -> tuple[Line, ...]:
    week = cut.week
    judged = changes(cut.now, cut.before, [WHOLE]).get(WHOLE)
    months = ((week.running, cut.now), (week.last, cut.before))
    lines = [Line(month_sentence(cut, month, shown.get(WHOLE, NOBODY))) for month, shown in months]
    if judged:
        lines.append(Line(f"Unweighted, this month against last: {CHANGED[judged.verdict]}."))
    lines.append(Line(f"{week.last.label}: {response_sentence(cut.response)}", *to_home(cut.week.running)))
    return tuple(lines)


def month_sentence(cut: Cut, month: Month, found: Shown) -> str:
    """The weighted rate beside the unweighted one, where there are several services or channels."""
    when = label_of(month, cut.week.running)
    weighted = cut.weighted(month) if found.share is not None and found.base else None
    if weighted is None:
        return f"{when}: {rate_words(found)}."
    contacts = f"{percent(weighted.share)} ({between(weighted.interval)}) weighted to all contacts"
    return f"{when}: {contacts}; {rate_words(found)} unweighted."


def rate_words(shown: Shown) -> str:
    if shown.base == 0:
        return "nobody has answered yet"
    if shown.base is None or shown.share is None or shown.interval is None:
        return "too few answers to show"
    few = "" if shown.reliable else ", too few to rely on"
    return f"{percent(shown.share)} ({between(shown.interval)}; {counted(shown.base, 'answer')}{few})"


def services(cut: Cut) -> tuple[Line, ...]:
    """Each service this month and last, those that clearly changed first; one service alone is the headline already."""
    own = [Series(service) for service in cut.cube.by_service]
    if len(own) < 2:
        return ()
    judged = changes(cut.now, cut.before, own)
    own.sort(key=lambda one: one not in judged or judged[one].verdict is Verdict.NO_CLEAR_DIFFERENCE)
    return tuple(
        first_of([Line(service_sentence(cut, one, judged.get(one))) for one in own], *to_home(cut.week.running))
    )


def service_sentence(cut: Cut, one: Series, judged: Judged | None) -> str:
    week, name = cut.week, name_of(one, cut.cube.names)
    this, last = rate_words(cut.now.get(one, NOBODY)), rate_words(cut.before.get(one, NOBODY))
    changed = f": {CHANGED[judged.verdict]}" if judged else ""
    return f"{name}: {this} in {label_of(week.running, week.running)}, {last} in {week.last.label}{changed}."


def signals(cut: Cut) -> tuple[Line, ...]:
    lines = [signal_line(one, cut.week.running) for one in cut.standing_out]
    return tuple(first_of(lines, *to_home(cut.week.running))) or (Line("Nothing is outside its usual range."),)


def signal_line(one: StandsOut, running: Month) -> Line:
    return Line(one.sentence, path_of(one.series, running.plus(1 - MONTHS), running), f"Chart: {one.name}")


def path_of(series: Series, first: Month, last: Month) -> str:
    """The page of rates about a series."""
    pairs = [("from", str(first)), ("to", str(last))]
    channel = [("channel", series.channel.value)] if series.channel else []
    if series.service is not None:
        return f"/rates/service/{series.service}?{urlencode([*pairs, *channel])}"
    if series.channel is not None:
        return f"/rates/channel/{series.channel.value}?{urlencode(pairs)}"
    return f"/?{urlencode(pairs)}"


def targets(cut: Cut) -> tuple[Line, ...]:
    """Those that were not met, each in words, and how many there are."""
    found = [(target, attained) for target, attained in cut.targets if attained]
    if not cut.targets:
        return ()
    counts = {verdict: sum(one.attainment is verdict for _, one in found) for verdict in Attainment}
    told = [f"{counts[Attainment.MET]} met", f"{counts[Attainment.NOT_MET]} not met"]
    told.append(f"for {counts[Attainment.CANNOT_TELL]} the answers cannot tell")
    if silent := len(cut.targets) - len(found):
        told.append(f"{silent} without enough answers to show")
    names, last = cut.cube.names, cut.week.last
    called = f"{counted(len(cut.targets), 'target')}"
    pages = to_targets(last)
    first = Line(f"{last.label}, of {called}: {', '.join(told)}.", *pages)
    missed_ones = [Line(target_sentence(name_of(target.series, names), one)) for target, one in missed(cut)]
    return (first, *first_of(missed_ones, *pages))


def missed(cut: Cut) -> list[tuple[SetTarget, Attained]]:
    return [(target, one) for target, one in cut.targets if one and one.attainment is Attainment.NOT_MET]


def themes(week: Week, granted: Granted) -> tuple[Line, ...]:
    """The best and the worst since the beginning of last month, by shares of labels: no comment's words."""
    found = Themes(week.themes, week.labels, granted)
    told = (
        (found.leader(Sentiment.POS), "Praised most", "positive"),
        (found.leader(Sentiment.NEG), "Criticised most", "negative"),
    )
    return tuple(theme_line(week, theme, *words) for theme, *words in told if theme)


def theme_line(week: Week, theme: Theme, first: str, side: str) -> Line:
    share = f"{percent(theme.share)} of comments about it were {side}"
    query = urlencode([("from", str(week.last)), ("to", str(week.running)), ("theme", theme.name)])
    since = f"{counted(theme.base, 'comment')} since the start of {week.last.label}"
    words = f"{first}: {theme.label}. {share} ({between(theme.interval)}; {since})."
    return Line(words, f"/comments?{query}", f"Comments about {theme.label.lower()}")


def to_targets(month: Month) -> tuple[str, str]:
    return f"/rates/targets?{urlencode([('from', str(month)), ('to', str(month))])}", "See all targets"


def to_home(running: Month) -> tuple[str, str]:
    return path_of(WHOLE, running.plus(1 - MONTHS), running), "See all figures"


def first_of(lines: Iterable[Line], path: str, called: str) -> list[Line]:
    """A long list ends with how many more there are, and where."""
    lines = list(lines)
    more = len(lines) - MOST_LINES
    return lines if more <= 1 else [*lines[:MOST_LINES], Line(f"And {more} more.", path, called)]
