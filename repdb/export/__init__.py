"""Exports for other tools, one small file each (floor 3)."""
