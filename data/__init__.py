"""Seed and reference rows, each with origin, licence and date."""
