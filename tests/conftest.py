"""What all tests share: hypothesis without deadlines, because a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("arena", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("arena")
