"""What the quiz and the explorer share: one copy of a front end's code in a notebook, and a readable fallback.

A notebook saves the state of each widget. Were the code part of that, ten quizzes would save it ten times. So the code is the
state of one `Code` widget for each front end, and every widget carries only a stub that fetches it.
"""

import re
from functools import cache
from pathlib import Path

import anywidget
from ipywidgets import Layout, Widget, widget_serialization
from traitlets import Instance, Unicode

from lumbar.output import VIEW, Output

# Kept on globalThis, because the host evaluates this stub once for each widget.
STUB = """\
const loaded = globalThis.lumbarModules ??= new Map();
async function load(model, doc, trait) {
  const code = await model.widget_manager.get_model(model.get(trait).slice("IPY_MODEL_".length));
  const esm = code.get("esm"), css = code.get("css"), name = code.get("name");
  if (!loaded.has(esm)) loaded.set(esm, import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" }))));
  const style = doc.querySelector(`style[data-lumbar=${name}]`) ?? doc.head.appendChild(doc.createElement("style"));
  style.dataset.lumbar = name;
  if (style.textContent !== css) style.textContent = css;
  return loaded.get(esm);
}
export default {
  render: async ({ model, el }) => {
    const fetch = (trait) => load(model, el.ownerDocument, trait);
    return (await fetch("code")).render({ model, el, load: fetch });
  },
};
"""


class Code(Widget):
    """The code of one front end: an ES module that exports `render({model, el})`, and its style sheet."""

    name = Unicode().tag(sync=True)
    esm = Unicode().tag(sync=True)
    css = Unicode().tag(sync=True)


@cache
def code(folder: Path, name: str) -> Code:
    """The `Code` made of `<name>.js` and `<name>.css` in that folder; the same widget whenever a kernel asks again."""
    esm, css = ((folder / f"{name}.{ending}").read_text(encoding="utf-8") for ending in ("js", "css"))
    return Code(name=name, esm=packed_js(esm), css=packed_css(css))


STRING = r""" "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*` """
REGEX = r""" (?<=[=(:,][ ])/(?![/*])(?:\\.|[^/\\\n])+/ | (?<=\()/(?![/*])(?:\\.|[^/\\\n])+/ """
COMMENT = r" /\*.*?\*/ | //[^\n]* "
SHORT = {"const": "let", "true": "!0", "false": "!1"}
SPACED = r" [ ]* ( [{}()\[\],;:?=<>&|!*] | (?<=[ ])[+\-/](?=[ ][^+\-/]) ) [ ]* "


def packed_js(text: str) -> str:
    """JavaScript without its comments and most of its spaces, with short words for some; names and literals stay.

    It has no parser, so: no empty statement, one line to a regular expression, none inside a template's `${…}`, and no
    template in a template.
    """
    pattern = re.compile(rf"({STRING}|{REGEX})|{COMMENT}|{SPACED}|\b(const|true|false)\b|\s*\n\s*", re.VERBOSE | re.DOTALL)
    short = re.sub(r"(?<![\w)\]])\((\w+)\)=>", r"\1=>", pattern.sub(_shorter, text))
    # A line break may end a statement, except after what cannot end one and before what cannot begin one.
    return re.sub(r"(?<=[{(\[,;=])\n+|\n+(?=[\n)\]}.?:&|])|;\n*(?=})", "", short).strip()


def _shorter(found: re.Match) -> str:
    literal, sign, word = found.groups()
    return literal or sign or SHORT.get(word) or ("\n" if found[0].isspace() else "")


def packed_css(text: str) -> str:
    """A style sheet without its comments, its line breaks and most of its spaces."""
    short = re.sub(r"/\*.*?\*/|\n\s*", " ", text, flags=re.DOTALL).strip()
    return re.sub(r";?\s*([{};,>])\s*", r"\1", short.replace(": ", ":"))


@cache
def plain_layout() -> Layout:
    """One empty layout for all widgets of a notebook: each of its own would save about 1 KB."""
    return Layout()


class CourseWidget(anywidget.AnyWidget):
    """A widget that works from saved state alone.

    A subclass names its front end in the constructor, puts all that the page needs into synced traits, and says in
    `fallback` what people read where widgets cannot be shown.
    """

    _esm = STUB
    _css = ""
    code = Instance(Code).tag(sync=True, **widget_serialization)

    def __init__(self, folder: Path, name: str, **traits):
        super().__init__(code=code(folder, name), layout=plain_layout(), **traits)

    def fallback(self) -> Output:
        """The same content as readable HTML and plain text."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **_) -> dict:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return self.fallback()._repr_mimebundle_() | {VIEW: view}
