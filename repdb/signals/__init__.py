"""Signals: each observes one thing about the evidence and says so; the weights live in one table (floor 2)."""
