"""How likely each branch of an anyOf or oneOf is: the more a value must hold, the more often it is taken."""

from random import Random

from arena.mock.schemas.document import Document
from arena.mock.schemas.schema import Schema

DEEPEST = 3  # levels of members that are counted
NOTHING_MUCH = 0.25  # the weight of a branch that accepts null alone


def weight(schema: Schema, document: Document) -> float:
    """The square of `holds`; NOTHING_MUCH for null.

    Of the moves of a game, those that end it (and say no more than that) hold the least, so that equal chances would
    end most games at once; squared, the weights leave room for some turns, and every branch is still taken at times.
    """
    if schema.kinds == {"null"} or schema.choices == (None,):
        return NOTHING_MUCH
    return float(holds(schema, document) ** 2)


def holds(schema: Schema, document: Document, levels: int = DEEPEST) -> int:
    """1 and what every required member holds, `levels` deep; of what lies over the same value, the most."""
    if levels < 0:
        return 1
    members = (schema.properties.get(name) for name in schema.required)
    own = 1 + sum(1 if member is None else holds(member, document, levels - 1) for member in members)
    over = [*schema.in_place(), *([document.targets[schema.ref]] if schema.ref is not None else [])]
    return max(own, *(holds(each, document, levels - 1) for each in over)) if over else own


def in_weighted_order(branches: list[Schema], document: Document, rng: Random) -> list[Schema]:
    """All of the branches: the first drawn by weight, then the next of what is left.

    Source: Efraimidis and Spirakis (2006), Weighted random sampling with a reservoir: order by u to the power of 1/w.
    """
    keys = [rng.random() ** (1 / weight(branch, document)) for branch in branches]
    return [branch for _, branch in sorted(zip(keys, branches, strict=True), key=lambda pair: -pair[0])]
