"""`python -m arena`, the same as the command `arena`."""

from arena.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
