"""The pictures of the scenario families: a package each, named as the family, whose `pictures` holds `PICTURES`."""
