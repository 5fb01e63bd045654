"""What a deployment sets: the committed configuration, and the environment."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_server_watches_no_source_files_and_readme_tells_how_to_have_it_watch() -> None:
    """Fifty readers at once waited 15 s for a first page with the watcher, 0.3 s without."""
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["fileWatcherType"] == "none"
    assert "--server.fileWatcherType auto" in (ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")
