"""Drawing a value that a schema accepts."""

import math
from collections.abc import Iterator
from itertools import islice
from random import Random

from arena.mock.json_value import Json
from arena.mock.schemas.conforming import conforms
from arena.mock.schemas.document import Document, kind_height
from arena.mock.schemas.merging import merge
from arena.mock.schemas.phrases import NAMES
from arena.mock.schemas.scalars import draw_integer, draw_number, draw_string
from arena.mock.schemas.schema import ALL_KINDS, ANYTHING, Schema, Unsatisfiable
from arena.mock.schemas.weighing import in_weighted_order

ATTEMPTS = 100  # at one place, where overlapping oneOf branches reject what was drawn
READINGS = 64  # ways through anyOf and oneOf that are tried before giving up
TIRED_DEPTH = 12  # from here, or from TIRED_COUNT values on, only what is necessary is drawn
TIRED_COUNT = 500
DEEPEST = 40
MOST = 20_000
EXTRA = 3
LIKELY = 0.9  # that a schema without a type, which any kind satisfies that it does not speak of, is taken as meant


def sample(document: Document, rng: Random) -> Json:
    """A value that the document's root accepts, checked; a pure function of the document and the generator's state.

    Optional members are present half of the time, an array holds at most EXTRA items more than it must, and recursion
    ends as soon as it may once the value has grown large. Branches of anyOf and oneOf are taken the more often the more
    they hold (`weighing`), null seldom. Members are drawn in the order of their names. Raises
    Unsatisfiable where nothing was found, which is a proof but for the bounds on the search (READINGS ways through
    the branches at one place, DEEPEST levels, MOST values) and for branches of oneOf that overlap, where ATTEMPTS
    draws may all be ones that two branches accept.
    """
    if math.isinf(document.height(document.root)):
        raise Unsatisfiable("no finite value fits the schema: what it requires never ends, or it accepts nothing")
    return _Sampler(document, rng).value(document.root, "$", 0)


