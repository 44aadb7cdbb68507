"""The command line (floor 4): ``repdb COMMAND``. Each command parses, calls one flow, prints."""

from repdb.cli.app import app, main

__all__ = ["app", "main"]
