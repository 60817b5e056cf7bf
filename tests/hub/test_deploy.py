"""What a school takes from deploy/ fits together: addresses, versions, memory, and the pages that explain it."""

import json
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import yaml
from lacking import lacks

from lumbar import cli, course

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "deploy" / "hub"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "deploy").glob("*.md"))}
VALUES = yaml.safe_load((HUB / "values.yaml").read_text())
CLUSTER = list(yaml.safe_load_all((HUB / "class-server.yaml").read_text()))


class Settings(dict):
    """Enough of a configuration to be written to: `c.Spawner.cmd = …`."""

    def __getattr__(self, name: str):
        return self.setdefault(name, Settings())

    def __setattr__(self, name: str, value) -> None:
        self[name] = value


def settings(file: str) -> Settings:
    c = Settings()
    runpy.run_path(str(HUB / file), {"c": c, "load_subconfig": lambda name: None})
    return c


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("where", ["cluster", "machine"])
def test_a_server_opens_with_the_pull_of_the_first_lesson(where):
    on_a_machine = settings("jupyterhub_config.py").Spawner.default_url
    address = VALUES["singleuser"]["defaultUrl"] if where == "cluster" else on_a_machine
    assert urlsplit(address).path == "/git-pull"
    pull = asked(address)
    assert (pull["branch"], pull["targetpath"]) == ("course", "Lumbar")
    assert pull["urlpath"] == f"lab/tree/Lumbar/{cli.FIRST_LESSON}"


@pytest.mark.parametrize("page", ["jupyterhub", "single-server"])
def test_the_link_on_the_page_opens_a_lesson_that_there_is(page):
    link = re.search(r"^https://\S+/hub/user-redirect/git-pull\?\S+$", PAGES[page], re.MULTILINE)[0]
    lesson = asked(link)["urlpath"].removeprefix("lab/tree/Lumbar/").removesuffix(".ipynb")
    assert lesson in [each.file for each in course.LESSONS]
    assert asked(link)["branch"] == "course"


def test_the_course_is_where_the_configuration_and_the_pages_say():
    pull = asked(settings("jupyterhub_config.py").Spawner.default_url)
    assert pull["repo"] == ROOT.as_uri()
    assert quote("file:///srv/lumbar", safe="") in PAGES["single-server"]
    for name in ("lumbar-hub.service", "lumbar-class.service"):
        assert "/srv/lumbar/.venv/bin/" in (HUB / name).read_text()


@pytest.mark.parametrize("name", ["lumbar-class.service", "class-server.yaml"])
def test_the_class_server_is_started_with_options_that_there_are(name):
    if name.endswith(".service"):
        unit = (HUB / name).read_text().replace("\\\n", " ")
        line = re.search(r"^ExecStart=\S+/lumbar (.+)$", unit, re.MULTILINE)[1].split()
    else:
        deployment = next(each for each in CLUSTER if each["kind"] == "Deployment")
        container = deployment["spec"]["template"]["spec"]["containers"][0]
        line = [*container["command"][1:], *container["args"]]
    options = cli._options(line)
    assert options.school and options.no_browser and options.database.startswith("postgresql://")
    assert options.host == "class.school.example"


def test_versions_are_those_that_are_locked():
    lock, image = (HUB / "requirements.lock").read_text(), (HUB / "Dockerfile").read_text()
    for package, name in (("nbgitpuller", "NBGITPULLER"), ("psycopg", "PSYCOPG")):
        locked = re.search(rf"^{package}==(\S+)", lock, re.MULTILINE)[1]
        assert f"ARG {name}={locked}\n" in image
    hub = re.search(r"^ARG JUPYTERHUB=(\S+)", image, re.MULTILINE)[1]
    assert f"It is {hub} for the chart" in PAGES["jupyterhub"]


def test_the_proxys_lock_names_no_host():
    lock = json.loads((HUB / "package-lock.json").read_text())
    assert not [name for name, each in lock["packages"].items() if {"resolved", "funding"} & each.keys()]
    assert all("integrity" in each for name, each in lock["packages"].items() if name)


def test_the_memory_on_the_page_is_what_the_hub_sets_aside():
    memory = {name: int(size.removesuffix("M")) for name, size in VALUES["singleuser"]["memory"].items()}
    assert f"{memory['guarantee']} MB are set aside for each learner" in PAGES["jupyterhub"]
    assert f"cannot take more than {memory['limit']} MB" in PAGES["jupyterhub"]
    assert f"GUARANTEED = {memory['guarantee']}e6" in (ROOT / "benchmarks" / "hub.py").read_text()


def test_the_pages_link_to_files_that_there_are():
    links = [(name, link) for name, text in PAGES.items() for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    assert len(links) > 10
    assert [each for each in links if not (ROOT / "deploy" / each[1]).exists()] == []


def test_nginx_takes_the_configuration(tmp_path):
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not nginx or not shutil.which("openssl"):
        lacks("there is no nginx or no openssl")
    key = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", "-days", "1"]
    subprocess.run([*key, "-keyout", tmp_path / "key", "-out", tmp_path / "pem"], check=True, capture_output=True)
    inside = (HUB / "nginx.conf").read_text()
    inside = re.sub(r"/etc/ssl/lumbar/\w+\.(pem|key)", lambda found: str(tmp_path / found[1]), inside)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {inside} }}"
    )
    run = subprocess.run([nginx, "-t", "-q", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
