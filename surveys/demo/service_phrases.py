"""What made-up residents say of each service: what it was about, what went well and what did not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """Openings say what the contact was about; good and bad are reasons that only this service gives."""

    openings: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


SUBJECTS = {
    "council-tax": Subject(
        openings=(
            "it was about my council tax {bill|band|account|direct debit}",
            "I {asked|got in touch} about the single person discount",
            "we had just {moved in|moved out|bought the flat} and wanted the bill changed",
            "I {had a reminder|had a summons} for a bill that I had {paid|already paid|never received}",
            "I wanted to {spread|split} the {payments|instalments} over twelve months",
            "my {mother|father|late husband|late wife}'s council tax needed {stopping|sorting}",
        ),
        good=(
            "the discount was {backdated|put on} {straight away|while I waited}",
            "they {set up|arranged} a payment plan I can {manage|afford}",
            "the new bill {came|arrived} {within days|the next week} and was right",
            "the {band|bill|instalments} was explained so I {understood|could follow} it",
            "they {cancelled|took off} the summons costs {at once|when they saw the mistake}",
        ),
        bad=(
            "the bill is {still wrong|wrong again|wrong for the third time}",
            "you {take|took} the direct debit {twice|on the wrong day|after I had moved}",
            "I was {threatened with|sent} a summons while {waiting for|you had} my {form|payment|reply}",
            "the {discount|exemption} {has gone missing|was taken off without a word}",
            "the bill went up and nobody can {say|explain} why",
        ),
    ),
    "benefits": Subject(
        openings=(
            "I {asked|rang|came in} about my {housing benefit|council tax support|claim}",
            "my {hours|wages|rent} changed and I had to {tell you|let you know}",
            "it was about {a letter|an overpayment|a form} I did not understand",
            "I wanted to know how long my {claim|application} would take",
            "I had to bring in {payslips|my tenancy agreement|proof of rent}",
        ),
        good=(
            "my claim was {done|put right|paid} {in a week|quicker than I was told}",
            "they {went through|helped me fill in} the form {line by line|with me}",
            "I was told about {extra help|a hardship payment} I had {no idea|never known} about",
            "they copied my papers {on the spot|there and then}",
            "nobody {judged me|made me feel small}",
        ),
        bad=(
            "you {lost|have lost} my {payslips|papers|form} {again|twice}",
            "my {rent|landlord} {is not paid|is chasing me} because of your {delay|mistake}",
            "I keep {sending|being asked for} the same {proof|papers|payslips}",
            "the letters {contradict each other|make no sense|say one thing and the website another}",
            "the overpayment was your {mistake|error} and I have to pay it",
        ),
    ),
    "parking": Subject(
        openings=(
            "it was about a {parking fine|penalty charge|ticket}{| outside my own house}",
            "I {renewed|applied for|asked about} my resident's permit",
            "I wanted {visitor permits|a permit for a carer|a permit for a hire car}",
            "the {machine|app|meter} {would not take|took} my {card|money}",
            "I {appealed|challenged} a ticket",
            "I asked about blue badge {bays|parking}",
        ),
        good=(
            "the permit was {through|ready|emailed} in {minutes|an hour|a day}",
            "the ticket was {cancelled|looked at again} {fairly|without argument}",
            "they {changed|moved} the permit to my new car {at once|over the phone}",
            "it was clear {which|what} {proof|papers} I needed",
            "the visitor permits {work well on the phone|are well thought out}",
        ),
        bad=(
            "the new {permit system|app|machines} {does not work|keeps crashing|is hopeless}",
            "I got a {ticket|fine} while {waiting for|you dealt with} my {permit|renewal}",
            "the appeal was {refused|turned down} with a {standard letter|letter that ignored what I wrote}",
            "the price of a permit has {doubled|gone up again} and there are {no spaces|fewer bays}",
            "you can no longer {speak|talk} to anybody about {a fine|a ticket}",
            "{nobody|no one} {checks|patrols} our road and we {cannot|never can} park",
        ),
    ),
    "libraries": Subject(
        openings=(
            "I {joined|brought my grandson to|went into} the library",
            "I wanted to {renew|reserve|order} {a book|some books|large print books}",
            "I asked for help with {the computers|printing|a form|my tablet}",
            "we came to {story time|the reading challenge|the homework club}",
            "I asked about {opening hours|the mobile library|the home delivery service}",
        ),
        good=(
            "the {book|order} came in {two days|less than a week}",
            "the children {loved|adore} {it|story time|the summer reading challenge}",
            "they {helped|showed} me how to {print|scan|borrow online}",
            "it is {warm|quiet|welcoming} and {always|so} well kept",
            "nothing is {ever|too much} trouble {there|for them}",
        ),
        bad=(
            "it is {shut|closed} {more often than open|when people can come|on the days I can come}",
            "the computers {are so slow|were all broken|log you out halfway}",
            "I was {charged|fined} for a book I had {returned|brought back}",
            "there are {fewer and fewer|hardly any} new books",
            "the {toilets|lift} {have|has} been out of order for {weeks|months}",
        ),
    ),
    "trading-standards": Subject(
        openings=(
            "I {reported|complained about} a {rogue builder|cowboy roofer|doorstep seller}",
            "it was about {a faulty car|a scam letter|fake goods at a market}",
            "I {asked for advice|got in touch} about a {refund|deposit} a shop would not give back",
            "a {shop|van} near the school was selling {vapes|tobacco} to children",
        ),
        good=(
            "I got my {money|deposit} back {thanks to|because of} your advice",
            "they {took it seriously|acted on it} and {rang|came} back to tell me",
            "it was good to {know|be told} what my rights are",
            "the call blocker {has stopped|stopped} the scam calls",
        ),
        bad=(
            "I was {sent|passed} to a national helpline and {heard no more|got nowhere}",
            "they {take|took} the details and {nothing more|you never hear again}",
            "the trader is {still|back} at it {on our street|round here}",
            "nobody would {say|tell me} what had been done",
        ),
    ),
    "environment": Subject(
        openings=(
            "it was about a missed {bin|recycling|garden waste} collection",
            "I {reported|told you about} fly tipping {in the lane|behind the shops|by the park}",
            "I {booked|wanted} a {bulky waste|garden waste} collection",
            "I asked for a {new bin|bigger bin|food caddy}",
            "it was about {noise|a bonfire|rats|dog mess} {next door|in our street|in the park}",
        ),
        good=(
            "the crew came back {the next day|that afternoon|within hours}",
            "the {rubbish|mattress|fly tipping} was gone {by morning|in a day}",
            "the new bin {came|was delivered} {when they said|the same week}",
            "the {park|street|play area} {looks|is} {lovely|so much cleaner} now",
            "you can now {book|see|report} it on a map{, which is simple|, very easy}",
        ),
        bad=(
            "our bin has been missed {three|four} times {this month|in a row}",
            "they say the crew came and {it did not|they never did}",
            "the fly tipping is {still there|growing} {weeks later|and it stinks}",
            "I {paid|pay} for garden waste and it {is not|was not} collected",
            "the {noise|smell} {goes on|is as bad as ever} and nobody {visits|measures it}",
        ),
    ),
    "transport": Subject(
        openings=(
            "I {applied for|renewed} my {bus pass|blue badge}",
            "I reported a {pothole|broken street light|blocked drain|dangerous pavement}",
            "it was about {school transport|the dial a ride|a bus that no longer stops here}",
            "I asked when the {roadworks|road closure} would {end|finish}",
        ),
        good=(
            "the {pothole|light|drain} was {mended|fixed} in {two days|under a week}",
            "my {pass|badge} {came|arrived} {before|well before} the old one {ran out|ended}",
            "they took the photo {there|for me} and {helped with|filled in} the form",
            "the driver is {always kind|so patient} with {my mother|the children}",
        ),
        bad=(
            "the pothole was {filled|patched} and is {back|worse} {already|after one frost}",
            "the {badge|pass} took {ten|twelve|fourteen} weeks",
            "the street light has been out since {the spring|the clocks changed|before Christmas}",
            "the bus was {cut|taken off} and nobody {asked|told} us",
            "the school taxi {was late|did not come} {again|three mornings running}",
        ),
    ),
    "education": Subject(
        openings=(
            "it was about a {school|nursery} place for my {son|daughter}",
            "I {asked|rang} about {the appeal|in year admissions|free school meals}",
            "I wanted to know {where we are|how far up we are} on the waiting list",
            "I got in touch about {support|the plan} for my {son|daughter} at school",
        ),
        good=(
            "we got the school we {hoped for|wanted}",
            "they explained the {rules|appeal|deadlines} {clearly|so that I knew what to do}",
            "free school meals were {sorted|in place} {before term|in two days}",
            "they {understood|could tell} how {worried|anxious} we were",
        ),
        bad=(
            "term {has started|is three weeks old} and {he|she} {still has|has} no school",
            "the {plan|assessment} is {months|half a year} {late|overdue}",
            "the {website|letter} gave the wrong {date|deadline}",
            "{brothers|sisters} were {sent to|placed in} two schools at two ends of town",
            "nobody {answers|picks up} in August, when {everyone|every parent} needs them",
        ),
    ),
    "adult-care": Subject(
        openings=(
            "I rang about {care|a carer|equipment} for my {mother|father|husband|wife}",
            "it was about a {grab rail|stair lift|ramp|bath seat}",
            "I asked for {an assessment|a carer's assessment|some respite}",
            "I {was worried|got in touch because I was worried} about an elderly neighbour",
        ),
        good=(
            "the {rail|bath seat|equipment} was fitted {within days|the same week}",
            "they {thought of|asked about} me as a carer, too",
            "somebody {came out|visited} {the next day|that very afternoon}",
            "I felt {listened to|less alone|a weight lifted}",
            "they told us {plainly|kindly} what it would cost and who pays",
        ),
        bad=(
            "we {have waited|are waiting} {four|five|six} months for an assessment",
            "the carer {comes late|did not come|changes every week} and nobody {tells|warns} us",
            "{the doctor|the hospital} says it is {you|the council} and you say it is {them|health}",
            "nobody can {tell|say} what we will have to pay",
            "I am {exhausted|at the end of my tether} and was {given|sent} a leaflet",
        ),
    ),
}
