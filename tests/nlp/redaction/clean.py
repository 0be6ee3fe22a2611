"""Comments without personal data: the sentences the rules were tuned on, and others that were kept apart."""

from random import Random

TUNED = """
The person I spoke to was polite and helpful.
Very good service, thank you.
Waited 45 minutes on hold and then got cut off.
I rang three times about my bins and nobody called back.
Council Tax has gone up again and we get less for it.
The website kept crashing when I tried to pay.
Could not find the Green Waste page on the website.
Staff at Swansea Civic Centre were friendly.
The library in Market Street is always clean and warm.
Excellent, no complaints.
n/a
None
Nothing really, all good.
I was told someone would ring within 5 days. That was in May.
It took from Monday to Friday to get an answer.
Housing Benefit was stopped without any warning.
Universal Credit said to ask the council, the council said to ask Universal Credit.
Will you ever answer the phone?
May I suggest more staff at lunch time.
Bill was wrong again.
Mark my words, this will get worse.
Grace period of two weeks would help.
Rose bushes on the roundabout look lovely.
Summer opening hours are not on the website.
Christian burial fees are too high.
The Customer Services team was great.
Blue Badge renewal took 12 weeks.
The Contact Centre needs more people.
Polite, quick and efficient.
Adviser was knowledgeable and explained everything clearly.
I don't think the Planning Department read my letter.
Penalty Charge Notice was issued while I was at the machine.
The form asks for the same thing 3 times.
My complaint was passed from Housing to Environmental Health and back.
Great Service!!
VERY POOR SERVICE
NOBODY EVER ANSWERS THE PHONE
I AM STILL WAITING FOR A REPLY
Everything was sorted in 10 minutes.
A303 roadworks were not announced.
Bus 27 does not stop here any more since April.
Paid 65 pounds for a permit I can't use.
It cost me £1,250.00 in the end.
Opening times are 9am to 5pm but the door was shut at 4.30pm.
The lift at the Town Hall is broken.
Good Morning, I would like to say how pleased I am.
Hello, I was not happy.
Thanks to the team for all their help.
Thank you to everyone at the Library.
Thanks to all the staff.
Regards
My son has special needs and the EHCP is late.
My daughter could not get a school place.
My husband and I were very pleased.
My mother is 86 and lives alone.
Please ask your staff to listen.
I spoke to Housing and they could not help.
I spoke to someone in Adult Social Care who did not know.
Spoke to a very nice lady.
I was called by the Benefits team.
They called Monday and I missed it.
A lady called back and fixed it.
Nobody told me about the Direct Debit date.
Council workers left the gate open again.
Covid was used as an excuse for everything.
The DWP letter was not accepted.
I had to go to Citizens Advice in the end.
Facebook is the only place I get news from you.
Your Facebook page says something else than the website.
I used the MyAccount portal and it logged me out.
The Garden Waste collection was missed on Tuesday and Wednesday.
Recycling bins were not emptied over Christmas.
Easter collections were late.
Parking at the Leisure Centre is a nightmare.
The Leisure Centre pool was dirty.
Road closed signs in Brighton were up for weeks.
London Road is full of potholes.
Potholes on Station Road have not been filled since 2021.
The junction of Mill Lane and Church Road is dangerous.
The High Street is filthy.
Castle Square toilets are always shut.
Friendly staff in Cardiff.
I moved here from Birmingham and the service there was better.
Polish and Welsh speakers should get help as well.
English is not my first language but she was patient.
I am from Romania and they were kind to me.
Moved from Scotland last year.
The Welsh line was answered straight away.
They should train the staff better
more staff needed
Quicker response times.
Nothing to add
Knowledgeable Friendly Helpful
Brilliant!
Awful.
Fantastic help from start to finish
Superb
Useless
Shocking service, absolutly disgusting.
Excelent service
Definately the best council
Realy helpfull staff
i was on hold for ages and the musik is terrible
Recieved a letter with the wrong date.
Apparantly the form was lost.
Freindly and helpful.
The webiste is down again.
Rang at 10.15 and again at 14:30, no answer.
Called 4 times on 12/03/2024 and got nowhere.
The appointment on 3 March was cancelled.
I have been a resident for 40 years.
5 out of 5
10/10
100% satisfied
1st class
2 stars
24 hours to get a reply is fine.
Only 2 people on the desk and 30 waiting.
I live near the park and the noise is unbearable.
We live in a conservation area and pay for it.
There are 3 cars parked on the grass verge.
It is a 20 minute drive to the tip.
2 flats share one bin.
The 6 month wait for a Disabled Facilities Grant is too long.
Street lights out on the estate since November.
The officer was brusque.
No one at the Registrars answers.
I needed a birth certificate and got it in two days.
Trading Standards did not call back.
Electoral Services were quick.
The School Admissions line is always engaged.
Free School Meals form was easy.
Bereavement services were kind when dad passed away.
Crematorium staff were respectful.
The Registrar made our day.
Dog Warden came the same day.
The Dog Warden was great with our spaniel.
Pest Control cost too much.
Environmental Health took the noise diary and never came back.
Homelessness team placed us in a B&B.
I felt judged.
I felt listened to for the first time.
The automated voice could not understand my accent.
Press 1, press 2, press 3 and then it cuts off.
Option 4 does not work.
Web chat was better than the phone.
WhatsApp would be easier.
I wish there was an App.
Why is there no Email address on the letter?
Please bring back the Cash Office.
The Chief Executive should try ringing the number.
The Mayor ought to be ashamed.
Councillors do nothing.
My Councillor replied the same day.
Labour and the Conservatives are as bad as each other.
Jobcentre sent me here.
Age UK helped me more than you did.
The NHS said it was your job.
Taxi Licensing took 3 months.
Took 2 hours out of my Saturday.
Happy with the Council.
The Council's phone system is a joke.
It's the council's fault.
I don't know what else you could do.
Cut the grass in the Cemetery.
There is no Disabled access at the back.
The sign says Reception but no one was there.
My Care Plan was reviewed quickly.
The Occupational Therapist was lovely.
Social Worker never turned up.
Day Centre closed without notice.
I got a Fine for putting the bin out early.
Sort it out!
Keep up the good work.
Keep it up :)
They are all very Professional and caring.
I can't fault it.
Don't know
Ok
Was good
""".strip().splitlines()

