/**
 * The course without internet, seen from a page: it starts the worker that keeps the course (sw.js), lets it fetch the
 * pictures, says how far it is, and tells of a new version. It touches nothing that a learner has answered.
 *
 * @typedef {{pages: number, ofPages: number, pictures: number, ofPictures: number, stuck?: boolean}} Kept
 */

const PAUSE = 20000; // ms to the next try on a bad line; then twice as long each time
const LATER = 'lumbar:later'; // in this tab: the reader does not want the new version now
const ON_DISK = 'This copy is on a disk, so it needs no internet.';
const UNKEPT = 'At this address the course needs a connection. Browsers keep it only where the address begins with https.';
const REFUSED = 'This browser does not keep the course, so it needs a connection.';

/** To be called on each page. Where the page has an element `#offline`, it says there how much is kept. */
export async function keepCourse() {
  const line = new Line(document.getElementById('offline'));
  if (location.protocol === 'file:') return line.say(ON_DISK);
  if (!('serviceWorker' in navigator)) return line.say(UNKEPT);
  // The page comes first: what it still fetches is what the reader waits for.
  if (document.readyState !== 'complete') await new Promise((go) => addEventListener('load', go, { once: true }));
  const keeper = new Keeper(line, new Note(line.isShown));
  addEventListener('online', () => keeper.go());
  return keeper.go();
}

/** Sees to it that the course is kept, in its newest version. */
class Keeper {
  pause = PAUSE;

  constructor(line, note) {
    Object.assign(this, { line, note });
    line.onask = () => this.gather();
  }

  async go() {
    clearTimeout(this.next);
    const script = `${document.body.dataset.root}sw.js`;
    const found = await navigator.serviceWorker.register(script).catch(() => null);
    if (!found) return this.line.say(REFUSED);
    if (found !== this.registration) this.watch(found);
    if (!found.active) return this.tellOfPages(found.installing);
    return navigator.connection?.saveData ? this.line.tell(await ask(this.newest, 'count'), true) : this.gather();
  }

  /** Of two versions on the device, the pictures of the newer one can still be had. */
  get newest() {
    return this.registration.waiting ?? this.registration.active;
  }

  watch(registration) {
    this.registration = registration;
    registration.addEventListener('updatefound', () => this.follow(registration.installing));
    for (const worker of [registration.installing, registration.waiting]) if (worker) this.follow(worker);
  }

  follow(worker) {
    const isUpdate = Boolean(this.registration.active);
    const changed = () => {
      if (isUpdate && worker.state === 'installed') this.note.offer(worker);
      // Every open page changes to the new version at once, so that none is put together from two.
      if (isUpdate && worker.state === 'activated') location.reload();
      if (!isUpdate && worker.state === 'activated') this.go();
      if (worker.state === 'redundant') this.failed(worker);
    };
    worker.addEventListener('statechange', changed);
    changed();
  }

  failed(worker) {
    this.note.withdraw(worker);
    if (this.registration.active) return; // the browser asks for the update again by itself
    this.line.say('Not yet ready for use without internet: the connection broke off. It goes on by itself.');
    this.again();
  }

  again() {
    clearTimeout(this.next);
    this.next = setTimeout(() => this.go(), this.pause);
    this.pause *= 2;
  }

  /** While the first version comes in, say how far it is; only the progress page shows it. */
  async tellOfPages(worker) {
    while (this.line.isShown && worker?.state === 'installing') {
      this.line.tell(await ask(worker, 'count'));
      await new Promise((go) => setTimeout(go, 500));
    }
  }

  /** Fetch what is not kept yet, one file after another. */
  async gather() {
    if (this.isBusy) return;
    this.isBusy = true;
    let kept = await ask(this.newest, 'count');
    while (!isWhole(kept) && !kept.stuck) {
      this.line.tell(kept);
      kept = await ask(this.newest, 'more');
    }
    this.isBusy = false;
    this.line.tell(kept, true);
    if (kept.stuck) this.again();
  }
}

/** What the worker answers. @returns {Promise<Kept>} */
function ask(worker, what) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage(what, [port2]);
  });
}

const isWhole = ({ pages, ofPages, pictures, ofPictures }) => pages === ofPages && pictures === ofPictures;

/** The line on the progress page. Without a place for it, it says nothing. */
class Line {
  constructor(el) {
    this.el = el;
    this.isShown = Boolean(el);
    this.text = document.createElement('p');
    this.button = button('Fetch everything now', () => this.onask());
    el?.replaceChildren(this.text, this.button);
    this.say('');
  }

  say(text, offer = false) {
    this.text.textContent = text;
    this.button.hidden = !offer;
  }

  /** @param {Kept} kept @param {boolean} isIdle nothing is being fetched, so the reader may ask for it */
  tell(kept, isIdle = false) {
    this.say(told(kept, isIdle), isIdle && !isWhole(kept));
  }
}

function told(kept, isIdle) {
  if (isWhole(kept)) return 'Ready for use without internet.';
  const { pages, ofPages } = kept;
  if (pages < ofPages) return `Getting ready for use without internet: ${pages} of ${ofPages} files.`;
  const count = `${kept.pictures} of ${kept.ofPictures}`;
  const pictures = isIdle ? `Of the pictures, ${count} are here.` : `Still fetching pictures: ${count}.`;
  return `The lessons are ready for use without internet. ${pictures}`;
}

/** The note that a new version waits. A reader who puts it off finds it again on the progress page. */
class Note {
  constructor(always) {
    this.always = always;
    this.el = document.createElement('div');
    this.el.className = 'lumbar-note';
    this.el.setAttribute('role', 'status');
    document.body.append(this.el);
  }

  offer(worker) {
    if (!this.always && sessionStorage.getItem(LATER)) return;
    this.worker = worker;
    const text = document.createElement('p');
    text.textContent = 'A new version of the course is ready. Your answers stay.';
    this.el.replaceChildren(text, button('Use it now', () => this.use()), button('Later', () => this.putOff()));
  }

  use() {
    sessionStorage.removeItem(LATER);
    this.worker.postMessage('use');
  }

  putOff() {
    sessionStorage.setItem(LATER, 'yes');
    this.el.replaceChildren();
  }

  withdraw(worker) {
    if (worker === this.worker) this.el.replaceChildren();
  }
}

function button(text, act) {
  const made = document.createElement('button');
  Object.assign(made, { type: 'button', textContent: text });
  made.addEventListener('click', act);
  return made;
}
