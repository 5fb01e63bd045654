"""The settings a deployment may give, all from the environment."""

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the data folder: LAYDOWN_DATA, or data/ beside dashboard.py."""
    return Path(os.environ.get("LAYDOWN_DATA") or Path(__file__).parent.parent / "data")
