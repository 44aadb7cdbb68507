"""``python -m repdb``, and the script of that name."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; never returns. Most of a short command is the loading of it, where Ctrl-C finds it too."""
    try:
        from repdb.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
