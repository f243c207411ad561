"""From a `protocol:` block to a Meeting."""

from __future__ import annotations

from typing import Any, get_args

from arena.configs.fields import convert
from arena.configs.mistakes import short
from arena.configs.schema import ProtocolConfig
from arena.errors import Mistake, nearest
from arena.moderators.channels import Channel, Public, Silent
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Perturbation
from arena.moderators.turns import RoundRobin, Turns

PLAIN = ("refusals", "talk", "memory")  # what stands in a meeting as it is written
SHORT = {"channel": {"whispers": {"kind": "public", "whispers": True}}}


def meeting(config: ProtocolConfig, path: str, found: list[Mistake]) -> Meeting:
    """The meeting that a `protocol:` block describes; its mistakes are added to `found`."""
    turns = _rule("turns", config.turns, Turns, path, found)
    channel = _rule("channel", config.channel, Channel, path, found)
    if config.control == "mute":
        channel = _muted(config, path, found)
    limits = convert(config.limits or {}, Limits, f"{path}.limits", found)
    return Meeting(
        turns if turns is not None else RoundRobin(),
        channel if channel is not None else Public(),
        limits if limits is not None else Limits(),
        merged=config.control == "merged",
        perturb=_perturb(config.perturb or [], path, found),
        **{name: value for name in PLAIN if (value := getattr(config, name)) is not None},
    )


def _muted(config: ProtocolConfig, path: str, found: list[Mistake]) -> Silent:
    """The channel of a meeting without words; a board would be words."""
    if config.channel is not None:
        found.append(Mistake(f"{path}.channel", "given together with control: mute", "leave one of them out"))
    if config.memory in ("board", "both"):
        found.append(
            Mistake(f"{path}.memory", f"found {config.memory!r} with control: mute", "a board is words as well")
        )
    return Silent()


def _perturb(listed: list[dict[str, Any]], path: str, found: list[Mistake]) -> tuple[Perturbation, ...]:
    each = [_rule(f"perturb[{i}]", one, Perturbation, path, found) for i, one in enumerate(listed)]
    return tuple([one for one in each if one is not None])


def _rule(name: str, value: Any, union: Any, path: str, found: list[Mistake]) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        value = SHORT.get(name, {}).get(value, {"kind": value})
    kinds = [kind.__struct_config__.tag for kind in get_args(union)]
    kind = value.get("kind")
    if kind not in kinds:
        what = "missing" if kind is None else f"found {short(kind)}"
        hint = nearest(str(kind), [*kinds, *SHORT.get(name, {})])
        found.append(Mistake(f"{path}.{name}.kind" if kind is None else f"{path}.{name}", what, hint))
        return None
    chosen = next(k for k in get_args(union) if k.__struct_config__.tag == kind)
    return convert({key: each for key, each in value.items() if key != "kind"}, chosen, f"{path}.{name}", found)
