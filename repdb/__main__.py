"""``python -m repdb``."""

from repdb.cli import main

if __name__ == "__main__":
    main()
