"""The names of the measures that matches may have, for what names one before any match has been played."""

from __future__ import annotations

from arena.scoring.conduct import Conduct
from arena.scoring.cost import Cost
from arena.scoring.leakage import Leakage

OPEN = ("gain_over_", "floor_error_", "per_seat.")  # then a floor, which scenarios name, or a measure
_COUNTED = {*Conduct.__struct_fields__, *Leakage.__struct_fields__, *Cost.__struct_fields__} - {"refusals"}
_OF_ALL = "settled value optimum floor coordination_gain hindsight_optimum total_usd usd_per_gain tokens_per_gain"
_OF_BARGAINS = """
agreed joint_share irrationality_depth quality_gate pareto_optimal pareto_efficiency pareto_efficiency_expected
pareto_efficiency_floor_adjusted epsilon_plus distance_plus nash_ratio kalai_smorodinsky_ratio egalitarian_ratio
welfare_ratio welfare surplus loss_choice loss_delay loss_deadlock
"""
_OF_GROUPS = """
price_of_miscoordination synergy recovery rounds_to_90 recovery_gain recovery_room struck_in survival yield efficiency
equality over_use landed cooperation cooperation_rate retaliation forgiveness pooling accuracy pooling_gain facts_stated
false_disclosures materially_false exploited trades allocative_efficiency irrational_trades misplaced_trades
price_dispersion price_deviation buyers_share buyers_share_competitive first_offer_bias traded losing_trades
beyond_competitive redundancy division_of_labour load_entropy idle_time conflicts handovers worked idle
"""
_OF_SEATS = """
utility payoff threshold gain goal surplus_share individually_rational envy envy_but_one ef1 shortfall proportional
saboteur
"""
NAMES = frozenset({*_COUNTED, *" ".join((_OF_ALL, _OF_BARGAINS, _OF_GROUPS, _OF_SEATS)).split()})


def is_measure(name: str) -> bool:
    """Whether some match may have a measure of this name."""
    return name in NAMES or name.startswith(OPEN)
