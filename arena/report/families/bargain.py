"""How a bargain looks: offers as small tables that mark what changed, answers in a line, claims as chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.protocol import Played
from arena.report.beside import BAR
from arena.report.cast import Cast
from arena.report.families.bargain_deals import deal_line, deal_table, worth_line
from arena.report.families.bargain_facts import fact_shown
from arena.report.families.plain import described
from arena.report.flow import Flow
from arena.report.numbers import count, number, signed
from arena.report.visible import visible
from arena.scenarios.bargain.check import RANGES
from arena.scenarios.bargain.dealings import BLANK, evolve
from arena.scenarios.bargain.settings import SETTINGS
from arena.scenarios.bargain.terms import (
    Accept,
    Deal,
    Dealings,
    Fact,
    Intends,
    Issue,
    Move,
    Offer,
    Points,
    Propose,
    Reject,
    Reserve,
    Rules,
    Sheet,
    Synergy,
    WalkAway,
)
from arena.scenarios.bargain.worth import deal_at, space, utility
from arena.solutions.optimum import first_best
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class Bargain:
    """The look of a bargain to one who has seen what `world` is folded from; `last` is each seat's last offer."""

    world: Dealings = BLANK
    last: tuple[tuple[int, Deal], ...] = ()

    def after(self, event: Played) -> Bargain:
        move = getattr(event, "move", None)
        last = self.last
        if isinstance(move, Propose):
            last = (*[pair for pair in last if pair[0] != event.seat], (event.seat, move.deal))  # type: ignore[union-attr]
        return replace(self, world=evolve(self.world, event), last=last)

    def move(self, cast: Cast, seat: int, move: Move) -> RenderableType:
        match move:
            case Propose(deal=deal):
                return self._proposal(cast, seat, deal)
            case Accept(offer=number):
                return self._answer(cast, Text("✓ accepts", style="bold green"), number)
            case Reject(offer=number):
                return self._answer(cast, Text("✗ rejects", style="bold"), number)
            case WalkAway():
                return Text("⇥ walks away, for good", style="bold")

    def fact(self, cast: Cast, fact: Fact) -> RenderableType:
        return fact_shown(cast, self.world.rules, fact)

    def claim(self, cast: Cast, seat: int, fact: Fact) -> RenderableType:
        rules = self.world.rules
        match fact:
            case Points(issue=name, points=points) if rules is not None and (issue := _issue(rules, name)) is not None:
                return _chip("points", Text(f"{visible(name)}: {worth_line(rules, issue, seat, points)}"))
            case Reserve(points=points):
                return _chip("reserve", Text(f"needs at least {number(points)} points"))
            case Synergy(first=first, second=second, points=points):
                return _chip("synergy", Text(f"{visible(first)} with {visible(second)}: {signed(points)}"))
            case Intends(deal=deal) if rules is not None and len(deal) == len(rules.issues):
                return _chip("intends", Text.assemble("would accept ", deal_line(cast, rules, deal)))
            case _:
                return described(cast, fact)

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        agreement, rules = self.world.agreement, self.world.rules
        if agreement is None or rules is None:
            return None
        by = Text.assemble("The deal, offer ", str(agreement.offer.number), " by ", cast.name(agreement.offer.by))
        terms = deal_table(cast, rules, agreement.offer.deal)
        # With everything in view, what it came to follows, seat by seat.
        return Group(by, terms) if cast.lens is None else Group(by, terms, self._worth(cast, agreement.offer.deal))

    def best(self, cast: Cast) -> RenderableType | None:
        rules, told = self.world.rules, self.world.sheets
        if rules is None or len(told) < rules.seats:
            return None
        # By what the seats can know together, which is what the optimum is defined on; ties as the solver breaks them.
        deals = first_best(space(rules, told)).outcomes
        if not len(deals):
            return Text("No deal is best.")
        deal = deal_at(rules, int(deals[0]))
        others = f", as are {count(len(deals) - 1, 'other')}" if len(deals) > 1 else ""
        return Group(Text(f"This deal is best{others}:"), deal_table(cast, rules, deal), self._worth(cast, deal))

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return RANGES

    def settings(self) -> Sequence[str]:
        return tuple(setting.name for setting in SETTINGS)

    def _proposal(self, cast: Cast, seat: int, deal: Deal) -> RenderableType:
        rules = self.world.rules
        if rules is None or len(deal) != len(rules.issues):
            return described(cast, Propose(deal))
        earlier = next((d for s, d in self.last if s == seat), None)
        head = Text("offer", style="bold")
        same = next((offer for offer in self.world.offers if offer.deal == deal), None)
        if same is not None and same.by == seat:
            return Text.assemble(head, f" {same.number} stands as it was")
        if same is not None:
            return Text.assemble(
                ("✓ accepts", "bold green"), f" offer {same.number} by ", cast.name(same.by, ""), ", proposing the same"
            )
        head.append(f" {self.world.proposed + 1}")
        return Group(head, deal_table(cast, rules, deal, earlier), self._worth(cast, deal))

    def _worth(self, cast: Cast, deal: Deal) -> RenderableType:
        """What a deal is worth at once to the seats whose sheets one has seen; barred where no seat sees all."""
        rules = self.world.rules
        if rules is None or not self.world.sheets:
            return Text()
        margin = BAR if cast.lens is None else " " * len(BAR)
        parts = tuple([_worth_to(cast, rules, sheet, deal) for sheet in self.world.sheets])
        return Flow(Text(f"{margin}worth", "dim"), parts, Text(margin, "dim"))

    def _answer(self, cast: Cast, verb: Text, wanted: int) -> Text:
        offer: Offer | None = next((o for o in self.world.offers if o.number == wanted), None)
        line = Text.assemble(verb, f" offer {wanted}")
        if offer is None:
            return line.append(", which does not stand")
        return line.append(" by ").append_text(cast.name(offer.by, ""))


def _worth_to(cast: Cast, rules: Rules, sheet: Sheet, deal: Deal) -> Text:
    worth = utility(rules, sheet, deal)
    text = cast.name(sheet.seat, "").append(f" {number(worth)}")
    return text if worth >= sheet.threshold - TOLERANCE else text.append(f" (below {number(sheet.threshold)})", "dim")


def _issue(rules: Rules, name: str) -> Issue | None:
    return next((issue for issue in rules.issues if issue.name == name), None)


def _chip(kind: str, text: Text) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_row(Text(f"[{kind}]", style="bold"), text)
    return grid
