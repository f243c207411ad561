"""The shape of a configuration file, as pydantic checks it. What the words in it refer to is resolved elsewhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Dialect = Literal["auto", "tools", "json_schema", "json_object", "text"]
Design = Literal["explicit", "self_play", "cross_play", "focal", "factorial"]

Price = dict[Literal["in", "cached", "out"], Annotated[float, Field(ge=0, allow_inf_nan=False)]]

CONNECTIONS = 64  # model calls in flight at once, unless a configuration says otherwise
KINDS = ("model", "scripted", "script", "call", "url")
OVER_HTTP = frozenset({"api_key_env", "timeout", "max_retries", "headers"})  # settings of remote agents as well


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())


class AgentConfig(_Strict):
    """An agent: a model at an endpoint, a policy, answers from a file, a callable or a server of your own."""

    model: str | None = Field(None, description="provider/model, such as openai/gpt-5-mini or openai-api/lab/qwen3")
    scripted: str | None = Field(None, description="a scripted policy of the scenario's family, such as planner")
    script: str | list[Any] | None = Field(
        None, description="this seat's replies in order, or a YAML or JSON file of them"
    )
    call: str | None = Field(None, description="file.py:name of an async callable (view, ask) -> Reply")
    url: str | None = Field(None, description="where a remote agent answers: http://HOST/PATH, or https")

    base_url: str | None = None
    api_key_env: str | None = Field(None, description="the NAME of the environment variable that holds the key")
    api: Literal["chat", "responses"] | None = None
    dialect: Dialect | None = None
    roles: Literal["strict", "merged", "system-first"] | None = Field(None, description="which order of roles it takes")
    temperature: float | None = Field(None, ge=0)
    top_p: float | None = Field(None, gt=0, le=1)
    max_output_tokens: int | None = Field(None, ge=1)
    token_param: Literal["max_tokens", "max_completion_tokens", "max_output_tokens"] | None = None
    context: int | None = Field(None, ge=1, description="tokens that the model takes, prompt and answer together")
    timeout: float | None = Field(None, gt=0, description="seconds for one call")
    max_retries: int | None = Field(None, ge=0)
    rpm: float | None = Field(None, gt=0, description="requests a minute at most")
    tpm: float | None = Field(None, gt=0, description="tokens a minute at most")
    headers: dict[str, str] | None = None
    extra_body: dict[str, Any] | None = None
    price: Price | None = Field(None, description="USD per million tokens: {in: , cached: , out: }")
    cache: bool | None = Field(None, description="whether replies are kept and used again; by default as the run says")

    @field_validator("price")
    @classmethod
    def _whole(cls, price: Price | None) -> Price | None:
        missing = {"in", "out"} - (price or {"in": 0, "out": 0}).keys()
        if missing:
            raise ValueError(f"lacks {' and '.join(sorted(missing))}; write {{in: , out: }}, and cached: if you like")
        return price

    @model_validator(mode="after")
    def _one_kind(self) -> AgentConfig:
        kinds = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            found = "none of them" if not kinds else " and ".join(kinds)
            raise ValueError(f"found {found}; an agent is exactly one of {', '.join(KINDS)}")
        settings = self.model_fields_set - set(KINDS) - (OVER_HTTP if self.url is not None else set())
        if self.model is None and settings:
            raise ValueError(f"found {', '.join(sorted(settings))} with {self.kind}; they go with a model only")
        return self

    @property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)


class ProtocolConfig(_Strict):
    """The meeting: who speaks when, to whom, how much."""

    turns: str | dict[str, Any] | None = None
    channel: str | dict[str, Any] | None = None
    limits: dict[str, Any] | None = None
    refusals: int | None = Field(None, ge=0, le=10)
    talk: int | None = Field(None, ge=1)
    memory: Literal["none", "notes", "board", "both"] | None = None
    control: Literal["merged", "mute"] | None = Field(
        None, description="merged: one agent has every seat and every fact; mute: nobody says anything"
    )
    perturb: list[dict[str, Any]] | None = Field(
        None, description="what befalls it: {kind: shock, dropout, newcomer, saboteur, amnesia or noise, ...}"
    )


class ScenarioConfig(_Strict):
    """A scenario to play: its family, the parameters of its instances, how many, and the meeting."""

    use: str
    params: dict[str, Any] = {}
    instances: int = Field(1, ge=1, le=100_000)
    seed: int | None = Field(None, ge=0, lt=2**63, description="its first seed; by default the run's")
    protocol: ProtocolConfig = ProtocolConfig.model_validate({})


class LimitsConfig(_Strict):
    """What a run may take: at once, and in all; one that has taken what it may in all stops, and can be resumed."""

    connections: int = Field(CONNECTIONS, ge=1, le=10_000, description="model calls in flight at once")
    usd: float | None = Field(None, gt=0, allow_inf_nan=False, description="money, over all sittings")
    tokens: int | None = Field(None, ge=1, description="tokens read and written, over all sittings")
    calls: int | None = Field(None, ge=1, description="replies had from models, over all sittings")
    minutes: float | None = Field(None, gt=0, allow_inf_nan=False, description="time, of each sitting")


class StopConfig(_Strict):
    """When a comparison ends early: once it is decided who does better, or that they differ by less than `delta`."""

    delta: float = Field(gt=0, allow_inf_nan=False, description="a difference that does not matter")
    metric: str = Field("coordination_gain", description="the measure that agents are compared by")


def _or_suite(schema: dict[str, Any]) -> None:
    """Say that a suite may stand for the list; `configs.suites` puts its scenarios there before anything is checked."""
    listed = {key: schema.pop(key) for key in ("type", "items", "minItems") if key in schema}
    named = {"suite": {"type": "string"}, "instances": {"type": "integer", "minimum": 1}}
    suite = {"type": "object", "properties": named, "required": ["suite"], "additionalProperties": False}
    schema["anyOf"] = [listed, suite]


class RunConfig(_Strict):
    """A whole configuration."""

    name: Name = "match"
    agents: dict[Name, AgentConfig] = Field(min_length=1)
    scenarios: list[ScenarioConfig] = Field(min_length=1, json_schema_extra=_or_suite)
    design: Design = "explicit"
    seating: list[Name] | None = Field(None, description="the agents by seat; by default all of them, in order")
    focal: list[Name] | None = Field(None, description="the agents under test; by default all but the background")
    background: list[Name] | None = Field(None, description="who sits around them, the same throughout")
    seed: int = Field(0, ge=0, lt=2**63)
    salt: str = Field("open", description="keep it secret and nobody can try seeds until an instance fits")
    repeats: int = Field(1, ge=1)
    limits: LimitsConfig = LimitsConfig.model_validate({})
    stop: StopConfig | None = Field(None, description="end comparisons of agents that are decided")
    cache: bool = Field(False, description="keep the replies of models, and use them again in the same place")
