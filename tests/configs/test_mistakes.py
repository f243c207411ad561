"""Every mistake of a configuration at once, each with its path, what was found, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.cli.configuration import read_configuration
from arena.errors import ConfigError, Mistake
from tests.configs.mistaken import AGENT, mistakes


def protocol(text: str) -> str:
    return f"{AGENT}scenarios: [{{use: bargain, protocol: {text}}}]"


def params(text: str) -> str:
    return f"{AGENT}scenarios: [{{use: bargain, params: {text}}}]"


def agents(text: str) -> str:
    return f"agents: {text}\nscenarios: [{{use: bargain}}]"


DESIGNED = "agents: {ann: {scripted: planner}, ben: {scripted: planner}}\nscenarios: [{use: bargain}]\n"
KINDS = "alternating_offers, bid_for_floor, chair_calls, random, recorded, round_robin, simultaneous"
PERTURBATIONS = "amnesia, dropout, newcomer, noise, saboteur, shock"
ONE_KIND = "an agent is exactly one of model, scripted, script, call, url"
TABLE: dict[str, tuple[str, list[str]]] = {
    "an unknown key at the top": (
        f"{AGENT}scenarios: [{{use: bargain}}]\nreapeats: 2",
        ["reapeats: unknown key; did you mean 'repeats'?"],
    ),
    "a memory that there is not": (
        protocol("{memory: notebook}"),
        ["scenarios[0].protocol.memory: found 'notebook'; expected 'none', 'notes', 'board' or 'both'"],
    ),
    "a context that is none": (
        agents("{bob: {model: openai/x, context: 0}}"),
        ["agents.bob.context: found 0; expected greater than or equal to 1"],
    ),
    "perturbations that there are not": (
        protocol(
            "{perturb: [{kind: shok, round: 1}, {kind: dropout, seat: 1}, {kind: noise, rate: much, dealy: 2}, "
            "{seat: 1}]}"
        ),
        [
            "scenarios[0].protocol.perturb[0]: found 'shok'; did you mean 'shock'?",
            "scenarios[0].protocol.perturb[1].round: missing; it is needed",
            "scenarios[0].protocol.perturb[2].dealy: unknown key; did you mean 'delay'?",
            "scenarios[0].protocol.perturb[2].rate: found 'much'; expected a number",
            f"scenarios[0].protocol.perturb[3].kind: missing; there is: {PERTURBATIONS}",
        ],
    ),
    "a mute meeting with words": (
        protocol("{control: mute, channel: star, memory: board}"),
        [
            "scenarios[0].protocol.channel: given together with control: mute; leave one of them out",
            "scenarios[0].protocol.memory: found 'board' with control: mute; a board is words as well",
        ],
    ),
    "a newcomer that nobody declared": (
        protocol("{perturb: [{kind: newcomer, seat: 0, round: 2, agent: bob}]}"),
        ["scenarios[0].protocol.perturb: a newcomer 'bob', an agent that there is not; there is: a"],
    ),
    "an unknown key of an agent": (
        agents("{bob: {modle: openai/x}}"),
        ["agents.bob.modle: unknown key; did you mean 'model'?"],
    ),
    "an unknown key of an agent with the name of a section": (
        agents("{scenarios: {modle: x}, protocol: {temprature: 1, model: openai/x}}"),
        [
            "agents.scenarios.modle: unknown key; did you mean 'model'?",
            "agents.protocol.temprature: unknown key; did you mean 'temperature'?",
        ],
    ),
    "an unknown key of a scenario": (
        f"{AGENT}scenarios: [{{use: bargain, protocl: {{}}}}, {{use: bargain, protocol: {{turn: random}}}}]",
        [
            "scenarios[0].protocl: unknown key; did you mean 'protocol'?",
            "scenarios[1].protocol.turn: unknown key; did you mean 'turns'?",
        ],
    ),
    "wrong types": (
        (
            "agents: {a: {scripted: 3}}\nscenarios: [{use: [bargain], instances: many}]\n"
            "seed: -1\nrepeats: 0\nname: a b\nsalt: 4\ndesign: selfplay\nseating: a"
        ),
        [
            "name: found 'a b'; a name has letters, digits, and _ . - (64 at most)",
            "agents.a.scripted: found 3; expected text",
            "scenarios[0].use: found ['bargain']; expected text",
            "scenarios[0].instances: found 'many'; expected a whole number",
            "design: found 'selfplay'; expected 'explicit', 'self_play', 'cross_play', 'focal' or 'factorial'",
            "seating: found 'a'; expected a list",
            "seed: found -1; expected greater than or equal to 0",
            "salt: found 4; expected text",
            "repeats: found 0; expected greater than or equal to 1",
        ],
    ),
    "nothing that is needed": ("name: x", ["agents: missing; it is needed", "scenarios: missing; it is needed"]),
    "a list for a mapping and a mapping for a list": (
        "agents: [a]\nscenarios: {use: bargain}",
        [
            "agents: found ['a']; expected keys and values",
            "scenarios: found {'use': 'bargain'}; expected a list",
        ],
    ),
    "no agents and no scenarios": (
        "agents: {}\nscenarios: []",
        ["agents: found {}; expected at least one", "scenarios: found []; expected at least one"],
    ),
    "names that are none": (
        agents("{a b: {scripted: planner}, 1: {scripted: planner}, '../x': {scripted: planner}}"),
        [
            "agents.a b: found 'a b'; a name has letters, digits, and _ . - (64 at most)",
            "agents.1: found 1; expected text",
            "agents.../x: found '../x'; a name has letters, digits, and _ . - (64 at most)",
        ],
    ),
    "no kind of agent, two kinds, settings without a model": (
        agents("{a: {}, b: {scripted: planner, model: openai/x}, c: {scripted: planner, temperature: 1, top_p: .5}}"),
        [
            f"agents.a: found none of them; {ONE_KIND}",
            f"agents.b: found model and scripted; {ONE_KIND}",
            "agents.c: found temperature, top_p with scripted; they go with a model only",
        ],
    ),
    "settings of a model": (
        agents("{a: {model: openai/x, temperature: -1, top_p: 2, timeout: 0, dialect: xml, max_output_tokens: 0}}"),
        [
            "agents.a.dialect: found 'xml'; expected 'auto', 'tools', 'json_schema', 'json_object' or 'text'",
            "agents.a.temperature: found -1; expected greater than or equal to 0",
            "agents.a.top_p: found 2; expected less than or equal to 1",
            "agents.a.max_output_tokens: found 0; expected greater than or equal to 1",
            "agents.a.timeout: found 0; expected greater than 0",
        ],
    ),
    "models": (
        agents("{a: {model: gpt-5}, b: {model: opnai/gpt-5}, c: {model: openai/}, d: {model: openai-api/lab/x}}"),
        [
            "agents.a.model: found 'gpt-5'; write PROVIDER/MODEL, as in openai/gpt-5",
            "agents.b.model: no model provider named 'opnai'; did you mean 'openai'?",
            "agents.c.model: model 'openai/' names no model; write openai/MODEL, as in openai/gpt-5-mini",
            "agents.d.model: model 'openai-api/lab/x' has no address; set base_url, or the variable LAB_BASE_URL",
        ],
    ),
    "addresses": (
        agents("{a: {model: openai/x, base_url: 'ftp://x'}, b: {model: openai/x, extra_body: {model: y}}}"),
        [
            "agents.a.base_url: endpoint of 'x': base_url is ftp://x; expected http://HOST/v1 or https",
            "agents.b.extra_body: extra_body sets model, which Arena sets itself; leave it out",
        ],
    ),
    "policies and callables": (
        agents("{a: {scripted: plannr}, b: {call: mine.py}, c: {call: 'none.py:agent'}, d: {call: 'mine.py:'}}"),
        [
            "agents.a.scripted: bargain has no scripted agent 'plannr'; did you mean 'planner'?",
            "agents.b.call: found 'mine.py'; expected file.py:name",
            f"agents.c.call: there is no file 'none.py'; looked beside the configuration, and in {Path.cwd()}",
            "agents.d.call: found 'mine.py:'; expected file.py:name",
        ],
    ),
    "scripts": (
        agents(
            "{a: {script: none.yaml}, b: {script: map.yaml}, c: {script: empty.yaml}, d: {script: broken.yaml},"
            " e: {script: 3}, f: {script: latin.yaml}, g: {script: .}}"
        ),
        [
            "agents.e.script: found 3; expected text, or a list",
            "agents.a.script: found 'none.yaml'; HERE/none.yaml: No such file or directory",
            "agents.b.script: map.yaml holds a dict; expected a list of replies",
            "agents.c.script: empty.yaml holds nothing; expected a list of replies",
            "agents.d.script: broken.yaml, line 2, column 2: not YAML; expected ',' or ']', but got ':'",
            "agents.f.script: found 'latin.yaml'; HERE/latin.yaml: not UTF-8 text",
            "agents.g.script: found '.'; HERE: Is a directory",
        ],
    ),
    "scenarios": (
        f"{AGENT}scenarios: [{{use: bargian}}, {{use: 'none.py:X'}}, {{use: 'scenario.py:Y'}}, {{}}, 3, bargain]",
        [
            "scenarios[3].use: missing; it is needed",
            "scenarios[4]: found 3; expected keys and values",
            "scenarios[5]: found 'bargain'; expected keys and values",
            "scenarios[0].use: found 'bargian'; no scenario named 'bargian'; did you mean 'bargain'?",
            "scenarios[1].use: found 'none.py:X'; no scenario file named 'none.py'; there is none",
            "scenarios[2].use: found 'scenario.py:Y'; no scenario in HERE/scenario.py named 'Y'; there is: X",
        ],
    ),
    "types of parameters": (
        params("{seats: 99, issues: four, confict: 0.5, zone: nevr, discount: [1, 2, 3], options: true, vetoes: 9}"),
        [
            "scenarios[0].params.confict: unknown key; did you mean 'conflict'?",
            "scenarios[0].params.issues: found 'four'; expected a whole number",
            "scenarios[0].params.zone: found 'nevr'; did you mean 'never'?",
            "scenarios[0].params.discount: found [1, 2, 3]; expected a list of length 2, got 3",
            "scenarios[0].params.options: found True; expected a whole number",
            "scenarios[0].params.seats: found 99; expected 2 to 8",
            "scenarios[0].params.vetoes: found 9; expected 0 to 8",
        ],
    ),
    "impossible parameters": (
        params("{seats: 2, acceptance: all-but-one, conflict: .nan, vetoes: 3, discount: 0, setting: festivl}"),
        [
            "scenarios[0].params.conflict: found nan; expected 0 to 1",
            "scenarios[0].params.discount: found 0.0; expected a number above 0, at most 1, or a range of such",
            "scenarios[0].params.setting: found 'festivl' with issues; did you mean 'festival'?",
            "scenarios[0].params.acceptance: found all-but-one with 2 seats; expected 3 seats or more",
            "scenarios[0].params.vetoes: found 3; expected at most 2, one for each seat",
        ],
    ),
    "too many deals": (
        params("{issues: 8, options: 6, seats: 8}"),
        [
            "scenarios[0].params.issues: found 1,679,616 deals; expected at most 1,000,000: ask for fewer or smaller",
        ],
    ),
    "kinds of turns, channels, limits": (
        protocol(
            "{turns: robin, channel: {kind: star, hubb: 1}, limits: {mesages: 3, rounds: x}, refusals: 99, talk: 0}"
        ),
        [
            "scenarios[0].protocol.refusals: found 99; expected less than or equal to 10",
            "scenarios[0].protocol.talk: found 0; expected greater than or equal to 1",
            "scenarios[0].protocol.turns: found 'robin'; did you mean 'round_robin'?",
            "scenarios[0].protocol.channel.hubb: unknown key; did you mean 'hub'?",
            "scenarios[0].protocol.limits.mesages: unknown key; did you mean 'messages'?",
            "scenarios[0].protocol.limits.rounds: found 'x'; expected a whole number or nothing",
        ],
    ),
    "shapes of turns, channels, limits": (
        protocol("{turns: 5, channel: [x], limits: 3}"),
        [
            "scenarios[0].protocol.turns: found 5; expected text, or keys and values",
            "scenarios[0].protocol.channel: found ['x']; expected text, or keys and values",
            "scenarios[0].protocol.limits: found 3; expected keys and values",
        ],
    ),
    "what a rule needs": (
        protocol("{turns: {}, channel: teams}"),
        [
            f"scenarios[0].protocol.turns.kind: missing; there is: {KINDS}",
            "scenarios[0].protocol.channel.teams: missing; it is needed",
        ],
    ),
    "what a rule is given": (
        protocol("{turns: {kind: chair_calls, chair: one}, channel: {kind: teams, teams: [[0, 1], [2, x]]}}"),
        [
            "scenarios[0].protocol.turns.chair: found 'one'; expected a whole number",
            "scenarios[0].protocol.channel.teams[1][1]: found 'x'; expected a whole number",
        ],
    ),
    "self play": (
        (
            "agents: {a: {scripted: planner}, b: {scripted: planner}}\nscenarios: [{use: bargain}]\n"
            "design: self_play\nseating: [a, b, a]"
        ),
        ["seating: given together with design: self_play; leave one of them out"],
    ),
    "agents under test and around them": (
        DESIGNED + "focal: [ann, carl]\nbackground: [bem]\ndesign: focal",
        ["focal[1]: found 'carl'; there is: ann, ben", "background[0]: found 'bem'; did you mean 'ben'?"],
    ),
    "a background without a design for it": (
        DESIGNED + "background: [ben]\nfocal: [ann]\ndesign: cross_play",
        [
            "focal: given together with design: cross_play; leave one of them out",
            "background: given together with design: cross_play; leave one of them out",
        ],
    ),
    "a focal design without a background": (
        DESIGNED + "design: focal",
        ["background: missing; design: focal needs agents for the other seats"],
    ),
    "nobody under test": (
        DESIGNED + "design: focal\nbackground: [ann, ben]",
        ["focal: every agent is in the background; name the agents under test"],
    ),
    "two baselines": (
        DESIGNED + "design: factorial\nbackground: [ann, ben]\nfocal: [ann]",
        ["background: 2 agents (ann, ben); design: factorial has one baseline"],
    ),
    "limits": (
        f"{AGENT}scenarios: [{{use: bargain}}]\nlimits: {{conections: 3, connections: 0}}",
        [
            "limits.connections: found 0; expected greater than or equal to 1",
            "limits.conections: unknown key; did you mean 'connections'?",
        ],
    ),
    "seating": (
        (
            "agents: {ann: {scripted: planner}, ben: {scripted: planner}}\nscenarios: [{use: bargain}]\n"
            "seating: [ann, bem, 3]"
        ),
        ["seating[2]: found 3; expected text"],
    ),
    "seating of strangers": (
        (
            "agents: {ann: {scripted: planner}, ben: {scripted: planner}}\nscenarios: [{use: bargain}]\n"
            "seating: [ann, bem, carl]"
        ),
        ["seating[1]: found 'bem'; did you mean 'ben'?", "seating[2]: found 'carl'; there is: ann, ben"],
    ),
    "mistakes of every kind at once": (
        (
            "agents: {ann: {modle: openai/x}, ben: {scripted: plannr}, c: {script: none.yaml}}\n"
            "scenarios: [{use: bargian}, {use: bargain, params: {seats: 1}, protocol: {turns: robin}}]\n"
            "seating: [ann, bem]\nrepeats: none"
        ),
        [
            "agents.ann.modle: unknown key; did you mean 'model'?",
            "repeats: found 'none'; expected a whole number",
            "agents.ben.scripted: bargain has no scripted agent 'plannr'; did you mean 'planner'?",
            "scenarios[0].use: found 'bargian'; no scenario named 'bargian'; did you mean 'bargain'?",
            "scenarios[1].protocol.turns: found 'robin'; did you mean 'round_robin'?",
            "scenarios[1].params.seats: found 1; expected 2 to 8",
            "agents.c.script: found 'none.yaml'; HERE/none.yaml: No such file or directory",
            "seating[1]: found 'bem'; did you mean 'ben'?",
        ],
    ),
    "addresses of remote agents": (
        (
            "agents:\n  a: {url: 'ftp://x/'}\n  b: {url: 'http://x/?key=k'}\n  c: {url: 'http://x/', dialect: text}\n"
            "  d: {url: 'http://x/', headers: {X-Token: abc}}\n  e: {url: 'http://x/', api_key_env: 'sk-abcdef'}\n"
            "scenarios: [{use: bargain}]\nseating: [a, b]"
        ),
        [
            "agents.a.url: url is ftp://x/; expected http://HOST/PATH or https",
            "agents.b.url: url is http://x/; expected no ?query in it: a key goes in api_key_env",
            "agents.c: found dialect with url; they go with a model only",
            "agents.d.headers.X-Token: headers.X-Token holds a key; write the name of its variable, as in $LAB_TOKEN",
            "agents.e.api_key_env: api_key_env holds what is no variable's name; write the name, as in LAB_API_KEY",
        ],
    ),
    "values that are very long": (
        f"{AGENT}scenarios: [{{use: bargain}}]\nseed: {'x' * 5000}\nsalt: [{', '.join(['1'] * 5000)}]",
        [
            "seed: found '" + "x" * 27 + "..." + "x" * 28 + "'; expected a whole number",
            "salt: found [1, 1, 1, 1, 1, 1, ...]; expected text",
        ],
    ),
    "dates where texts are due": (
        f"{AGENT}scenarios: [{{use: bargain, params: {{setting: 2024-01-01}}}}]\nname: 2024-01-01",
        [
            "name: found datetime.date(2024, 1, 1); expected text",
            "scenarios[0].params.setting: found datetime.date(2024, 1, 1); expected text",
        ],
    ),
}


@pytest.mark.parametrize(("text", "told"), TABLE.values(), ids=TABLE)
def test_mistakes_are_told_all_at_once_with_their_paths(
    text: str, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LAB_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert sorted(mistakes(tmp_path, text)) == sorted(told)


def test_the_mistakes_are_there_as_values_too(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(f"{AGENT}scenarios: [{{use: bargain}}]\nreapeats: 2")
    with pytest.raises(ConfigError) as error:
        read_configuration(tmp_path / "c.yaml")
    assert error.value.mistakes == (Mistake("reapeats", "unknown key", "did you mean 'repeats'?"),)
    assert error.value.source == str(tmp_path / "c.yaml")
