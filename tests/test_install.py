"""A fresh machine gets what the course needs: the lists of packages agree, and the wheel is whole."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {
    "run": "requirements.lock", "school": "deploy/hub/requirements.lock",
    "test": "tests/requirements.lock", "bench": "benchmarks/requirements.lock",
}  # fmt: skip
CONDA_NAMES = {"matplotlib": "matplotlib-base", "jupyterlab-widgets": "jupyterlab_widgets"}
ONLY_ON_PYPI = {"fsrs"}  # pip fetches it with the course itself


def wanted(*extras):
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    return {canonicalize_name(entry.name): entry for entry in map(Requirement, sum(lists, []))}


def locked(name):
    """The packages of a lock file: the name, and its versions (where they differ by platform or Python)."""
    found = {}
    for line in (ROOT / LOCKS[name]).read_text().splitlines():
        if match := re.match(r"([\w.-]+)==([^\s;]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


@pytest.mark.parametrize(
    "name, extras",
    [("run", ()), ("school", ("postgres", "hub")), ("test", ("test",)), ("bench", ("test", "bench"))],
)
def test_the_lock_has_what_pyproject_asks_for(name, extras):
    lock = locked(name)
    for package, requirement in wanted(*extras).items():
        assert package in lock, f"{package} is missing in {LOCKS[name]}: run make lock"
        assert all(requirement.specifier.contains(version) for version in lock[package])


@pytest.mark.parametrize("wider, narrower", [("school", "run"), ("test", "school"), ("bench", "test")])
def test_tests_and_bench_run_what_learners_run(wider, narrower):
    assert locked(narrower).items() <= locked(wider).items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_held_by_a_hash_and_no_host_is_named(name):
    text = (ROOT / LOCKS[name]).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries if not entry.startswith("#"))
    assert not re.search(r"https?://|file:|--index-url|--extra-index-url|--find-links|/simple", text)


def test_the_lock_has_what_builds_the_package():
    assert {"hatchling", "editables"} <= set(locked("run"))


def test_conda_users_get_the_same():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    conda = {
        entry.name: entry.specifier for entry in map(Requirement, filter(lambda entry: isinstance(entry, str), entries))
    }
    pip = [entry["pip"] for entry in entries if isinstance(entry, dict)]
    assert conda.pop("python") == PROJECT["requires-python"] and conda.pop("pip") == "" and pip == [["--editable ."]]
    packages = {name: entry for name, entry in wanted().items() if name not in ONLY_ON_PYPI}
    assert conda == {CONDA_NAMES.get(name, name): entry.specifier for name, entry in packages.items()}


def test_every_dependency_is_explained_in_the_readme():
    readme = (ROOT / "README.md").read_text().lower()
    assert [entry.name for entry in wanted("test", "web", "bench").values() if f"`{entry.name.lower()}`" not in readme] == []


def test_the_readme_begins_with_the_two_commands():
    head = "\n".join((ROOT / "README.md").read_text().splitlines()[:15])
    assert re.search(r"^make +#", head, re.MULTILINE) and re.search(r"^make test +#", head, re.MULTILINE)


def test_the_continuous_test_runs_the_readmes_command():
    assert "make test" in (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_without_python_make_says_so(tmp_path):
    for tool in ("sh", "make", "env"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    run = subprocess.run([tmp_path / "make"], cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert run.returncode and "Lumbar needs Python 3.11 or newer" in run.stdout and "Traceback" not in run.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    if shutil.which("hatchling", path=Path(sys.executable).parent):
        build += ["--no-build-isolation", "--no-index"]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_has_the_whole_course_inside(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "lumbar"
    ours = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {f"lumbar/{path.relative_to(package)}" for path in ours} <= inside
    for folder, kind in (("lessons", "*.md"), ("notebooks", "*.ipynb")):
        assert {f"lumbar/{folder}/{path.name}" for path in (ROOT / folder).glob(kind)} <= inside
    assert {Path(name).name for name in inside} >= {"LICENSE", "LICENSE-CONTENT"}
    assert not any(name.startswith(("/", "home/", "tests")) for name in inside)


def test_the_wheel_opens_its_own_lessons(wheel, tmp_path):
    """Unpacked apart from the checkout, the package finds the lessons that came with it."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from lumbar import course; print(course.folder('notebooks')); print(course.folder('lessons'))"
    env = dict(os.environ, PYTHONPATH=str(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert run.stdout.split() == [str(tmp_path / "lumbar" / name) for name in ("notebooks", "lessons")]
