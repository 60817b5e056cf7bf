"""The web edition without internet, through updates, and under its own headers."""

import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from lumbar.web import offline

ROOT = Path(__file__).parents[2]
LESSON, NEXT = "05-strong-muscles.html", "06-why-muscles-stay-tight.html"
READY = "Ready for use without internet."
PICTURE = "_images/facet-joint.svg"


class Host:
    """A plain static host under a sub-path, which obeys `_headers`, and which can be stopped or lose answers."""

    def __init__(self, folder: Path):
        self.folder, self.port, self.asked, self.loses = folder, 0, [], lambda name: False
        self.start()

    def start(self) -> None:
        host = self
        self.rules = offline_rules((self.folder / "_headers").read_text())

        class Files(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                if not host.is_up:  # a connection that the browser opened beforehand
                    return self.connection.close()
                path = urlsplit(self.path).path
                inside = path.removeprefix("/lumbar/")
                if inside == path or not (found := host.folder / (inside or "index.html")).is_file():
                    return self.send_error(404)
                host.asked.append(inside)
                if host.loses(inside):
                    return self.connection.close()
                self.answer(found, host.given("/" + inside))

            def answer(self, found: Path, headers: dict[str, str]) -> None:
                content = found.read_bytes()
                tag = f'"{offline.revision(content)}"'
                fresh = self.headers.get("If-None-Match") == tag
                self.send_response(304 if fresh else 200)
                for name, value in {**headers, "ETag": tag, "Content-Type": self.guess_type(str(found))}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0" if fresh else str(len(content)))
                self.end_headers()
                if not fresh:
                    self.wfile.write(content)

            def log_message(self, *_) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Files)
        self.port = self.server.server_port
        self.address = f"http://127.0.0.1:{self.port}/lumbar/"
        self.is_up = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.is_up = False
        self.server.shutdown()
        self.server.server_close()

    def given(self, path: str) -> dict[str, str]:
        """The headers of this path; a header that two rules give is an error, since hosts differ there."""
        given = {}
        for pattern, headers in self.rules:
            if pattern.fullmatch(path):
                assert not given.keys() & headers.keys(), (path, pattern)
                given |= headers
        return given

    def publish(self, changes: dict[str, str]) -> None:
        """Put a new version on the host, in which these files have something added."""
        for name, more in changes.items():
            with (self.folder / name).open("a") as file:
                file.write(more)
        offline.worker(self.folder)


def offline_rules(text: str) -> list[tuple[re.Pattern, dict[str, str]]]:
    """What a `_headers` file says, as pattern and headers."""
    rules = []
    for block in text.strip().split("\n\n"):
        path, *lines = block.split("\n")
        pattern = re.sub(r":\w+", "[^/]+", path).replace("*", ".*")
        rules.append((re.compile(pattern), dict(line.strip().split(": ", 1) for line in lines)))
    return rules


@pytest.fixture
def host(site, tmp_path) -> Iterator[Host]:
    """A host with its own copy of the site."""
    host = Host(Path(shutil.copytree(site, tmp_path / "site")))
    yield host
    host.stop()


