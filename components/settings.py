"""The settings a deployment may give, all from the environment."""

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the data folder: LAYDOWN_DATA, or data/ beside dashboard.py."""
    return Path(os.environ.get("LAYDOWN_DATA") or Path(__file__).parent.parent / "data")


def public_url() -> str:
    """Return LAYDOWN_URL, where the public reaches this server, with a slash at its end; "": as a request says."""
    url = os.environ.get("LAYDOWN_URL", "").strip()
    return f"{url.rstrip('/')}/" if url else ""


def frame_ancestors() -> str:
    """Return LAYDOWN_FRAME_ANCESTORS, the sites that may show the page in a frame; without it, none but itself."""
    return os.environ.get("LAYDOWN_FRAME_ANCESTORS", "").strip() or "'self'"


def metrics_open() -> bool:
    """Return whether LAYDOWN_METRICS is set: Streamlit's metrics are then for everyone to read."""
    return bool(os.environ.get("LAYDOWN_METRICS", "").strip())
