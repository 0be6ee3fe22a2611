"""What made-up residents say whatever the service: short words, staff, outcomes, endings, slips and Welsh.

{one|other} means either. No phrase holds a name, a number of an account or anything else of a person.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Sentences without capital and full stop, by the mood of who says them."""

    good: tuple[str, ...]
    bad: tuple[str, ...]


SHORT = Phrases(
    good=(
        "{very|really} {helpful|good|quick|efficient}",
        "{great|good|excellent|brilliant|first class} service",
        "all sorted{| thanks| in one go| straight away}",
        "{no problems|no complaints|nothing to complain about}",
        "quick and {easy|friendly|polite|clear}",
        "{friendly|polite|helpful|kind} staff",
        "got {what I needed|my answer|it done}",
        "{fine|ok thanks|happy with that|can't fault it}",
        "did what {they|you} said",
        "easy",
        "👍",
        "10 out of 10",
        "it just worked",
        "thank you {so much|very much|all}",
    ),
    bad=(
        "{rubbish|useless|terrible|awful|poor|hopeless|shocking} service",
        "still {waiting|not sorted|no reply|no further forward}",
        "waste of {time|my morning|a lunch hour|money}",
        "nobody {called back|listened|cared|knew anything}",
        "{took|takes} {far too|too|ages, much too} long",
        "not good enough",
        "no help {at all|whatsoever}",
        "passed {around|from pillar to post|from one to another}",
        "{rude|not interested|couldn't care less}",
        "a joke",
        "disgusted",
        "sort it out",
        "see my other {complaint|emails|calls}",
    ),
)
STAFF = Phrases(
    good=(
        "the {lady|man|person|young man|adviser} I {spoke|talked} to "
        "{was {very patient|really kind|a credit to the council}|could not have been {kinder|more helpful}}",
        "{staff|they|the team} {listened|took the time to listen} and did not {rush|hurry} me",
        "{staff|the adviser|whoever I spoke to} knew {just what to do|the rules inside out|the answer straight away}",
        "I was treated {with respect|like a person|kindly|as an individual}",
        "she {explained|went through} everything {step by step|in plain English|twice without sighing}",
        "he {stayed with it|rang round|went out of his way} until it was {sorted|done|clear}",
        "{polite|friendly|cheerful} and {professional|to the point|knowledgeable}",
        "they {apologised|said sorry} for the {mix up|delay} and {put it right|meant it}",
        "it made {such a|a real} difference to talk to somebody who {cared|understood}",
    ),
    bad=(
        "the {person|adviser|man|woman} I {spoke|talked} to was "
        "{rude|abrupt|not interested|reading from a script|plainly in a hurry}",
        "{nobody|not one of them} {took|would take} responsibility",
        "I was {talked over|spoken to like a child|made to feel like a nuisance|made to feel it was my fault}",
        "{every|each} time I {ring|ask|come in} I get a different {answer|story|person}",
        "they did not {seem to know|know} {the rules|what they were talking about|their own forms}",
        "I was told somebody would {ring|call|get} back and {nobody did|that was a {week|fortnight|month} ago}",
        "I had to {explain|repeat} {it all|everything|my whole story} {three|four|five} times",
        "{no empathy|no understanding} at all for {people|someone} in my {situation|position}",
        "all I got was {excuses|sorry, and then nothing|a link to the website}",
    ),
)
OUTCOME = Phrases(
    good=(
        "it was {sorted|dealt with|resolved} {there and then|the same day|on the spot|in ten minutes|within the week}",
        "everything was {put right|corrected|done} {at once|as promised|without fuss}",
        "I {got|had} a clear answer and {know where I stand|know what happens next|could plan around it}",
        "they {kept|stuck to} their word",
        "I have had {it in writing|the letter|an email} since{, as they said|, just as promised|}",
        "my {form|application|report} went through {first time|with no bother|the next day}",
    ),
    bad=(
        "{nothing|absolutely nothing} has {happened|been done|changed} since",
        "I am {still|now} {no further on|back where I started|waiting to hear}",
        "it is {now|going on} {three|four|six|eight} weeks and {no answer|not a word|it is still not right}",
        "the {problem|mistake} {came back|was made again} {the next day|a week later|twice|straight away}",
        "I was {promised|given} a date and it {came and went|passed without a word}",
        "I {gave up|had to give up|had to ask my councillor|ended up doing it myself}",
    ),
)
ENDINGS = Phrases(
    good=(
        "{thank you|thanks|many thanks|much appreciated}",
        "keep {it up|up the good work}",
        "{please|do} pass on my thanks",
        "{I|only} wish {everyone|the other departments|my bank} were {like that|as good}",
        "{so|very} grateful",
        "I will {use it|ring|come in} again",
        "{better|much better} than {I expected|last time|last year}",
        "credit where it is due",
    ),
    bad=(
        "we pay {enough|more every year} for {this|it}",
        "{please|can somebody please} {just sort it out|get this sorted|do something}",
        "I {shall|will} be {complaining|writing to my councillor|taking it further}",
        "it {should not|shouldn't} be this {hard|difficult}",
        "{get|bring back} more staff",
        "not what I {call|would call} {service|a service}",
        "{disappointed|very disappointed|fed up|past caring}",
        "it used to be {better|so much better|easier}",
        "I don't expect {a reply|anything will change}",
    ),
)
JOINED = (", but", " but", " but then", ". However,", ". Mind you,", ". That said,", ", although", " though")
# Slips of people who type in a hurry.
SLIPS = {
    "received": "recieved",
    "because": "becuase",
    "council": "counsil",
    "definitely": "definately",
    "separate": "seperate",
    "appointment": "appointmant",
    "their": "thier",
    "helpful": "helpfull",
    "really": "realy",
    "address": "adress",
    "responsibility": "responsability",
    "professional": "proffesional",
    "knowledgeable": "knowlegable",
    "waiting": "waitng",
    "library": "libary",
    "could not have": "couldnt of",
    "should not": "shouldnt",
    "do not": "dont",
    "did not": "didnt",
    "straight": "strait",
    "different": "diffrent",
    "explained": "explaned",
    "friendly": "freindly",
}
WELSH = Phrases(
    good=(
        "{diolch yn fawr|diolch o galon|diolch am eich help}",
        "gwasanaeth {ardderchog|da iawn|cyflym}",
        "{staff|roedd y staff yn} {cyfeillgar a chwrtais|barod iawn i helpu}",
        "cefais ateb {clir|yn syth|y diwrnod hwnnw}",
        "{braf|mor braf} cael {gwasanaeth|siarad â rhywun} yn Gymraeg",
        "cafodd popeth ei ddatrys {ar unwaith|y tro cyntaf|yn ddidrafferth}",
    ),
    bad=(
        "{dal i aros|dim ateb o hyd|rwy’n dal i ddisgwyl}",
        "{neb|doedd neb} ar gael i siarad Cymraeg",
        "roedd rhaid aros {yn rhy hir|hanner awr|dros awr}",
        "{gwael iawn|siomedig iawn|ddim yn ddigon da}",
        "roedd y ffurflen {ddim yn gweithio|yn rhy gymhleth|yn Saesneg yn unig}",
        "cefais ateb gwahanol {bob tro|gan bawb}",
    ),
)
