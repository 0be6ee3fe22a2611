"""Each rule hits what it is for and misses its near misses."""

import pytest

from nlp.urgency.judge import RULES, reasons

HITS = {
    "suicide": ["she is suicidal", "im suicidel"],
    "ending one's life": ["he tried to hang himself", "I want to end it all", "she will jump off the bridge"],
    "no wish to live": [
        "I don't want to be here any more",
        "whats the point in living",
        "they are better off without me",
    ],
    "self-harm": ["took an overdose", "my girl is cutting herself", "the pills are lined up"],
    "despair": ["I have dark thoughts", "at breaking point", "cant cope with the debt"],
    "violence at home": ["my husband hits me", "[NAME] hits her", "beaten by my partner"],
    "domestic abuse": ["fled domestic violence", "I am in a refuge", "he controls all my money"],
    "control": ["he wont let me leave", "he keeps my passport", "being stalked"],
    "fear of someone": ["scared of my ex", "terrified he will find me"],
    "forced or sexual harm": ["they make her marry him", "she was raped", "touching my daughter"],
    "child hurt or neglected": ["the boy is covered in bruises", "kids left on their own", "a starving baby"],
    "child near drugs, gangs or drink": ["the children with a mother on heroin", "lads running drugs"],
    "child with adults who use them": [
        "a girl staying with grown men",
        "my daughter met a stranger online",
    ],
    "child left to cope": ["I have to look after my brothers", "locked in the cellar, kept in the cellar"],
    "worry for a child": ["worried about the children upstairs"],
    "left without care": ["left in her own mess", "she has bed sores", "my father has not been fed"],
    "carers absent": ["no carer turned up", "the carer never came"],
    "hurt by a carer": ["the carer shouts at my mum", "they are rough with residents"],
    "money or home taken": ["stealing from my nan", "cuckooing at number four"],
    "alone, fallen or not seen": ["on the floor for hours", "she is wandering at night"],
    "slavery": ["modern slavery at the car wash"],
    "no food or warmth, and someone weak": ["no heating and I am 79", "no gas, my baby is four months old"],
    "hunger": ["I have not eaten for two days", "we skip meals so the kids eat"],
    "no roof": ["sleeping in my car", "nowhere to sleep"],
    "safeguarding named": ["I raised a safeguarding concern"],
    "danger": ["she is in danger", "I do not feel safe at home"],
    "abuse named": ["I suspect neglect", "reporting abuse"],
    "someone should look": ["go and check on her", "a welfare check"],
    "violence announced": ["I will kill him", "gonna slash your tyres", "someone is going to get hurt"],
    "violence deserved or wished": ["he deserves a bullet", "you should all be shot"],
    "attack with a thing": ["a brick through your window", "I'll bring a knife"],
    "menace": ["watch your back", "I know where you live", "you will be sorry"],
    "violence done to staff": ["I punched the officer", "he threatened your staff"],
    "complaint wanted or made": ["I want to complain", "my third complaint", "dw i eisiau gwneud cwyn"],
    "taken further": ["escalate this", "I want compensation", "a grievance"],
    "ombudsman or regulator": ["the ombudsman will hear", "I told the ICO"],
    "legal action": ["see you in court", "my solicitor will write", "I will sue you"],
    "elected member or press": ["I wrote to my MP", "going to the papers"],
}
NEAR_MISSES = {
    "ending one's life": ["at the end it said error", "I hung up", "end things politely"],
    "no wish to live": ["I do not want to go to the office"],
    "violence at home": ["he hit the button", "the bill hit me hard"],
    "domestic abuse": ["domestic waste", "the refuse collectors"],
    "child hurt or neglected": ["the child seat is broken", "kids loved the hunger games"],
    "left without care": ["she was left in the queue", "I was not given the form"],
    "hunger": ["no food waste caddies", "starved of information"],
    "no roof": ["I live on the high street", "street cleaning"],
    "violence announced": ["we will hit the road", "the lorry smashed my wall", "I would never hurt anyone"],
    "menace": ["watch the traffic", "I know where the office is"],
    "complaint wanted or made": ["no complaints", "can't complain", "nothing to complain about"],
    "legal action": ["the tennis court", "a solicitor's search"],
    "elected member or press": ["the MP opened the library", "the local paper"],
}


def rules_of(text: str) -> set[str]:
    return {reason.rule for reason in reasons(text)}


def test_every_rule_has_its_hits() -> None:
    assert {rule.name for rule in RULES} == set(HITS)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in HITS.items() for text in texts])
def test_a_rule_hits_what_it_is_for(rule: str, text: str) -> None:
    assert rule in rules_of(text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in NEAR_MISSES.items() for text in texts])
def test_a_rule_misses_its_near_misses(rule: str, text: str) -> None:
    assert rule not in rules_of(text)
