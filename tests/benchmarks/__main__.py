"""Measure Laydown and its peers: `uv run --group peers python -m tests.benchmarks --help`."""

from .run import main

main()
