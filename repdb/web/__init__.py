"""The published site: a Datasette plugin (floor 4)."""
