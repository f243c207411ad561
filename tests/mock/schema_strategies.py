"""Random JSON Schemas: some that a value is known to satisfy, some that may contradict themselves."""

from typing import Any

from hypothesis import strategies as st

Json = Any
NAMES = st.sampled_from(["text", "price", "to", "notes", "kind"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from([0.5, 2.0, -1.25]), st.sampled_from(["", "a", "all"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)


@st.composite
def limits(draw: st.DrawFn, low_key: str, high_key: str, least: int, most: int) -> Json:
    low = draw(st.integers(least, most))
    high = draw(st.integers(low, most))
    both = {low_key: low, high_key: high}
    return {k: both[k] for k in draw(st.sets(st.sampled_from([low_key, high_key])))}


@st.composite
def numbers(draw: st.DrawFn) -> Json:
    kind = draw(st.sampled_from(["integer", "number"]))
    low = draw(st.one_of(st.integers(-(10**18), 10**18), st.integers(-5, 5)))
    inside = {"minimum": low, "exclusiveMaximum": low + draw(st.integers(1, 50))}
    swapped = {"exclusiveMinimum": low, "maximum": low + draw(st.integers(1, 50))}
    limit = draw(st.sampled_from([inside, swapped]))
    return {"type": kind} | {k: limit[k] for k in draw(st.sets(st.sampled_from(sorted(limit))))}


@st.composite
def objects(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    properties = draw(st.dictionaries(NAMES, inner, max_size=4))
    required = sorted(draw(st.sets(st.sampled_from(sorted(properties))))) if properties else []
    schema: Json = {"type": "object", "properties": properties, "required": required}
    additional = draw(st.sampled_from([None, False, {"type": "null"}]))
    return schema if additional is None else schema | {"additionalProperties": additional}


@st.composite
def arrays(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    return {"type": "array", "items": draw(inner)} | draw(limits("minItems", "maxItems", 0, 3))


@st.composite
def tagged_unions(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    tags = draw(st.lists(st.sampled_from(["propose", "accept", "walk"]), min_size=1, unique=True))
    branches = [
        {"type": "object", "properties": {"kind": {"const": t}, "with": draw(inner)}, "required": ["kind"]}
        for t in tags
    ]
    return {"oneOf": branches}


def satisfiable() -> st.SearchStrategy[Json]:
    """Schemas that some value satisfies, by construction."""
    strings = limits("minLength", "maxLength", 0, 200).map(lambda limit: {"type": "string"} | limit)
    leaves = st.one_of(
        strings,
        numbers(),
        st.sampled_from([{"type": "boolean"}, {"type": "null"}, {}, True, {"type": ["string", "null"]}]),
        SCALARS.map(lambda v: {"const": v}),
        st.lists(SCALARS, min_size=1, max_size=4).map(lambda vs: {"enum": vs}),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            objects(inner),
            arrays(inner),
            tagged_unions(inner),
            st.lists(inner, min_size=1, max_size=3).map(lambda ss: {"anyOf": ss}),
            inner.map(lambda s: {"allOf": [s, {}], "description": "the same, laid over anything"}),
            inner.map(lambda s: {"allOf": [s, s]}),
        ),
        max_leaves=8,
    )


def arbitrary(overlaps: bool) -> st.SearchStrategy[Json]:
    """Schemas whose keywords are thrown together, over the references that `with_definitions` resolves."""
    references = st.sampled_from([{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}])
    some = st.lists(references | satisfiable(), min_size=1, max_size=3)
    parts = st.one_of(
        satisfiable().filter(lambda s: isinstance(s, dict)),
        objects(references),
        arrays(references),
        some.map(lambda ss: {"oneOf" if overlaps else "anyOf": ss}),
        some.map(lambda ss: {"anyOf": ss}),
        some.map(lambda ss: {"allOf": ss}),
        st.just({"type": ["object", "array", "string"]}),
        st.lists(VALUES, min_size=1, max_size=4).map(lambda vs: {"enum": vs}),
    )
    return st.lists(parts, min_size=1, max_size=3).map(lambda ps: {k: v for p in ps for k, v in p.items()})


def with_definitions(overlaps: bool = True) -> st.SearchStrategy[Json]:
    """Arbitrary schemas that hold the definitions they refer to, which may refer to each other and themselves.

    overlaps: whether the branches of a oneOf may accept the same value.
    """
    some = arbitrary(overlaps)
    return st.builds(lambda root, a, b: root | {"$defs": {"a": a, "b": b}}, some, some, satisfiable() | some)
