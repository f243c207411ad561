"""A report as one page of HTML that fetches nothing and runs nothing.

All text goes through the template's escaping; what others wrote has gone through `report.visible` before. Its policy
allows the page's own style, by its hash, and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from msgspec import structs

from arena.report.page.gathered import Gathered
from arena.report.page.sections import Section, sections
from arena.report.page.summary import facts
from arena.report.visible import visible

POLICY = "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


def html(of: Gathered, base: Path, verdicts: Sequence[str] = (), drawn: bool = True) -> str:
    """The page, whose links lead from the folder `base`; `drawn`: with pictures."""
    room = files("arena.report.page")
    style = (room / "report.css").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((room / "report.html.j2").read_text(encoding="utf-8"))
    told = sections(of, base, verdicts, drawn)
    return template.render(
        name=visible(of.name),
        facts=facts(of),
        contents=[(each.id, each.title) for each in told],
        sections=[_marked(each) for each in told],
        style=Markup(style),  # it is ours
        policy=POLICY.format(style=b64encode(sha256(style.encode()).digest()).decode()),
    )


def _marked(section: Section) -> dict[str, object]:
    """A section whose pictures are markup: vl-convert has escaped what is in them."""
    plain = {name: getattr(section, name) for name in section.__struct_fields__}
    marked = [structs.asdict(each) | {"svg": Markup(each.svg)} for each in section.pictures]
    return plain | {"pictures": marked}
