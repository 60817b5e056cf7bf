/**
 * Makes Jupyter's notebook page a page of the course: quizzes at once and Python only when a cell is run, the theme of
 * the pages, and a way back to them.
 *
 * It is a container of module federation written by hand, which is how JupyterLite takes in an extension.
 */

const HERE = document.currentScript.src; // …/lite/extensions/lumbar/live.js
const containers = (globalThis._JUPYTERLAB ??= {});
/** @type {Record<string, Record<string, {get: () => Promise<() => any>}>>} */
let shared;

/** A module of Jupyter's own. */
const module = async (name) => (await Object.values(shared[name])[0].get())();

containers.lumbar = {
  init: (scope) => { shared = scope; },
  get: async () => {
    const [{ IThemeManager }, { PageConfig }, { INotebookTracker }, { KernelMessage }] = await Promise.all(
      ['apputils', 'coreutils', 'notebook', 'services'].map((name) => module(`@jupyterlab/${name}`)));
    const [{ BaseKernel, IKernelSpecs }, { Widget }] = await Promise.all(
      ['@jupyterlite/services', '@lumino/widgets'].map(module));
    const plugin = {
      id: 'lumbar:live',
      autoStart: true,
      requires: [IKernelSpecs, IThemeManager, INotebookTracker],
      activate: (app, kernels, themes, notebooks) => {
        waitToBeAsked(kernels, (create) => sleeper(BaseKernel, KernelMessage, create));
        notebooks.widgetAdded.connect((_, panel) => remember(panel));
        document.addEventListener('click', follow, true);
        app.restored.then(() => followTheme(themes));
        const link = new Widget({ node: wayBack(PageConfig.getBaseUrl()) });
        link.id = 'lumbar-back';
        app.shell.add(link, 'top', { rank: 0 });
      },
    };
    return () => ({ __esModule: true, default: [plugin] });
  },
};

// ---- Python, when it is asked for ----

/** Let each new Python be one that sleeps until there is something to run. */
function waitToBeAsked(kernels, sleeperOf) {
  const patient = new WeakSet();
  const wrap = () => {
    const create = kernels.factories.get('python');
    if (!create || patient.has(create)) return;
    const Sleeper = sleeperOf(create);
    const asleep = async (options) => new Sleeper(options);
    patient.add(asleep);
    kernels.factories.set('python', asleep);
  };
  kernels.changed.connect(wrap);
  wrap();
}

const GREETINGS = ['kernel_info_request', 'history_request', 'comm_open', 'comm_msg', 'comm_close'];
const BEFORE = { code: 'import lumbar', silent: true, store_history: false, user_expressions: {}, allow_stdin: false };

/**
 * What each cell showed when the notebook was opened, by its code.
 * @type {Map<string, {data: object, metadata: object}[]>}
 */
const shownAtFirst = new Map();

async function remember({ context }) {
  await context.ready;
  for (const { type, outputs, sharedModel } of context.model.cells) {
    const shown = type === 'code' ? outputs.toJSON().filter(({ data }) => data) : [];
    if (shown.length) shownAtFirst.set(sharedModel.source, shown);
  }
}

const NO_PYTHON = 'Python could not start here. Quizzes and pictures stay as they were. '
  + 'To try again: Kernel, then Restart Kernel.';
const LONGEST = 300_000; // ms: a download that breaks off leaves Python waiting without a word

const tooLong = () => new Promise((_, fail) => setTimeout(() => fail(new Error('Python did not come up.')), LONGEST));

/**
 * A kernel that answers by itself while a page only wants to know who is there, so that the saved widgets are shown at
 * once; Python, a large download, starts with the first cell.
 */
