from pathlib import Path

import pytest

from tests.site import curated_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curated data as a static site's folder."""
    return curated_site(tmp_path_factory)