class _Sampler:
    def __init__(self, document: Document, rng: Random) -> None:
        self.document = document
        self.rng = rng
        self.count = 0
        self.steps = 0

    def value(self, schema: Schema, place: str, depth: int) -> Json:
        self.count += 1
        if depth > DEEPEST or self.count > MOST:
            raise Unsatisfiable(f"nothing fits {place} within {DEEPEST} levels and {MOST} values")
        # Only oneOf can reject what was drawn to fit; the whole is checked once more at its root.
        unquestioned = depth > 0 and not self.document.excludes(schema)
        for _ in range(ATTEMPTS):
            drawn = self._attempt(schema, place, depth)
            if unquestioned or conforms(drawn, schema, self.document):
                return drawn
        raise Unsatisfiable(f"nothing fits {place}: none of {ATTEMPTS} draws met all of its demands at once")

    def _attempt(self, schema: Schema, place: str, depth: int) -> Json:
        tired = depth >= TIRED_DEPTH or self.count >= TIRED_COUNT
        failure = Unsatisfiable(f"nothing fits {place}: its demands contradict each other")
        for plain in islice(self._readings(ANYTHING, (schema,), tired), READINGS):
            for draw in self._draws(plain, tired):
                try:
                    return self._draw(draw, plain, place, depth, tired)
                except Unsatisfiable as e:
                    failure = e
        raise failure

    def _readings(self, so_far: Schema, rest: tuple[Schema, ...], tired: bool) -> Iterator[Schema]:
        """Every schema without references and branches that `so_far` and `rest` come to, one branch of each chosen."""
        if not rest:
            yield so_far
            return
        head, *others = rest
        self.steps += 1
        merged = head if so_far is ANYTHING else merge(so_far, head)
        contradicted = merged is not head and math.isinf(self.document.height(merged))
        if contradicted or not merged.kinds or self.steps > MOST:
            return
        referred = () if head.ref is None else (self.document.targets[head.ref],)
        for any_of in self._branches(head.any_of, tired):
            for one_of in self._branches(head.one_of, tired):
                yield from self._readings(merged, (*referred, *head.all_of, *any_of, *one_of, *others), tired)

    def _branches(self, branches: tuple[Schema, ...], tired: bool) -> list[tuple[Schema, ...]]:
        if not branches:
            return [()]
        finite = [b for b in branches if math.isfinite(self.document.height(b))]
        ordered = in_weighted_order(finite, self.document, self.rng)
        return [(b,) for b in (sorted(ordered, key=self.document.height) if tired else ordered)]

    def _draws(self, plain: Schema, tired: bool) -> list[str]:
        """The kinds to try, in order."""
        if plain.choices is not None:
            return ["choice"]
        kinds = sorted(plain.kinds)
        self.rng.shuffle(kinds)
        if plain.kinds == ALL_KINDS and self.rng.random() < LIKELY:
            kinds = _spoken_of(plain) + kinds
        heights = {k: kind_height(k, plain, self.document.heights) for k in kinds}
        finite = [k for k in kinds if math.isfinite(heights[k])]
        return sorted(finite, key=heights.__getitem__) if tired else finite

    def _draw(self, kind: str, plain: Schema, place: str, depth: int, tired: bool) -> Json:
        match kind:
            case "choice":
                return self._choice(plain, place)
            case "object":
                return self._object(plain, place, depth, tired)
            case "array":
                return self._array(plain, place, depth, tired)
            case "string":
                return draw_string(plain, self.rng, place)
            case "integer":
                return draw_integer(plain, self.rng, place)
            case "number":
                return draw_number(plain, self.rng, place)
            case "boolean":
                return self.rng.random() < 0.5
            case _:
                return None

    def _choice(self, plain: Schema, place: str) -> Json:
        fitting = [c for c in plain.choices or () if conforms(c, plain, self.document)]
        if not fitting:
            raise Unsatisfiable(f"nothing fits {place}: no value of its enum or const meets its other demands")
        return self.rng.choice(fitting)

    def _array(self, plain: Schema, place: str, depth: int, tired: bool) -> Json:
        least, most = plain.min_items, plain.max_items
        if most is not None and least > most:
            raise Unsatisfiable(f"no array fits {place}: minItems {least} is above maxItems {most}")
        roomy = least + EXTRA if most is None else min(most, least + EXTRA)
        length = least if tired else self.rng.randint(least, roomy)
        items = plain.items or ANYTHING
        try:
            return [self.value(items, f"{place}[{i}]", depth + 1) for i in range(length)]
        except Unsatisfiable:
            if least > 0:
                raise
            return []

    def _object(self, plain: Schema, place: str, depth: int, tired: bool) -> Json:
        members: dict[str, Json] = {}
        for name in sorted(plain.properties.keys() | plain.required | self._invented(plain, tired)):
            member = plain.properties.get(name, plain.additional or ANYTHING)
            if name in plain.required:
                members[name] = self.value(member, f"{place}.{name}", depth + 1)
            elif not tired and self.rng.random() < 0.5 and math.isfinite(self.document.height(member)):
                try:
                    members[name] = self.value(member, f"{place}.{name}", depth + 1)
                except Unsatisfiable:
                    continue
        return members

    def _invented(self, plain: Schema, tired: bool) -> set[str]:
        # A map, whose keys are free, would otherwise always be empty.
        is_map = not plain.properties and plain.additional is not None and plain.additional != ANYTHING
        return set(NAMES) if is_map and not tired else set()


def _spoken_of(plain: Schema) -> list[str]:
    """The kinds that a schema's keywords speak of, though it states no type."""
    spoken = {
        "object": plain.properties or plain.required or plain.additional is not None,
        "array": plain.items is not None or plain.min_items or plain.max_items is not None,
        "string": plain.min_length or plain.max_length is not None,
        "number": any(
            limit is not None
            for limit in (plain.minimum, plain.maximum, plain.exclusive_minimum, plain.exclusive_maximum)
        ),
    }
    return [kind for kind, said in spoken.items() if said]
