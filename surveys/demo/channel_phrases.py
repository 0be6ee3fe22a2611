"""What made-up residents say of the way they got in touch."""

from surveys.contacts.models import Channel
from surveys.demo.phrases import Phrases

WAYS = {
    Channel.PHONE: Phrases(
        good=(
            "the phone was answered {at once|in two rings|quickly|within a minute}",
            "I {was not|did not have to be} passed around",
            "it took one call{| of five minutes}",
            "{you|they} rang back when {you|they} said {you|they} would",
            "lovely to speak to a {real person|human being}",
        ),
        bad=(
            "I was on hold for {20|25|35|40|50} minutes{| listening to that music}",
            "I was {cut off|disconnected} {twice|three times|after half an hour}",
            "{too many|far too many} options before you {reach|get to} a person",
            "the recorded message {goes on for ever|tells you to use the website}",
            "I was {put through|transferred} to the wrong {team|department} {twice|and back again}",
        ),
    ),
    Channel.FACE_TO_FACE: Phrases(
        good=(
            "I was seen {in five minutes|straight away|on time|without an appointment}",
            "it helps to {see|sit down with} somebody face to face",
            "the {desk|hub|office} is {easy to get to|bright and clean|well run}",
            "I was {greeted|welcomed} at the door and shown where to {go|sit}",
            "they {let me sit|found me a chair} as I {cannot stand long|was unsteady}",
        ),
        bad=(
            "the queue was {out of the door|over an hour|longer than ever}",
            "{two|one} of {six|five} desks open and {a full room|people standing}",
            "there is no {privacy|private room}, everybody hears {your business|it all}",
            "I had {an appointment|a booked time} and {still waited|waited} {40 minutes|an hour}",
            "I was told to {go home and|} do it online{, but I have no computer|}",
        ),
    ),
    Channel.WEB: Phrases(
        good=(
            "the form {took two minutes|was simple|worked on my phone}",
            "I could do it {at night|at ten in the evening|in my own time}",
            "I {had|got} {a reference|a confirmation} {at once|by email}",
            "the website {was clear|is much better now|told me what I needed}",
        ),
        bad=(
            "the form {crashed|timed out|lost everything} {at the last page|twice|after 20 minutes}",
            "you {cannot|can't} find anything on {the|that} website",
            "it {would not|won't} take my {postcode|photo|date of birth}",
            "it {makes|made} me {create an account|log in three times} for {one question|something so simple}",
            "no {confirmation|way to see what happened to it}",
        ),
    ),
    Channel.EMAIL: Phrases(
        good=(
            "I had a reply {within the hour|the same day|by next morning}",
            "the {reply|email} answered {all my questions|everything|what I asked}",
            "good to have it in writing",
        ),
        bad=(
            "it took {nine|ten|fourteen|twenty} days to get {a reply|an answer}",
            "the reply {was copied and pasted|did not answer my question|was for somebody else's question}",
            "I {sent|wrote} three emails and got {one|three} automatic {reply|replies}",
            "you cannot {reply to|answer} the email, it {bounces|says do not reply}",
        ),
    ),
    Channel.WEBCHAT: Phrases(
        good=(
            "the chat was {quick|instant|better than ringing}",
            "I could {keep|save} what was {said|written}",
            "I did it in my {break|lunch hour} without ringing",
        ),
        bad=(
            "the chat {closed|dropped|ended} before I {finished|had an answer}",
            "it is a {robot|machine} and does not understand {the question|plain English}",
            "they were {plainly|obviously} talking to {five|ten} people at once",
        ),
    ),
    Channel.POST: Phrases(
        good=(
            "my letter was answered {properly|with care|within a week}",
            "good that you {still take|can still send} a letter",
        ),
        bad=(
            "my letter {was lost|was never answered|took a month}",
            "the reply came {second class|in tiny print} {two days|a week} after the deadline",
            "I sent {the originals|my papers} and {have not|haven't} had them back",
        ),
    ),
    Channel.OTHER: Phrases(
        good=(
            "you {replied|answered} to my {post|message} {in minutes|on a Saturday}",
            "so simple to {text|message} you",
        ),
        bad=(
            "you {ignore|ignored} messages on {there|your page}",
            "I was told to {ring|email} {instead|, which is why I messaged}",
        ),
    ),
}
