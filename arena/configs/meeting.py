"""From a `protocol:` block to a Meeting."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from arena.configs.schema import ProtocolConfig
from arena.errors import Mistake, nearest
from arena.moderators.channels import Channel, Public
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import RoundRobin, Turns

SHORT = {"channel": {"whispers": {"kind": "public", "whispers": True}}}


def meeting(config: ProtocolConfig, path: str, found: list[Mistake]) -> Meeting:
    """The meeting that a `protocol:` block describes; its mistakes are added to `found`."""
    turns = _rule("turns", config.turns, Turns, path, found)
    channel = _rule("channel", config.channel, Channel, path, found)
    limits = _convert(config.limits or {}, Limits, f"{path}.limits", found)
    return Meeting(
        turns if turns is not None else RoundRobin(),
        channel if channel is not None else Public(),
        limits if limits is not None else Limits(),
        **{k: v for k, v in (("refusals", config.refusals), ("talk", config.talk)) if v is not None},
    )


def _rule(name: str, value: Any, union: Any, path: str, found: list[Mistake]) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        value = SHORT.get(name, {}).get(value, {"kind": value})
    kinds = [kind.__struct_config__.tag for kind in get_args(union)]
    kind = value.get("kind")
    if kind not in kinds:
        hint = nearest(str(kind), [*kinds, *SHORT.get(name, {})])
        found.append(Mistake(f"{path}.{name}", f"found {kind!r}", f"{hint} (one of {', '.join(kinds)})"))
        return None
    chosen = next(k for k in get_args(union) if k.__struct_config__.tag == kind)
    unknown = sorted(set(value) - {"kind", *chosen.__struct_fields__})
    for key in unknown:
        found.append(Mistake(f"{path}.{name}.{key}", "unknown key", nearest(key, chosen.__struct_fields__)))
    return None if unknown else _convert(value, union, f"{path}.{name}", found)


def _convert(value: Any, kind: Any, path: str, found: list[Mistake]) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        found.append(Mistake(path, str(error), "see docs/configuration.md"))
        return None