const sleeper = (BaseKernel, KernelMessage, create) => class extends BaseKernel {
  constructor(options) {
    super(options);
    this.options = options;
  }

  async handleMessage(msg) {
    const { header, content } = msg;
    if (header.msg_type === 'comm_info_request') return this.commInfo(header);
    // A widget that hands over answers runs no code. They stay in the browser, where the pages find them, too.
    const asks = header.msg_type === 'execute_request' && !content.code;
    if (asks || (!this.awake && GREETINGS.includes(header.msg_type))) return super.handleMessage(msg);
    const python = await (this.awake ??= this.wake(msg)).catch((error) => this.fail(msg, error));
    return python?.handleMessage(msg);
  }

  async wake(msg) {
    this._busy(msg);
    const python = this.python = await create(this.options);
    await Promise.race([python.ready, tooLong()]);
    // Before any cell, since the course also answers for cells that need what is not here.
    await python.handleMessage({ ...msg, header: { ...msg.header, msg_id: crypto.randomUUID() }, content: BEFORE });
    return python;
  }

  /** Without Python, a cell that has not been changed shows again what it showed. */
  async fail(msg, error) {
    console.error(error);
    if (msg.header.msg_type === 'execute_request') await super.handleMessage(msg);
  }

  async kernelInfoRequest() {
    return { implementation: 'pyodide', implementation_version: '', protocol_version: '5.3', status: 'ok', banner: '',
      help_links: [], language_info: { name: 'python', version: '3', mimetype: 'text/x-python', file_extension: '.py',
        codemirror_mode: { name: 'python', version: 3 }, pygments_lexer: 'ipython3', nbconvert_exporter: 'python' } };
  }

  async executeRequest({ code, user_expressions: asked }) {
    if (code) this.showAgain(code);
    const answer = !code && asked?.lumbar?.includes('lumbar.review.schedule') && await reviews().catch(() => null);
    const data = { 'text/plain': JSON.stringify(answer) };
    return { status: 'ok', execution_count: 0, payload: [],
      user_expressions: answer ? { lumbar: { status: 'ok', data, metadata: {} } } : {} };
  }

  /** Which widgets Python has of itself; JupyterLite has no answer to this, and the page waits for one. */
  commInfo(parentHeader) {
    const { session } = parentHeader;
    const send = (channel, msgType, content) =>
      this._sendMessage(KernelMessage.createMessage({ channel, msgType, content, session, parentHeader }));
    send('shell', 'comm_info_reply', { status: 'ok', comms: {} });
    send('iopub', 'status', { execution_state: 'idle' });
  }

  showAgain(code) {
    const plain = { data: { 'text/plain': NO_PYTHON }, metadata: {} };
    for (const { data, metadata } of shownAtFirst.get(code) ?? [plain]) this.displayData({ data, metadata });
  }

  async commOpen() {}

  /** The page asks for the widgets that Python has: none yet, so that it goes on to those that were saved. */
  async commMsg({ content, header }) {
    const data = { method: 'update_states', states: {}, buffer_paths: [] };
    this.handleComm('comm_msg', { comm_id: content.comm_id, data }, {}, [], header);
  }

  async commClose() {}

  dispose() {
    this.python?.dispose();
    super.dispose();
  }
};

/** What is due for review, worked out as on the page of lesson 13, by the page's own script. */
async function reviews() {
  const course = await (await fetch(new URL('course.json', HERE))).json();
  const site = new URL('../../../', HERE);
  document.body.dataset.root = site.href; // where that script looks for the questions
  await (globalThis.lumbarReviews ?? script(new URL('_static/reviews.js', site)));
  return globalThis.lumbarReviews.schedule(course, attempts)({ today: new Date().toLocaleDateString('sv') });
}

function attempts() {
  const texts = Object.entries(localStorage).filter(([key]) => key.startsWith('lumbar:attempt:'));
  return texts.flatMap(([, text]) => {
    try {
      return JSON.parse(text) ?? [];
    } catch {
      return []; // a spoilt entry, as in quiz.js
    }
  });
}

const script = (address) => new Promise((onload, onerror) =>
  document.head.append(Object.assign(document.createElement('script'), { src: address, onload, onerror })));

// ---- The page ----

/** Dark or light as the pages are, or as the system is. */
function followTheme(themes) {
  const chosen = localStorage.getItem('lumbar:theme');
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = `JupyterLab ${dark ? 'Dark' : 'Light'}`;
  if (themes.theme !== theme) themes.setTheme(theme);
}

/** A link to another lesson leads to its live notebook; Jupyter would look for a file browser, which is not here. */
function follow(event) {
  const link = event.target.closest?.('a[href*=".ipynb"]');
  const [, file, anchor = ''] = link?.getAttribute('href').match(/([\w-]+\.ipynb)(#.*)?$/) ?? [];
  if (!file) return;
  link.href = `${new URL('../../notebooks/index.html', HERE).href}?path=${file}${anchor}`;
  event.stopPropagation();
}

/** A link to the page of the lesson. */
function wayBack(base) {
  const file = new URLSearchParams(location.search).get('path') ?? '';
  const link = document.createElement('a');
  link.href = new URL(`../${/^[\w-]+\.ipynb$/.test(file) ? file.replace('.ipynb', '.html') : 'index.html'}`, base).href;
  link.textContent = '← The lesson’s page';
  link.style.cssText =
    'align-content: center; padding: 0 12px; white-space: nowrap; color: var(--jp-content-link-color)';
  return link;
}
