"""compose.yaml, nginx and the settings speak of the same things."""

import re

import pytest
import yaml
from django.conf import settings

BASE = settings.BASE_DIR


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((BASE / "compose.yaml").read_text())["services"]


def test_nginx_passes_on_to_every_web_process_and_to_nothing_else(services):
    named = re.findall(r"^\s*server (\w+):8000 ", (BASE / "deploy/nginx.conf").read_text(), re.M)

    assert named == [name for name in services if name.startswith("web")]
    assert len(named) == 2


def test_what_the_web_processes_are_told_is_what_the_settings_read(services):
    said = (BASE / "relations/settings.py").read_text().partition('"""\n\n')[0]
    told = set(services["web1"]["environment"]) - {"CACHE_URL"}

    assert {name for name in told if not re.search(rf"^{name}\s", said, re.M)} == set()
    assert services["web1"] == services["web2"]


def test_no_process_of_ours_can_write_to_its_root_or_hold_a_right(services):
    for name in ["web1", "web2", "migrate"]:
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]


def test_only_nginx_is_reached_from_outside_and_only_from_this_machine(services):
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert ports == {"nginx": ["127.0.0.1:${PORT:-8080}:8080"]}


def test_no_secret_has_a_default():
    text = (BASE / "compose.yaml").read_text()

    for name in ["SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS"]:
        given = re.findall(rf"\$\{{{name}(\S+)", text)
        assert given
        assert all(rest.startswith(":?") for rest in given)


def test_a_replica_is_a_postgresql_of_the_same_version_and_started_only_when_asked_for(services):
    replica = services["replica"]

    assert replica["image"] == services["postgres"]["image"]
    assert replica["profiles"] == ["replica"]
    assert services["web1"]["environment"]["REPLICA_URL"] == "${REPLICA_URL:-}"
    for service, name in [("postgres", "primary"), ("replica", "replica")]:
        script = f"./deploy/{name}.sh"
        assert [one for one in services[service]["volumes"] if one.startswith(script)]
        assert (BASE / script).is_file()
