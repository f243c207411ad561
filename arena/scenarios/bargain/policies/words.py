"""What scripted bargainers say: for each policy and kind of sentence, some ways to put it.

Values, where the sentence has them: who (the seats spoken to), deal, ask (the option that it holds to, and its issue),
give (the issue that it loses most on), by (who made the offer), issue (where that falls short most), sheet, need. Only
`sheet` and `need` hold numbers of the seat's own; they stand in the words of a policy that discloses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Phrases = Mapping[str, tuple[str, ...]]

AND: Final = " and "

PLAIN: Final[Mapping[str, str]] = {
    "greet": "Let us find a deal.",
    "open": "I propose {deal}.",
    "propose": "I propose {deal}.",
    "accept": "I accept what {by} offers.",
    "take": "I accept what {by} offers.",
    "reject": "I do not accept what {by} offers.",
    "leave": "I am leaving.",
    "guess": "I propose {deal}.",
    "tell": "My points are on the table.",
    "none": "I see no deal for all of us.",
}

CONCEDER: Final[Phrases] = {
    "greet": (
        "I would rather have a deal soon than a perfect one, {who}. Tell me what you need most.",
        "I am ready to move, {who}. Which issue matters most to you?",
    ),
    "open": (
        "I can move from here, {who}, so tell me what you miss. To begin with, this would suit me best: {deal}.",
        "What would you need changed in this, {who}? Let me start us off: {deal}.",
    ),
    "propose": (
        "I have come some way towards you, {who}, and I would like to keep {ask}. Can you live with this? {deal}.",
        "I give way on {give} if we settle on {ask}. Does that work for you, {who}? I propose: {deal}.",
        "If this step is not enough for you, {who}, tell me on which issue. I now offer: {deal}.",
    ),
    "accept": (
        "What {by} offers is good enough for me, so I accept it: {deal}.",
        "{by}, I can live with your offer, and I accept it: {deal}.",
    ),
    "reject": (
        "{by}, I cannot sign this yet; on {issue} it leaves me too little. Please come towards me there.",
        "Not quite, {by}. If you move on {issue}, I can say yes.",
    ),
}

BOULWARE: Final[Phrases] = {
    "greet": (
        "There is no hurry, {who}. I know what I want out of this, and I can wait for it.",
        "Take your time, {who}. I will look at every offer, and I will be slow to move.",
    ),
    "open": (
        "I see little room in this, {who}; it is what I need: {deal}.",
        "I shall not move soon, {who}, so please take my position seriously: {deal}.",
    ),
    "propose": (
        "It has to be {ask}, {who}. I can stretch this far and hardly further: {deal}.",
        "Since time is passing, I give a little on {give}, and I stay with {ask}: {deal}.",
        "I hold on to {ask}, and I ask you to meet me there, {who}. My offer is this: {deal}.",
    ),
    "accept": (
        "{by}, this meets what I hold out for, so I accept it: {deal}.",
        "Taking this is better than waiting, so I accept what {by} offers: {deal}.",
    ),
    "reject": (
        "{by}, this is well short of what I need on {issue}. I can wait.",
        "No, {by}. Come back with something better on {issue}.",
    ),
}

HARDLINER: Final[Phrases] = {
    "greet": (
        "I will say it plainly, {who}: I know the deal that I want, and I will sign no other.",
        "You will find me easy to understand, {who}: there is one deal that I sign.",
    ),
    "propose": (
        "It is for you to come to this, {who}, as I sign nothing less: {deal}.",
        "My offer will be the same tomorrow, {who}, so you may as well take it now: {deal}.",
        "Please accept this, {who}, for it is the one deal that I agree to: {deal}.",
    ),
    "accept": (
        "I accept what {by} offers, for it is what I asked for all along: {deal}.",
        "{by} offers all that I want, so I accept it: {deal}.",
    ),
    "reject": (
        "No, {by}. On {issue} this is not what I asked for, and I do not move.",
        "{by}, I reject this. Give me what I asked for on {issue}.",
        "That is not my deal, {by}, above all on {issue}. My terms are known.",
    ),
}

TIT_FOR_TAT: Final[Phrases] = {
    "greet": (
        "I will treat you as you treat me, {who}: each step towards me gets one in return.",
        "Let us go step by step, {who}. When you move, I move.",
    ),
    "open": (
        "Every step you take towards me, {who}, I will answer with one of my own. I begin with this: {deal}.",
        "Move, {who}, and I will move as far. My first offer: {deal}.",
    ),
    "propose": (
        "I keep to {ask}, and for the rest I have moved as far as you have, {who}. It is your turn now: {deal}.",
        "I give on {give} and ask for {ask}. What do you give in return, {who}? One step for another: {deal}.",
        "Come further, {who}, and so will I. In return for your moves I offer this: {deal}.",
    ),
    "accept": (
        "You have come as far as I have, {by}, so I accept: {deal}.",
        "That is a fair exchange of steps, and I accept what {by} offers: {deal}.",
    ),
    "reject": (
        "{by}, this asks more of me than you have given, above all on {issue}. Move there, and I follow.",
        "Not yet, {by}. A step from you on {issue} will get one from me.",
    ),
}

PLANNER: Final[Phrases] = {
    "greet": (
        "I suggest that we all lay open what each option is worth to us, {who}, and then pick what is best for all.",
        "If everyone says what they need, {who}, we can work out the best deal together.",
    ),
    "tell": (
        "Let us be open, {who}, then we can find the best deal for all. My points are {sheet}. I need {need} or more.",
        "Here is all I have, {who}: {sheet}. A deal must give me {need} or more. Please tell me yours.",
    ),
    "propose": (
        "Please accept this, {who}. Of all that we have told each other, it gives us the most in total: {deal}.",
        "I have added up everybody's points. Shall we take what is best for all of us, {who}? It is this: {deal}.",
    ),
    "guess": (
        "What would you change in this, {who}? I do not know everyone's points, so it is my best guess: {deal}.",
        "If this does not suit you, tell me your points, {who}. From what I have seen, it is good for all: {deal}.",
    ),
    "accept": (
        "I come to the same result, so I accept what {by} offers: {deal}.",
        "Yes, {by}, I accept, since this serves us well as a group: {deal}.",
    ),
    "take": (
        "I cannot tell that another deal would do better, so I accept what {by} offers: {deal}.",
        "{by}, this is good enough for all of us, as far as I can see, and I accept it: {deal}.",
    ),
    "reject": (
        "{by}, I believe that we can do better together than this, above all on {issue}.",
        "I reject this, {by}: from what I know, another deal gives us more in total. Let us look at {issue} again.",
    ),
    "none": (
        "By what we have told each other, {who}, no deal gives everyone what they need. Can anybody do with less?",
        "I find no deal that would pass, {who}. If someone's need is less strict than they said, please say so now.",
    ),
    "leave": (
        "No deal gives everyone what they need, and nobody could do with less. I am leaving, with no hard feelings.",
        "We have looked openly, and there is no deal in it for all of us. I am going, {who}.",
    ),
}

SELFISH: Final[Phrases] = {
    "greet": (
        "I am here for a good deal, {who}. Show me what you have.",
        "I am sure that we can do business, {who}. What do you offer?",
    ),
    "open": (
        "It is a good deal, {who}, and I suggest that you take it: {deal}.",
        "I see no reason to complicate things, {who}. Let us settle on this: {deal}.",
    ),
    "propose": (
        "As you did not take the last one, {who}, what about another? I need {ask} in it. I propose: {deal}.",
        "I can give you something on {give}, {who}, and no more than that: {deal}.",
        "This gives you something, {who}, and me {ask}. What do you say to it? {deal}.",
    ),
    "accept": (
        "That will do, {by}, and I accept it: {deal}.",
        "{by}, you have a deal as far as I am concerned: {deal}.",
    ),
    "reject": (
        "{by}, there is too little in this for me. Improve it on {issue}.",
        "I will not take that, {by}. Try again, with more for me on {issue}.",
    ),
}

RANDOM: Final[Phrases] = {
    "greet": ("Shall we see what happens, {who}?", "I have no plan, {who}. Surprise me."),
    "propose": (
        "It came to my mind just now, {who}. How about this? {deal}.",
        "Why not try this, {who}? {deal}.",
        "Do you take it, {who}, if I throw this in? {deal}.",
    ),
    "accept": ("{by}, I like the sound of this, and I accept it: {deal}.", "Why not? I accept what {by} offers."),
    "reject": (
        "No, {by}, I do not want this, I feel like something else.",
        "I pass on what {by} offers; try me with another.",
    ),
    "leave": ("I have had enough of this. Goodbye, {who}.", "This is not for me, {who}. I am leaving."),
}

SABOTEUR: Final[Phrases] = {
    "greet": (
        "I want what is best for all of us, {who}. Let us not rush into anything.",
        "I am sure that we will find something good, {who}, if we look at every option with care.",
    ),
    "propose": (
        "Please support this, {who}. I have thought about everybody's needs, and it seems the fair way to me: {deal}.",
        "It asks something of each of us, {who}, so for balance let us go with this: {deal}.",
        "Could we look at one more before we decide, {who}? I believe that this is the solid option: {deal}.",
    ),
    "reject": (
        "We are close, {by}, but {issue} needs another look before anyone signs.",
        "I like the spirit of this, {by}. Still, with {issue} as it is, some of us would regret it.",
        "{by}, let us not settle for this while {issue} is open. We can do better.",
    ),
}

WORDS: Final[Mapping[str, Phrases]] = {
    "conceder": CONCEDER,
    "boulware": BOULWARE,
    "hardliner": HARDLINER,
    "tit-for-tat": TIT_FOR_TAT,
    "planner": PLANNER,
    "selfish": SELFISH,
    "random": RANDOM,
    "saboteur": SABOTEUR,
}
