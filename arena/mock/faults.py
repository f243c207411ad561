"""The faults that can be ordered, at what rates, and which one a request meets: a pure function of its draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from arena.core.draw import Draw

Stage = Literal["status", "connection", "answer"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault.

    `stage`: the server answers with an HTTP status of 400 or more; the connection or the body of the HTTP answer
    breaks; or the answer itself, in an HTTP answer that is sound, will not do. The first two are the server's doing,
    and the same request may be met better when it is sent again. The third is the model's.
    """

    name: str
    stage: Stage
    says: str
    status: int = 200


FAULTS: Mapping[str, Fault] = {
    fault.name: fault
    for fault in (
        Fault("408", "status", "request timeout", 408),
        Fault("409", "status", "conflict", 409),
        Fault("429", "status", "rate limit, with Retry-After", 429),
        Fault("429-bare", "status", "rate limit, without Retry-After", 429),
        Fault("500", "status", "internal server error", 500),
        Fault("502", "status", "bad gateway", 502),
        Fault("503", "status", "service unavailable", 503),
        Fault("504", "status", "gateway timeout", 504),
        Fault("reset", "connection", "the connection is reset before an answer"),
        Fault("hang", "connection", "no answer, ever, and the connection stays open"),
        Fault("cut", "connection", "the connection ends in the middle of the answer"),
        Fault("bad-body", "connection", "an answer whose body is not JSON"),
        Fault("bad-json", "answer", "what is said breaks off in the middle of its JSON"),
        Fault("wrong-schema", "answer", "what is said is JSON, but not what was asked for"),
        Fault("empty", "answer", "nothing is said"),
        Fault("refusal", "answer", "the model declines, in the field for that"),
        Fault("content-filter", "answer", "the provider withholds what is said"),
        Fault("thought-only", "answer", "null content: all tokens went into reasoning"),
        Fault("truncated", "answer", "what is said is cut off at the limit of its length"),
        Fault("giant", "answer", "a million and a half characters before the answer"),
    )
}


@dataclass(frozen=True, slots=True)
class Rates:
    """How likely each fault is, in [0, 1], together 1 at most; in the order of FAULTS, whatever order they came in."""

    of: tuple[tuple[str, float], ...] = ()

    def draw(self, draw: Draw, attempt: int) -> Fault | None:
        """What the `attempt`th sending of a request meets, None where it is answered as it should be.

        One number decides, and its range is parted in the order of FAULTS: a rate that is raised takes nothing away
        from those before it.
        """
        at = draw.of("fault", attempt).random()
        for name, rate in self.of:
            at -= rate
            if at < 0:
                return FAULTS[name]
        return None


NO_FAULTS = Rates()


def read_rates(named: Iterable[tuple[str, object]]) -> Rates:
    """The rates that these names and numbers say; raises ValueError for what cannot be, saying what there is."""
    rates: dict[str, float] = {}
    for name, value in named:
        if name not in FAULTS:
            raise ValueError(f"there is no fault {name!r}; {_nearest(name)}")
        if name in rates:
            raise ValueError(f"the fault {name!r} is given twice; leave one out")
        rates[name] = _rate(name, value)
    if sum(rates.values()) > 1 + 1e-9:
        raise ValueError(f"the rates of all faults add up to {sum(rates.values()):g}; they are 1 together at most")
    return Rates(tuple((name, rates[name]) for name in FAULTS if name in rates))


def read_option(spelt: str) -> tuple[str, str]:
    """The name and the rate in "429=0.1"; raises ValueError for anything else."""
    name, equals, rate = spelt.partition("=")
    if not equals:
        raise ValueError(f"{spelt!r} is no rate of a fault; expected NAME=RATE, such as 429=0.1")
    return name.strip(), rate


def _rate(name: str, value: object) -> float:
    try:
        rate = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except ValueError:
        rate = math.nan
    if not 0 <= rate <= 1:
        raise ValueError(f"the rate of {name!r} is {value!r}; expected a number from 0 to 1")
    return rate


def _nearest(name: str) -> str:
    close = get_close_matches(name, FAULTS, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"there is: {', '.join(FAULTS)}"
