"""`openapi.json` and the server agree: all routes are described, all that is described is served, and answers fit."""

import json
import re
from pathlib import Path

import pytest
import schemathesis
from actors import QUIZ, Pupil, Server, Teacher
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

from lumbar import classroom
from lumbar.classroom.server import ROUTES, STATUS, Handler

DESCRIPTION = json.loads((Path(classroom.__file__).parent / "openapi.json").read_text(encoding="utf-8"))
METHODS = ("get", "post", "put", "delete", "patch", "head", "options")
FITS = (
    checks.not_a_server_error, openapi.status_code_conformance, openapi.content_type_conformance,
    openapi.response_schema_conformance,
)  # fmt: skip
schema = schemathesis.openapi.from_dict(DESCRIPTION).exclude(path_regex="/events$")  # a stream has no end to wait for


def routes() -> set[tuple[str, str]]:
    """Each path as the description has it, with each method that is served."""
    found = set()
    for pattern, handler in ROUTES:
        path = pattern.replace(r"([A-Za-z0-9]{5})", "{code}").replace("([A-Za-z0-9._-]+)", "{file}").replace("\\", "")
        paths = [path.replace("(.csv)?", ending) for ending in ("", ".csv")] if "?" in path else [path]
        served = [name for name in METHODS if getattr(handler, name) is not getattr(Handler, name)]
        found |= {(each, name) for each in paths for name in served}
    return found


def test_every_route_is_described_and_every_description_served():
    described = {(path, name) for path, operations in DESCRIPTION["paths"].items() for name in operations}
    assert described == routes()


def test_every_refusal_has_an_example_with_its_own_code():
    examples = {
        (status, example["value"]["code"])
        for operations in DESCRIPTION["paths"].values() for operation in operations.values()
        for status, response in operation["responses"].items() if "$ref" in response
        for example in at(response["$ref"])["content"]["application/json"]["examples"].values()
    }  # fmt: skip
    described = {code: int(status) for status, code in examples}
    assert described == {code: status for code, status in STATUS.items() if code not in ("no-such-method", "fault")}


def test_every_operation_has_its_own_name_and_every_answer_an_example():
    operations = [operation for each in DESCRIPTION["paths"].values() for operation in each.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["summary"] and "403" in operation["responses"]
        for kind, content in operation["responses"]["200"]["content"].items():
            if kind == "application/json" and operation["operationId"] != "description":
                assert "example" in content, operation["operationId"]


def test_the_examples_fit_their_own_schemas():
    from jsonschema import Draft202012Validator

    checked = 0
    for content in contents(DESCRIPTION):
        given = [content["example"]] if "example" in content else []
        given += [each["value"] for each in content.get("examples", {}).values()]
        validator = Draft202012Validator({**content.get("schema", {}), "components": DESCRIPTION["components"]})
        for example in given:
            validator.validate(example)
            checked += 1
    assert checked > 20


def at(reference: str) -> dict:
    found = DESCRIPTION
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def contents(node):
    """Each content of a body or an answer, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from value.values() if key == "content" else contents(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server with a class in which a vote is open, and one for each thing that ends it."""
    async def report(hall):
        return "<!doctype html>", "a,b\n"

    server = Server(str(tmp_path_factory.mktemp("api") / "classes.sqlite"), report=report)
    yield server
    server.stop()


@pytest.mark.filterwarnings("ignore")
@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_fits_its_description(case, site):
    site.clock.move(120)  # so that no rate stands in the way
    teacher, pupil = _class(site)
    if "code" in (case.path_parameters or {}):
        case.path_parameters["code"] = teacher.code
    if isinstance(case.body, dict):
        case.body |= {name: value for name, value in _real(case.path, teacher, pupil).items() if name in case.body}
    key = {"pupil": pupil.token, "teacher": teacher.key, "school": site.school.school_key()}.get(_who(case), "")
    answer = case.call(base_url=site.address, headers={"Authorization": f"Bearer {key}"} if key else {})
    case.validate_response(answer, checks=list(FITS))


def _class(site: Server) -> tuple[Teacher, Pupil]:
    """A class in the middle of a vote, and a pupil of it; new ones where the last were ended, deleted or gone on."""
    teacher, pupil = getattr(site, "people", (None, None))
    if teacher is None or teacher.sees().get("phase") != "voting":
        teacher, pupil = Teacher(site), None
        teacher.shows(quiz=QUIZ)
    if pupil is None or site.ask("GET", pupil.path, pupil.token).status_code != 200:
        teacher.does("lock", locked=False)
        pupil = Pupil(teacher)
    site.people = teacher, pupil
    return site.people


def _real(path: str, teacher: Teacher, pupil: Pupil) -> dict:
    """What a body has to hold to get beyond the first check."""
    if path.endswith("/votes"):
        return {name: value for name, value in pupil.vote(0).items() if name in ("item", "item_version", "round")}
    return {"code": teacher.code} if path == "/api/join" else {}


def _who(case) -> str:
    needed = case.operation.definition.raw.get("security", [])
    return next((name for each in needed for name in each), "")


def test_sentences_are_plain():
    """Each refusal that stands in the description is a sentence without markup, jargon or shouting."""
    text = json.dumps(DESCRIPTION["components"]["responses"], ensure_ascii=False)
    sentences = re.findall(r'"error": "([^"]+)"', text)
    assert len(sentences) > 15
    assert all(re.fullmatch(r"[A-Z][^<>!{}]*[.]", sentence) and len(sentence) < 140 for sentence in sentences)
