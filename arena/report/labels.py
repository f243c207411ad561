"""What the measures are called on a scorecard, in the order they stand there; the metrics themselves define them.

A measure that has no label yet is shown last, under its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from arena.report.visible import visible


@dataclass(frozen=True)
class Label:
    """A measure's short name; what its value says; why there is none, where it is not a number; how it is shown.

    `share`: with three decimals; `ratio`: so, and with a bar from 0 to 1, the best; `usd`: as money. Of a yes or no,
    `says` is what a yes says and `denies` what a no does.
    """

    words: str
    says: str = ""
    why: str = ""
    form: Literal["", "share", "ratio", "usd"] = ""
    denies: str = ""


_NO_ZONE = "no deal leaves everyone at or above their threshold with something gained"

HEADLINE = {
    "closed": Label("closed", "why the match ended"),
    "rounds": Label("rounds", "the round it ended in"),
    "value": Label("group value", "V, the sum of gains (of a deal that the seats would not pass: at most 0)"),
    "optimum": Label("optimum", "V*, of one controller who knows all that was dealt"),
    "optimum_how": Label("optimum, how found", "whether the optimum is exact or a bound"),
    "floor": Label("floor", "what the group has without coordinating"),
    "floor_name": Label("floor, which", "which floor that is"),
    "coordination_gain": Label("coordination gain", "0: the floor, 1: the optimum; never clipped"),
    "hindsight_optimum": Label("optimum in hindsight", "of one who foresaw all draws"),
}
AGREEMENT = {
    "individually_rational": Label(
        "individually rational", "no seat is below its threshold", denies="a seat is below its threshold"
    ),
    "irrationality_depth": Label("depth below thresholds", "points, all seats together"),
    "quality_gate": Label("quality gate", "1: the seats would pass the deal, 0: they would not", "there is no deal"),
    "pareto_optimal": Label(
        "Pareto-optimal",
        "no deal is better for one and worse for none",
        "there is no deal",
        denies="a deal dominates it",
    ),
    "pareto_efficiency": Label("Pareto efficiency", "1: nobody can gain but by a loss", _NO_ZONE, "ratio"),
    "pareto_efficiency_expected": Label(
        "  of a random rational deal", "the mean over all rational deals", _NO_ZONE, "ratio"
    ),
    "pareto_efficiency_floor_adjusted": Label(
        "  above a random one", "0: no better than random", "every rational deal is efficient", "ratio"
    ),
    "epsilon_plus": Label("eps+", "what everyone could have had more, of their best", _NO_ZONE, "share"),
    "distance_plus": Label("d+", "distance to the frontier", _NO_ZONE, "share"),
    "nash_ratio": Label("Nash ratio", "product of gains", _NO_ZONE, "ratio"),
    "kalai_smorodinsky_ratio": Label("Kalai-Smorodinsky ratio", "the smallest share of one's best", _NO_ZONE, "ratio"),
    "egalitarian_ratio": Label(
        "egalitarian ratio", "the smallest gain", "no deal gives every seat a gain, or their units differ", "ratio"
    ),
    "welfare_ratio": Label("welfare ratio", "sum of gains", _NO_ZONE, "ratio"),
    "welfare": Label("welfare", "sum of utilities"),
    "surplus": Label("surplus", "sum of gains"),
}
LOSS = {
    "loss_choice": Label("choice", "a better deal was to be had"),
    "loss_delay": Label("delay", "discounting and the cost of messages"),
    "loss_deadlock": Label("deadlock", "no deal"),
}
_NO_ROOM = "the optimum is no better than the floor"
GROUP = {
    "gain_over_silent": Label("gain over silence", "over the floor of those who say nothing", _NO_ROOM, "ratio"),
    "gain_over_random": Label("gain over chance", "over the floor of random moves", _NO_ROOM, "ratio"),
    "gain_over_solo": Label("gain over the best alone", "over what the best seat reaches alone", _NO_ROOM, "ratio"),
    "price_of_miscoordination": Label("price of miscoordination", "what is missing, of V*", "V* is 0", "share"),
    "synergy": Label("synergy", "V less what the best seat reaches alone"),
    "recovery": Label("recovery", "of what was to be had once it was struck", _NO_ROOM, "ratio"),
    "rounds_to_90": Label("rounds to 90%", "of it, from the round that was struck", "it was never reached"),
    "recovery_gain": Label("  gained since", "V less the floor, solved again there"),
    "recovery_room": Label("  to be gained", "V* less the floor, solved again there"),
    "struck_in": Label("struck in round", "the last perturbation"),
    "survival": Label("survival", "rounds harvested, of all", form="ratio"),
    "yield": Label("yield", "units landed"),
    "efficiency": Label("efficiency", "the yield, of the optimum", "the optimum is 0", "ratio"),
    "equality": Label("equality", "1 - Gini of the gains", "a gain is negative, or all are 0", "ratio"),
    "over_use": Label("over-use", "harvests above what lasts, of all", "no round is left", "share"),
    "landed": Label("landed", "units landed"),
    "cooperation": Label("cooperation", "choices that cooperate, of all", "the game declares none", "ratio"),
    "cooperation_rate": Label("cooperates", "choices that cooperate", "the game declares none", "share"),
    "retaliation": Label("retaliates", "defects after somebody did", "nobody did", "share"),
    "forgiveness": Label("forgives", "cooperates after a return to it", "nobody returned", "share"),
    "pooling": Label("pooling", "decisive facts stated, of all", "no fact is decisive", "ratio"),
    "accuracy": Label("accuracy", "1 where the best option was chosen, else 0"),
    "pooling_gain": Label("accuracy gain", "0: as by own views, 1: as by all facts", "own views find it too", "share"),
    "facts_stated": Label("facts stated", "different facts stated in claims, true or not"),
    "false_disclosures": Label("stated falsely", "facts stated as they are not"),
    "materially_false": Label("  so that it mattered", "a listener likes another option best for it"),
    "exploited": Label("exploited by", "points a round that the others had more"),
    "trades": Label("trades", "units traded"),
    "allocative_efficiency": Label("allocative efficiency", "gains from trade, of all", "there is none", "ratio"),
    "irrational_trades": Label("irrational trades", "trades in which a side loses", "there is no trade", "share"),
    "misplaced_trades": Label("misplaced trades", "by pairs that should not trade", "there is no trade", "share"),
    "price_dispersion": Label("price dispersion", "standard deviation of prices", "fewer than two trades"),
    "price_deviation": Label("price deviation", "points from the competitive prices", "there is no trade"),
    "buyers_share": Label("buyers' share", "of the gains from trade", "nothing was gained", "share"),
    "buyers_share_competitive": Label("  at competitive prices", "the buyers' share there", "there is none", "share"),
    "first_offer_bias": Label(
        "first-offer bias", "prices nearer to the first offer than to the competitive price", "nothing to tell", "share"
    ),
    "traded": Label("traded", "units"),
    "losing_trades": Label("trades at a loss", "of its own"),
    "beyond_competitive": Label("beyond competitive", "points above (below) what competitive prices give"),
    "redundancy": Label("redundancy", "work that was done before, of all", "nobody worked", "share"),
    "division_of_labour": Label(
        "division of labour", "how far seat and kind of work tell each other", "one seat, or one kind, is all", "share"
    ),
    "load_entropy": Label("load entropy", "1: all worked alike", "nobody worked", "ratio"),
    "idle_time": Label("idle time", "rounds in which nothing was done, of all", "no round was played", "share"),
    "conflicts": Label("conflicts", "rounds lost, the same task taken at once"),
    "handovers": Label("hand-overs", "tasks handed over"),
    "worked": Label("worked", "rounds of work"),
    "idle": Label("idle", "rounds in which nothing was done"),
}
PER_SEAT = {
    "utility": Label("utility", "points realised: discounted, and less the cost of messages"),
    "threshold": Label("threshold", "points without a deal"),
    "gain": Label("gain", "utility less the threshold"),
    "surplus_share": Label("surplus share", "the gain as a share of all gains", form="share"),
    "individually_rational": Label("rational", "whether the gain is at least 0"),
    "envy": Label("envy", "how much more another's bundle would be worth"),
    "envy_but_one": Label("envy beyond one item", "what is left of it without the best item of each bundle"),
    "ef1": Label("EF1", "envy-free up to one item: whether nothing is left of it"),
    "shortfall": Label("short of a fair share", "how far below an equal part of what all items are worth"),
    "proportional": Label("proportional", "whether the share is fair, each by its own values"),
    "saboteur": Label("saboteur", "whether it was turned against its group"),
    "goal": Label("private goal", "whether it was reached"),
    "payoff": Label("payoff", "utility and private goals, mixed with V by the alignment"),
}
CONDUCT = {
    "parse_rate": Label("parse rate", "the share of replies that could be understood", form="share"),
    "calls": Label("replies", "replies asked for"),
    "turns": Label("turns", "replies that were accepted"),
    "messages": Label("messages", "messages sent, whispers included"),
    "words": Label("words", "words in them"),
    "claims": Label("claims", "typed disclosures"),
    "posts": Label("writes the board", "how often the seat wrote the shared board"),
    "summaries": Label("summaries", "of its own, when the prompt had outgrown the model's context"),
    "refused": Label("refused, asked again", "replies that were refused and asked for once more"),
    "forfeits": Label("refused, forfeited", "replies that were refused at the last try: the turn is forfeited"),
    "rounds": Label("rounds", "the round it ended in; of a match that is void, the round it has come to"),
    "refusals": Label("refusals", "all refusals by their reason, the last ones of forfeited turns among them"),
}
COST = {
    "fresh": Label("tokens, fresh", "of the prompts, not in the provider's cache"),
    "cached": Label("tokens, cached", "of the prompts, in the provider's cache"),
    "output": Label("tokens, output", "written, reasoning included"),
    "reasoning": Label("  of it reasoning", "tokens of thought, as the endpoint tells them"),
    "attempts": Label("requests", "made of the endpoint, repeated ones included"),
    "hits": Label("from Arena's cache", "replies that cost nothing, and are counted nowhere else"),
    "uncounted": Label("tokens not told", "replies whose tokens the endpoint did not report"),
    "seconds": Label("seconds", "from asking to the reply, repeated requests included"),
    "usd": Label("cost", "at the prices in the transcript's header", form="usd"),
    "total_usd": Label("cost of the match", "all seats together", form="usd"),
    "usd_per_gain": Label("cost per unit of V - F", "", "there is no gain", "usd"),
    "tokens_per_gain": Label("tokens per unit of V - F", "", "there is no gain"),
}
RARE = frozenset({"summaries", "posts"})  # shown only where there are any
LEAKAGE = {
    "own_canary": Label("their own mark", "messages with the secret mark of one's own sheet"),
    "others_canary": Label("another's mark", "messages with the secret mark of another's sheet"),
    "own_numbers": Label("their own numbers", "messages with numbers of one's own sheet"),
}


def ordered(values: dict[str, object], labels: dict[str, Label]) -> list[tuple[str, Label, object]]:
    """The values in the order of their labels, then those without one, by name."""
    known = [(key, label, values[key]) for key, label in labels.items() if key in values]
    return known + [
        (key, Label(visible(key.replace("_", " "))), values[key]) for key in sorted(values) if key not in labels
    ]


SECTIONS = {
    "headline": HEADLINE,
    "agreement": {**AGREEMENT, **LOSS},
    "group": GROUP,
    "per_seat": PER_SEAT,
    "conduct": CONDUCT,
    "leakage": LEAKAGE,
    "cost": COST,
}
OF_MANY = {"settled": "settled", "agreed": "agreed"}  # shares of matches, which no single scorecard has


def words(measure: str) -> str:
    """What a measure is called, whatever its section; one of seats that a measure of the group is called as, so."""
    name = measure.removeprefix("per_seat.")
    seat = " of a seat" if name != measure else ""
    for section in (PER_SEAT, *SECTIONS.values()) if seat else SECTIONS.values():
        if name in section:
            return section[name].words.strip() + seat
    return OF_MANY.get(name, visible(name.replace("_", " "))) + seat
