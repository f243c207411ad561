"""The loader of YAML: safe, and strict about keys that stand twice, endless aliases, odd numbers, half characters."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_ODD = re.compile(r"[-+]?(0\d[\d_]*|[\d_]+(:[\d_]+)+(\.[\d_]*)?)")  # 010 is 8 there, and 9:30 is 570
LARGEST = 1_000_000  # values, those that an alias repeats counted again


class StrictLoader(yaml.SafeLoader):
    """PyYAML's safe loader, which would keep the last of two equal keys and follow any alias. Raises YAMLError."""

    def get_single_node(self) -> Node | None:
        node = super().get_single_node()
        if node is not None:
            _size(node, {})
        return node

    def compose_mapping_node(self, anchor: Any) -> MappingNode:
        node = super().compose_mapping_node(anchor)
        seen: set[Any] = set()
        for key, _ in node.value:
            if not isinstance(key, ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                continue
            value = self.construct_object(key)  # 1, 0x1 and 1.0 are one key of a dict
            if value in seen:
                raise ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
            seen.add(value)
        return node

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        if isinstance(node, ScalarNode) and node.style is None and _ODD.fullmatch(node.value):
            _refuse_odd(node)
        try:
            found = super().construct_object(node, deep)
        except ValueError as error:  # a date such as 2024-13-45, a number with thousands of digits
            raise ConstructorError(None, None, str(error), node.start_mark) from None
        if isinstance(found, str) and not found.isascii() and any("\ud800" <= letter <= "\udfff" for letter in found):
            raise ConstructorError(None, None, "half of a surrogate pair, which is no character", node.start_mark)
        return found


def _refuse_odd(node: ScalarNode) -> None:
    """Raises ConstructorError for what YAML 1.1 takes for a number other than the one that is written."""
    if node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
        why = f"YAML reads {node.value} as another number (base 8 or 60); put it in quotes, or write the number out"
        raise ConstructorError(None, None, why, node.start_mark)


def _size(node: Node, known: dict[int, int]) -> int:
    """How many values a node stands for."""
    if id(node) in known:
        if not known[id(node)]:
            raise ConstructorError(None, None, "an alias of what it stands in itself", node.start_mark)
        return known[id(node)]
    known[id(node)] = 0
    parts: list[Node] = []
    if isinstance(node, SequenceNode):
        parts = node.value
    elif isinstance(node, MappingNode):
        parts = [part for pair in node.value for part in pair]
    size = 1 + sum([_size(part, known) for part in parts])
    if size > LARGEST:
        raise ConstructorError(None, None, f"more than {LARGEST:,} values, aliases counted", node.start_mark)
    known[id(node)] = size
    return size
