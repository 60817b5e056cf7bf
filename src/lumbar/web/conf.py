"""Sphinx's settings for the web edition; `lumbar.web.build` adds where things lie, and the pages."""

import json
from pathlib import Path

from lumbar import course

HERE = Path(__file__).parent
REVIEWS = "13-final-quiz"
# What a page loads; of Sphinx's own scripts only the search has a use, and of its styles none.
OURS = {"early.js", "site.js", "reviews.js", "look.css"}

project = "Lumbar"
html_title = "Lumbar"
language = "en"
extensions = ["myst_nb"]
root_doc = "index"
smartquotes = False
html_theme = "lumbar"
html_theme_path = [str(HERE / "theme")]
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_permalinks = False
pygments_style = "default"

nb_execution_mode = "off"
myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_heading_anchors = 4
myst_heading_slug_func = "lumbar.web.pages.anchor"


def setup(app) -> None:
    """Let the templates know the course, and each page its widgets and its key."""
    app.add_config_value("lumbar_pages", {}, "")
    app.add_config_value("lumbar_policy", "", "")
    app.add_config_value("lumbar_live", 0, "")
    app.add_js_file("early.js", priority=100)
    app.add_js_file("site.js", priority=900, loading_method="defer")
    app.add_css_file("look.css", priority=100)
    app.connect("builder-inited", lambda app: app.env.settings.update(image_loading="lazy"))
    app.connect("html-page-context", _context)


def _context(app, name: str, template: str, context: dict, doctree) -> None:
    page = app.config.lumbar_pages.get(name)
    context["lessons"] = course.LESSONS
    context["guide"] = course.GUIDE
    context["lesson"] = next((entry for entry in course.LESSONS if entry.file == name), None)
    context["live"] = app.config.lumbar_live
    context["policy"] = app.config.lumbar_policy
    context["widgets"] = _embedded(page.widgets) if page else ""
    context["key"] = page.key if page else ""
    for place, answers in page.folded.items() if page else ():
        context["body"] = context["body"].replace(place, answers)
    if name == REVIEWS:
        app.add_js_file("reviews.js", priority=800, loading_method="defer")
    context["css_files"] = [file for file in context["css_files"] if _name(file) in OURS]
    if name != "search":
        context["script_files"] = [file for file in context["script_files"] if _name(file) in OURS]


def _embedded(widgets: dict) -> str:
    """The widgets' state as JSON that may stand in a script element; "" where the page has no widget."""
    return json.dumps(widgets, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c") if widgets else ""


def _name(file) -> str:
    return Path(str(file.filename)).name
