"""The stories that bargains are dressed in: words without a preference among them, over the same mathematics."""

from __future__ import annotations

from arena.scenarios.bargain.settings.expedition import EXPEDITION
from arena.scenarios.bargain.settings.festival import FESTIVAL
from arena.scenarios.bargain.settings.harbour import HARBOUR
from arena.scenarios.bargain.settings.orbital import ORBITAL
from arena.scenarios.bargain.settings.setting import Setting

SETTINGS: tuple[Setting, ...] = (EXPEDITION, FESTIVAL, HARBOUR, ORBITAL)