@pytest.fixture
def learner(browser) -> Iterator:
    """A browser of its own, with empty storage."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def visited(learner, host: Host):
    """A page after a first visit that left everything on the device."""
    page = learner.new_page()
    page.goto(host.address)
    page.goto(host.address + "progress.html")
    page.get_by_text(READY, exact=True).wait_for()
    return page


def update_is_told(page, host: Host) -> None:
    page.goto(host.address)
    page.get_by_role("status").get_by_text("A new version of the course is ready. Your answers stay.").wait_for()


def answer_one(page) -> dict[str, str]:
    """Answer the first question with one right option in the first quiz; what is stored."""
    card = page.locator(".lumbar-quiz").first
    card.locator("input[type=radio]").first.check()
    card.get_by_role("radio", name="Sure", exact=True).check()
    card.get_by_role("button", name=re.compile("^(Check|Keep my answer)$")).click()
    card.locator(".lq-after").get_by_role("button").first.wait_for()
    return stored(page)


def stored(page) -> dict[str, str]:
    return page.evaluate("({ ...localStorage })")


# ---- Without internet ----


def test_a_class_room_goes_on_without_internet(host, learner):
    page = visited(learner, host)
    host.stop()

    page.goto(host.address)
    page.goto(host.address + LESSON + "?highlight=muscle#what-is-it")
    page.reload()
    answers = answer_one(page)
    page.goto(host.address + NEXT)
    page.locator(".lumbar-widget.is-live").first.wait_for()
    for picture in page.locator("main img:visible").all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    page.goto(host.address + "search.html?q=disc")
    page.locator("#search-results li").first.wait_for()
    page.goto(host.address + LESSON)
    assert any(key.startswith("lumbar:attempt:") for key in answers)
    assert answers.items() <= stored(page).items()
    host.start()


def test_a_page_that_was_not_kept_says_so(host, learner):
    page = visited(learner, host)
    assert page.goto(host.address + "no-such-page.html").status == 404, "online, the host answers"
    host.stop()
    page.goto(host.address + "no-such-page.html")
    page.get_by_text("There is no internet just now, and this page was not kept.").wait_for()
    page.get_by_role("link", name="Go to the start of the course").click()
    page.wait_for_url(host.address)
    host.start()


def test_addresses_without_ending_work_too(host, learner):
    page = visited(learner, host)
    assert page.goto(host.address + LESSON.removesuffix(".html")).from_service_worker


def test_the_live_notebooks_are_left_alone(host, learner):
    (host.folder / "lite").mkdir()
    (host.folder / "lite" / "index.html").write_text("<!doctype html><title>Lite</title>")
    page = visited(learner, host)
    reply = page.goto(host.address + "lite/index.html")
    assert not reply.from_service_worker
    assert reply.headers["content-security-policy"] == offline.LITE_POLICY
    assert "cross-origin-opener-policy" not in reply.headers and "cross-origin-embedder-policy" not in reply.headers


def test_a_visit_on_bad_wifi_goes_on_where_it_stopped(host, learner):
    page = learner.new_page()
    host.loses = lambda name: name != "sw.js" and not name.startswith("_static") and len(set(host.asked)) > 20
    page.goto(host.address + "progress.html")
    page.get_by_text("the connection broke off. It goes on by itself.").wait_for()
    page.wait_for_timeout(300)
    kept = {urlsplit(url).path.removeprefix("/lumbar/") for url in page.evaluate(
        "caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).map(({ url }) => url))"
    )}  # fmt: skip
    assert 5 < len(kept) < len(offline.kept(host.folder))

    host.asked.clear()
    host.loses = lambda name: False
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text(READY, exact=True).wait_for()
    assert not kept & set(host.asked), "what was kept is not fetched again"


def test_pictures_wait_where_data_is_dear(host, learner):
    learner.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = learner.new_page()
    page.goto(host.address + "progress.html")
    page.get_by_text("Of the pictures, 0 of").wait_for()
    assert not [name for name in host.asked if name.startswith("_images/")]
    page.get_by_role("button", name="Fetch everything now").click()
    page.get_by_text(READY, exact=True).wait_for()
    assert not page.get_by_role("button", name="Fetch everything now").is_visible()


def test_a_picture_that_does_not_come_holds_up_no_other(host, learner):
    host.loses = lambda name: name == PICTURE
    page = learner.new_page()
    page.goto(host.address + "progress.html")
    page.get_by_role("button", name="Fetch everything now").click()
    total = len([name for name in offline.kept(host.folder) if name.startswith("_images/")])
    page.get_by_text(f"Of the pictures, {total - 1} of {total} are here.").wait_for()


def test_a_host_that_alters_pages_gets_no_worker_and_no_broken_page(host, learner):
    with (host.folder / "index.html").open("a") as file:
        file.write("<!-- added on the way -->")
    page = learner.new_page()
    page.goto(host.address + "progress.html")
    page.get_by_text("Not yet ready for use without internet").wait_for()
    assert not page.goto(host.address).from_service_worker


def test_from_a_disk_there_is_no_worker_and_no_error(site, learner):
    page, faults = learner.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.goto((site / "progress.html").as_uri())
    page.get_by_text("This copy is on a disk, so it needs no internet.").wait_for()
    assert not faults


# ---- A new version ----

VERSION = {"index.html": "<i hidden id='version'>2</i>", LESSON: "<i hidden id='version'>2</i>",
           "_static/site.js": ";globalThis.version='2';"}  # fmt: skip


def versions(page) -> tuple[str, str]:
    return tuple(page.evaluate("[document.getElementById('version')?.textContent ?? '1', globalThis.version ?? '1']"))


def test_an_update_fetches_what_changed_and_keeps_every_answer(host, learner):
    page = visited(learner, host)
    page.goto(host.address + LESSON)
    answers = answer_one(page)
    host.publish({LESSON: "<p>A new sentence.</p>"})
    host.asked.clear()

    update_is_told(page, host)
    assert set(host.asked) == {"sw.js", LESSON}
    assert stored(page) == answers
    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    page.goto(host.address + LESSON)
    page.get_by_text("A new sentence.").wait_for()
    assert set(host.asked) == {"sw.js", LESSON}
    assert stored(page) == answers


def test_no_page_is_put_together_from_two_versions(host, learner):
    page = visited(learner, host)
    other = learner.new_page()
    other.goto(host.address + LESSON)
    host.publish(VERSION)

    update_is_told(page, host)
    for name in ("", LESSON, LESSON):
        page.goto(host.address + name)
        assert versions(page) == ("1", "1"), "until the reader agrees, all is of the former version"
    page.get_by_role("button", name="Later").wait_for()
    with other.expect_navigation(), page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    for tab in (page, other):
        tab.wait_for_load_state()
        assert versions(tab) == ("2", "2"), "every open page changes at once"


def test_a_changed_picture_does_not_come_into_a_former_page(host, learner):
    host.loses = lambda name: name == PICTURE
    page = learner.new_page()
    page.goto(host.address + "progress.html")
    page.get_by_role("button", name="Fetch everything now").wait_for()
    host.loses = lambda name: False
    host.publish({PICTURE: "<!-- drawn anew -->"})

    lesson = next(path.name for path in sorted(host.folder.glob("[01]*.html")) if PICTURE in path.read_text())
    page.goto(host.address + lesson)
    picture = page.locator(f'main img[src="{PICTURE}"]').first
    broken = "image => image.complete && !image.naturalWidth"
    picture.scroll_into_view_if_needed()
    page.wait_for_function(broken, arg=picture.element_handle())
    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth", arg=picture.element_handle())


def test_what_is_half_typed_survives_the_new_version(host, learner):
    page = visited(learner, host)
    tab = learner.new_page()
    tab.goto(host.address + LESSON)
    tab.locator(".lumbar-quiz input[type=radio]").first.check()
    chosen = tab.locator(".lumbar-quiz input[type=radio]:checked").first.input_value()
    drafts = stored(tab)
    host.publish(VERSION)
    update_is_told(page, host)
    with tab.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    tab.locator(".lumbar-quiz input[type=radio]:checked").first.wait_for()
    assert tab.locator(".lumbar-quiz input[type=radio]:checked").first.input_value() == chosen
    assert stored(tab) == drafts


def test_later_is_later(host, learner):
    page = visited(learner, host)
    host.publish(VERSION)
    update_is_told(page, host)
    page.get_by_role("button", name="Later").click()
    page.goto(host.address + LESSON)
    page.wait_for_timeout(500)
    assert not page.get_by_role("button", name="Use it now").is_visible(), "not asked again on each page"
    page.goto(host.address + "progress.html")
    page.get_by_role("button", name="Use it now").wait_for()


# ---- What is published ----


def test_the_list_is_complete_and_the_same_each_time(site, tmp_path):
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    for name in ("lite/index.html", ".buildinfo"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text("not for readers")
    names = ("sw.js", "_headers", "manifest.webmanifest", "icon-192.png", "icon-512.png")
    written = {name: (copy / name).read_bytes() for name in names}
    offline.worker(copy)
    assert written == {name: (copy / name).read_bytes() for name in written}

    lists = re.findall(r"const (?:FIRST|LATER) = (\{.*?\n\});", (copy / "sw.js").read_text(), re.S)
    first, later = map(json.loads, lists)
    assert {"index.html", LESSON, "search.html", "searchindex.js", "_static/site.js", "_static/bank.js"} <= set(first)
    assert later and all(name.startswith("_images/") for name in later)
    assert {**first, **later} == {name: offline.revision((copy / name).read_bytes()) for name in offline.kept(copy)}
    assert not [name for name in {**first, **later} if name.startswith(("lite/", ".", "sw.js", "_headers"))]


def test_it_can_be_installed(host, learner):
    page = visited(learner, host)
    devtools = learner.new_cdp_session(page)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    faults = [fault["errorId"] for fault in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert set(faults) <= {"in-incognito"}  # tests run in a private window


def test_every_page_passes_its_own_policy(host, learner):
    learner.add_init_script("""
        globalThis.violations = [];
        addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
          violations.push(`${effectiveDirective} ${blockedURI}`));
    """)
    page, said = learner.new_page(), []
    page.on("console", lambda message: "Content Security Policy" in message.text and said.append(message.text))
    for path in sorted(host.folder.glob("*.html")):
        query = "?q=disc" if path.name == "search.html" else ""
        reply = page.goto(host.address + path.name + query)
        assert reply.headers["content-security-policy"] == offline.POLICY
        assert reply.headers["x-content-type-options"] == "nosniff"
        page.locator("html.is-ready").wait_for()
        for slider in page.locator(".lumbar-live input[type=range]").all()[:2]:
            slider.press("ArrowRight")
        if page.locator(".lumbar-quiz input[type=radio]").count():
            answer_one(page)
        assert page.evaluate("violations") == [] and not said, (path.name, said)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))")
    page.wait_for_timeout(100)
    assert page.evaluate("violations") == ["script-src-elem inline"] * 2, "forbidden by the header and by the page"


def test_scripts_and_styles_may_be_kept_long_since_their_addresses_change(host):
    pages = [path.read_text() for path in host.folder.glob("*.html")]
    for name in re.findall(r'(?:src|href)="(_static/[^"]+)"', "".join(pages)):
        lifetime = host.given("/" + name.partition("?")[0]).get("Cache-Control", "")
        assert ("immutable" in lifetime) == ("?v=" in name), name
    for name in ("/", "/sw.js", "/" + LESSON, "/" + PICTURE):
        assert host.given(name)["Cache-Control"] == "no-cache"


def test_the_page_on_hosts_gives_these_very_rules():
    text = (ROOT / "deploy" / "static.md").read_text()
    for block in re.findall(r"```(?:nginx|apache)\n(.*?)```", text, re.S):
        for value in (offline.POLICY, offline.LITE_POLICY, offline.KEEP, *offline.COMMON.values()):
            assert value in block
    assert len(re.findall(r"```(?:nginx|apache)\n", text)) == 2
    assert not re.search(r"cross-origin-(opener|embedder)-policy:", text, re.I)


def test_the_workflow_builds_and_publishes_the_site():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text())["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert {"run": "make web"} in steps
    used = [step["uses"] for step in steps if "uses" in step]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", name) for name in used), used
    upload = next(step for step in steps if step.get("uses", "").startswith("actions/upload-pages-artifact@"))
    assert upload["with"] == {"path": "site"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
