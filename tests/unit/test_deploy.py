"""What .deploy holds is well-formed, and agrees with the program and with itself. Nothing of it is run here."""

import re
from pathlib import Path
from string import Template
from typing import Any

import pytest
from starlette.routing import Route

from components.web.server import routes

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / ".deploy"
NGINX = (DEPLOY / "nginx/laydown.conf.template").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def parsed(name: str) -> list[Any]:
    yaml: Any = pytest.importorskip("yaml")
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))


def test_compose_fills_in_all_that_the_nginx_configuration_leaves_open() -> None:
    (compose,) = parsed("compose.yaml")
    assert set(re.findall(r"\$\{(\w+)\}", NGINX)) == set(compose["services"]["proxy"]["environment"])
    assert all(name.isupper() for name in Template(NGINX).get_identifiers() if f"${{{name}}}" in NGINX)


def test_replicas_are_alike_unprivileged_and_write_nothing() -> None:
    (compose,) = parsed("compose.yaml")
    one, other, proxy = (compose["services"][name] for name in ("laydown-1", "laydown-2", "proxy"))
    assert one == other
    for service in (one, proxy):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert all(volume.endswith(":ro") for service in (one, proxy) for volume in service["volumes"])
    (container,) = next(
        part["spec"]["template"]["spec"]["containers"]
        for part in parsed("kubernetes.yaml")
        if part["kind"] == "Deployment"
    )
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["allowPrivilegeEscalation"] is False


def test_the_probes_are_routes_of_the_program() -> None:
    paths = {route.path for route in routes(lambda: ROOT / "data") if isinstance(route, Route)}
    text = DOCKERFILE + (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"/(?:health|ready)z", text))
    assert asked == {"/healthz", "/readyz"}
    assert asked <= paths


def test_the_image_holds_the_dashboard_alone_and_runs_as_nobody() -> None:
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    assert len(stages) == 2
    assert "--require-hashes -r requirements.txt" in stages[0]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", stages[1], re.MULTILINE)
    assert "pip" not in stages[1]
    kept = re.findall(r"^!(.*)$", (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(kept) == {"requirements.txt", "dashboard.py", ".streamlit/config.toml", "components", "data"}
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    assert set(copied) == set(kept)
    assert all((ROOT / name).exists() for name in copied)


def test_metrics_are_closed_to_the_public() -> None:
    closed = re.search(r"location ~ (\S+) \{\s+return 404;", NGINX)
    assert closed
    for path, found in (("/metrics", True), ("/_stcore/metrics", True), ("/_stcore/stream", False), ("/embed", False)):
        assert bool(re.search(closed[1], path)) is found
