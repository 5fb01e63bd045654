"""Hostile URLs and mutated data folders, seeded: the same seed gives the same ones."""