HELD_OUT = """
Answered within a minute, very pleasant young man.
Phone queue was 27 callers long.
Your Website Search brings up nothing useful.
Please employ people who can speak clearly.
Bins. Bins. Bins. Every week the same.
I only wanted to know when the Tip opens.
Bulky Waste wanted 35 quid for one mattress.
The planning portal timed out and I lost the lot.
Pleasant enough but no answer.
Hove Library is lovely.
Took ages but got there in the end
The Welcome Desk is run very well.
Homes Register login is a mess.
Highways said it is not their road.
Street Cleaning came the day after, well done.
Adult Education courses are full by August.
There was a mix up with the Single Person Discount.
The letter said Final Notice although I had paid.
Bailiffs were sent over a debt of 12 pounds.
Enforcement Officers should use common sense.
They said June, then September, now it is January.
Sunday collections wake everyone up.
Residents Parking zone is too small.
Can you stop sending letters in Welsh as I cannot read them.
Had to explain myself four times to four people.
The chap was nice but clueless.
Best council in Sussex.
Much better than Lewes or Eastbourne.
Wales is doing this better.
The West Street car park machine ate my card.
The new system is rubbish and the old one was fine.
Nice lady, great advice.
Everyone was so kind to my wife.
I was left holding the line while she went for lunch.
Dissapointed with the whole thing.
Unacceptible delays
Terrable communication
Thankyou very much
Your phone menu has too many options.
Ring back service works well.
Rates relief was granted, thanks.
Business Rates team explained the Small Business relief.
I asked for British Sign Language and got none.
Large print was sent when I asked.
Hate the new chat bot.
No reply to three emails.
All sorted on the first call. Impressed.
Not impressed at all
Good
Everything
It was explained to me by Revenues and Benefits that I owed nothing.
Food Waste caddies stink in summer.
Allotment waiting list is ten years!
The Christmas tree collection was a nice idea.
Went to the Customer Service Point and it was closed for training.
The Cost of Living payment came quickly.
Ukraine guests got great support.
Dial 101 they said. Dial 999 they said.
School Transport was refused although it is 4 miles each way.
Tuesday is meant to be recycling day.
""".strip().splitlines()

# Written last, after every rule stood.
UNSEEN = """
Queue was out of the door and nobody said why.
Parking Services sent the wrong form twice.
The Tenancy Officer was firm but fair.
Sorted over the phone by a lovely woman with a Geordie accent.
Please can you fix the heating in Elm Court.
The Bus Pass team should be ashamed.
Good luck getting through on a Monday!
Cheers for the quick reply
Housing Options could not house me.
Great. Thanks. Bye.
My Dad passed in April and the Tell Us Once service was a blessing.
Loved the Summer Reading Challenge at the library.
I got through after 52 minutes, then silence.
Voicemail is full, always.
The Council Leader promised new swings in Victoria Park.
The agent could not spell Llanfairpwllgwyngyll.
Chased it on the 3rd, the 10th and the 17th.
Road sweepers miss Bridge Street every time.
Trees on Chapel Lane block the light.
It says 404 not found.
Rubbish experiance, staff were unhelpfull and the sytem was down
Carnt fault them
Was offered an appointment in Bexhill, 20 miles off.
The Ukrainian family next door were helped very well.
Free parking after 6pm is the best thing you did.
Fobbed off. Again.
Nothing. Keep going.
Mental Health crisis team did not pick up.
The Registry Office at Christmas was beautiful.
A Section 21 notice means nothing to them.
""".strip().splitlines()


def clean_comments(sentences: list[str], many: int, seed: int) -> list[str]:
    """`many` comments of one to three of the sentences, every sentence used about as often as every other."""
    chance = Random(seed)
    made = []
    for n in range(many):
        others = chance.sample(sentences, chance.choice([0, 0, 1, 2]))
        made.append(" ".join([sentences[n % len(sentences)], *others]))
    return made
