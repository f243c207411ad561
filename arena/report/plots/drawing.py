"""Pictures as files: Vega-Lite specifications, and what vl-convert makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

from arena.errors import ArenaError, UsageError
from arena.report.plots.caption import caption
from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart

Spec = dict[str, Any]
SCALE: Final = 2.0  # a PNG has so many pixels for each of the picture's
NONCHARACTERS: Final = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
ROOT: Final = '<svg xmlns="http://www.w3.org/2000/svg"'


def specification(picture: Picture, of: Record) -> Spec:
    """The Vega-Lite specification of a picture. Raises UsageError where the extra is not installed."""
    _installed()
    return _specified(picture.chart(of), "; ".join([picture.about, *caption(of)]))


def drawn_chart(make: Callable[[], Chart], description: str) -> bytes:
    """A picture of something other than a match, as svg. Raises UsageError where the extra is not installed."""
    _installed()
    return _made(FORMATS[".svg"], _specified(make(), description))


def _specified(chart: Chart, description: str) -> Spec:
    chart.description = description
    # What XML cannot hold, and no escape can name in it, is shown as the character that stands for such.
    text = json.dumps(chart.to_dict(validate=False), ensure_ascii=False, allow_nan=False)
    made: Spec = json.loads(text.translate(NONCHARACTERS))
    return made


def drawn(picture: Picture, of: Record, suffix: str) -> bytes:
    """The picture as a file of that suffix: the same input, the same bytes. Raises UsageError for an unknown one."""
    if suffix not in FORMATS:
        raise UsageError(f"no picture can be drawn as {suffix!r}; name a file that ends in {', '.join(FORMATS)}")
    return _made(FORMATS[suffix], specification(picture, of))


def _made(form: Callable[[Spec], bytes], spec: Spec) -> bytes:
    try:
        return form(spec)
    except ValueError as error:  # what vl-convert raises, whatever went wrong in it
        raise ArenaError(f"vl-convert could not draw the picture: {error}") from error


def _installed() -> None:
    try:
        import altair  # noqa: F401 - whether it is there
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"pictures in files need altair and vl-convert ({error}); "
            "install them with: pip install 'coordination-arena[plot]'; without -o the terminal shows a compact form"
        ) from error


def _json(spec: Spec) -> bytes:
    return (json.dumps(spec, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _svg(spec: Spec) -> bytes:
    import vl_convert

    made: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    # A reader of the screen is told what is on it, in place of hundreds of marks.
    return made.replace(ROOT, f'{ROOT} role="img" aria-label={quoteattr(spec["description"])}', 1).encode() + b"\n"


def _png(spec: Spec) -> bytes:
    import vl_convert

    made: bytes = vl_convert.vegalite_to_png(spec, scale=SCALE, allowed_base_urls=[])
    return made


FORMATS: Final[Mapping[str, Callable[[Spec], bytes]]] = {".svg": _svg, ".png": _png, ".json": _json}
