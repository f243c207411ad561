"""Templates that import others: what is kept between two imports is what would have been made again."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, StrictUndefined

from arena.prompting.sandbox import KEPT, Sandbox

USER = '{% from "m.j2" import m with context %}{{ m() }}'


def sandbox(macro: str) -> Sandbox:
    return Sandbox(loader=DictLoader({"m.j2": macro, "a.j2": USER}), undefined=StrictUndefined)


def said(environment: Sandbox, **context: Any) -> str:
    return environment.get_template("a.j2").render(context)


def test_a_macro_that_reads_plain_values_is_made_once_for_each_of_them() -> None:
    environment = sandbox("{% macro m() %}{{ seats[seat] }}{% endmacro %}")
    for seat, name in ((0, "Ann"), (1, "Bob"), (0, "Ann")):
        assert said(environment, seat=seat, seats=("Ann", "Bob")) == name
    assert said(environment, seat=0, seats=("Cem", "Bob"), other=object()) == "Cem"
    assert len(environment.modules) == 3


@pytest.mark.parametrize("values", [(True, 1), (1, True), (0, False), (1.0, 1), ([1], [2]), ({"a": 1}, {"a": 2})])
def test_values_that_read_otherwise_are_told_apart(values: tuple[Any, Any]) -> None:
    environment = sandbox("{% macro m() %}{{ v }}{% endmacro %}")
    assert [said(environment, v=v) for v in values] == [str(v) for v in values]


def test_a_macro_that_counts_begins_anew_with_every_import() -> None:
    counting = "{% set n = namespace(n=0) %}{% macro m() %}{% set n.n = n.n + seat %}{{ n.n }}{% endmacro %}"
    environment = sandbox(counting)
    assert [said(environment, seat=2) for _ in range(3)] == ["2", "2", "2"]
    assert not environment.modules


def test_a_macro_that_asks_for_another_template_sees_what_that_one_reads() -> None:
    environment = sandbox('{% macro m() %}{% include "b.j2" %}{% endmacro %}')
    environment.loader.mapping["b.j2"] = "{{ v }}"  # type: ignore[union-attr]
    assert [said(environment, v=v) for v in (1, 2)] == ["1", "2"]


def test_a_loop_variable_of_the_importer_is_read_as_it_is_now() -> None:
    looping = '{% for v in vs %}{% from "m.j2" import m with context %}{{ m() }}{% endfor %}'
    environment = sandbox("{% macro m() %}<{{ v }}>{% endmacro %}")
    environment.loader.mapping["a.j2"] = looping  # type: ignore[union-attr]
    assert said(environment, vs=(1, 2, 1)) == "<1><2><1>"


def test_no_more_than_so_many_are_kept() -> None:
    environment = sandbox("{% macro m() %}{{ v }}{% endmacro %}")
    assert all([said(environment, v=v) == str(v) for v in range(KEPT + 10)])
    assert len(environment.modules) == KEPT
