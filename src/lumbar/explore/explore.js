// An explorer on the page: moves a picture that was drawn beforehand at every setting of its sliders.
// Shape of the state: lumbar/explore/widget.py and sampler.py.

const QUIET_MS = 500; // how long the sliders rest before a screen reader is told

export function render({ model, el }) {
  const state = model.get("explorer");
  const picture = drawn(state);
  const at = state.sliders.map((slider) => slider.start);
  const sliders = state.sliders.map((slider, i) => control(slider, (stop) => show(i, stop)));
  const presets = state.presets.map((preset) => button(preset.name, () => move(preset.at)));
  const said = node("p", { class: "explore-said", "aria-hidden": "true" });
  const told = node("p", { class: "explore-hidden", role: "status", "aria-live": "polite" });
  const playing = player(state, sliders, (stop, i) => show(i, stop));
  let timer;

  function show(i, stop) {
    at[i] = stop;
    update();
  }

  function move(setting) {
    playing.stop();
    setting.forEach((stop, i) => (at[i] = stop));
    update();
  }

  function update(speak = true) {
    picture.move(at);
    sliders.forEach((slider, i) => slider.set(at[i]));
    presets.forEach((item, i) => item.setAttribute("aria-pressed", String(state.presets[i].at.join() === at.join())));
    said.textContent = words(state, at);
    clearTimeout(timer);
    if (speak) timer = setTimeout(() => (told.textContent = said.textContent), QUIET_MS);
  }

  const again = button("Start again", () => move(state.sliders.map((slider) => slider.start)));
  const choices = node("div", { class: "explore-buttons", role: "group", "aria-label": `Settings to try: ${state.title}` });
  choices.append(...playing.buttons, ...presets, again);
  const root = node("section", { class: "lumbar-explore", "aria-label": state.title });
  const leaves = node("p", { class: "explore-leaves" }, node("strong", {}, "What this model leaves out: "), state.leavesOut);
  root.append(node("h3", {}, state.title), picture.card, said, told, ...sliders.map((slider) => slider.row), choices, leaves);
  update(false);
  told.textContent = said.textContent;
  el.replaceChildren(root);
  return () => (clearTimeout(timer), playing.stop());
}

/** The picture on its white card, with ids that no other picture on the page has. */
function drawn({ picture, changes, alt, shape }) {
  const own = `lb-${Math.random().toString(36).slice(2, 10)}-`;
  const unique = (text) => text?.replaceAll("lb-id-", own);
  const svg = document.importNode(new DOMParser().parseFromString(unique(picture), "image/svg+xml").documentElement, true);
  for (const [name, value] of Object.entries({ role: "img", "aria-label": alt, focusable: "false" })) svg.setAttribute(name, value);
  const elements = [svg, ...svg.querySelectorAll("*")];
  const moving = changes.map(([element, attribute, ...table]) => ({ element: elements[element], attribute, table, last: -1 }));
  const move = (at) => {
    for (const change of moving) {
      const index = cell(change.table, at, shape);
      if (index === change.last) continue;
      change.last = index;
      put(change.element, change.attribute, unique(change.table[1][index]));
    }
  };
  return { card: node("div", { class: "explore-card" }, svg), move };
}

function put(element, attribute, value) {
  if (!attribute) element.textContent = value ?? "";
  else if (value == null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

/** Which value of a table holds at a setting. */
function cell([axes, , cells], at, shape) {
  const index = axes.reduce((sum, axis) => sum * shape[axis] + at[axis], 0);
  return cells ? cells[index] : index;
}

function words({ words: tables, shape }, at) {
  const said = tables.map((table) => table[1][cell(table, at, shape)]).filter(Boolean).join(" ");
  return said.replace(/(\d) (?=kg|cm|%)/g, "$1\u00a0"); // a number stays with its unit
}

function control({ label, texts, start }, changed) {
  const shown = node("output", { class: "explore-value", "aria-hidden": "true" });
  const input = node("input", { type: "range", min: 0, max: texts.length - 1, step: 1, value: start, ...LIVE });
  const row = node("label", { class: "explore-slider" }, node("span", {}, label), shown, input);
  input.setAttribute("aria-label", label);
  input.addEventListener("input", () => changed(Number(input.value)));
  const set = (stop) => {
    input.value = stop;
    shown.textContent = texts[stop];
    input.setAttribute("aria-valuetext", texts[stop]);
    input.style.setProperty("--done", `${(100 * stop) / (texts.length - 1)}%`);
  };
  return { row, input, set };
}

/** Play buttons, one for each slider that is time; a slider moved by hand stops it. */
function player({ sliders }, controls, show) {
  let running, playButton;
  const stop = () => {
    clearInterval(running);
    running = undefined;
    if (playButton) playButton.textContent = "Play";
  };
  const start = (i, item) => {
    stop();
    playButton = item;
    item.textContent = "Pause";
    const last = sliders[i].texts.length - 1;
    let at = Number(controls[i].input.value) % last;
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : Math.max(60, 6000 / (last + 1));
    show(at, i);
    running = setInterval(() => (show(++at, i), at >= last && stop()), pause);
  };
  const buttons = sliders.flatMap((slider, i) => {
    if (!slider.play) return [];
    controls[i].input.addEventListener("input", stop);
    const item = button("Play", () => (running ? stop() : start(i, item)));
    return [item];
  });
  return { buttons, stop };
}

// JupyterLab's shortcuts act on a focused control unless the control itself says no: `x` would cut the cell.
const LIVE = { "data-lm-suppress-shortcuts": "true" };

function button(text, pressed) {
  const item = node("button", { type: "button", ...LIVE }, text);
  item.addEventListener("click", pressed);
  return item;
}

function node(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
