"""What all tests share: hypothesis tries the same examples every time, and without deadlines.

A slow machine is no failure, and a newcomer's first run finds nothing that ours did not. To look further, with new
examples every time: `--hypothesis-profile=explore`.
"""

from hypothesis import settings

settings.register_profile("arena", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, derandomize=False, max_examples=1000)
settings.load_profile("arena")
