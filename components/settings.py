"""The settings of a deployment, all read from environment variables when they are needed."""

import os
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

Networks = tuple[IPv4Network | IPv6Network, ...]
"""Of IP addresses."""


def data_folders() -> tuple[Path, ...]:
    """Return the data folders: those of LAYDOWN_DATA, separated as in PATH, or data/ beside dashboard.py."""
    texts = [text.strip() for text in os.environ.get("LAYDOWN_DATA", "").split(os.pathsep)]
    return tuple(dict.fromkeys(Path(text) for text in texts if text)) or (Path(__file__).parent.parent / "data",)


def data_folder() -> Path:
    """Return the first of the data folders."""
    return data_folders()[0]


def cache_folder() -> Path | None:
    """Return LAYDOWN_CACHE, where what was read of large data folders is kept between starts; None where it is empty.

    By default it is ``laydown`` in the folder that the system has for such files.
    """
    if (named := os.environ.get("LAYDOWN_CACHE")) is not None:
        return Path(named) if named.strip() else None
    if sys.platform == "win32":
        of_system = os.environ.get("LOCALAPPDATA")
    else:
        of_user = "~/Library/Caches" if sys.platform == "darwin" else "~/.cache"
        of_system = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser(of_user)
    # A relative one is to be ignored, and an account without a home has none.
    return Path(of_system) / "laydown" if of_system and os.path.isabs(of_system) else None


def public_url() -> str:
    """Return LAYDOWN_URL, this server's public base address, with a slash at its end; "": take the request's own."""
    url = os.environ.get("LAYDOWN_URL", "").strip()
    return f"{url.rstrip('/')}/" if url else ""


def frame_ancestors() -> str:
    """Return LAYDOWN_FRAME_ANCESTORS, the sites that may frame the page (a CSP directive); by default itself."""
    return os.environ.get("LAYDOWN_FRAME_ANCESTORS", "").strip() or "'self'"


def trusted_proxies() -> Networks:
    """Return LAYDOWN_TRUSTED_PROXIES, the networks of the proxies whose X-Forwarded-Host and -Proto are believed.

    They are separated by commas, as in ``127.0.0.1, 10.0.0.0/8``. Raise ValueError for what is no network.
    """
    texts = [text.strip() for text in os.environ.get("LAYDOWN_TRUSTED_PROXIES", "").split(",")]
    try:
        return tuple(ip_network(text) for text in texts if text)
    except ValueError as error:
        raise ValueError(f"LAYDOWN_TRUSTED_PROXIES: {error}; write addresses or networks, such as 10.0.0.0/8") from None


def opening_allowed() -> bool:
    """Return whether visitors may open their own files here: unless LAYDOWN_OPEN is ``off``."""
    return os.environ.get("LAYDOWN_OPEN", "").strip().lower() not in ("off", "0", "no", "false")


def metrics_open() -> bool:
    """Return whether LAYDOWN_METRICS is set: requests are counted, and /metrics and Streamlit's own are answered."""
    return bool(os.environ.get("LAYDOWN_METRICS", "").strip())


def refresh_seconds() -> float:
    """Return LAYDOWN_REFRESH, the seconds between two looks at the data folder; 0: never, by default 5.

    Raise ValueError for what is no such number.
    """
    text = os.environ.get("LAYDOWN_REFRESH", "").strip() or "5"
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise ValueError(f"LAYDOWN_REFRESH: {text!r} is no number of seconds; write one from 0 (never) to 86400")
    return seconds
