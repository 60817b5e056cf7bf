/* global FIRST, LATER */
/**
 * Keeps the course on the device, so that it works without internet after the first visit.
 *
 * Above stand FIRST (pages, scripts, styles) and LATER (pictures): the address of each file → its revision, the start
 * of its SHA-256. A file is kept under its address and its revision together. So a new version fetches only what
 * changed, an interrupted one goes on where it stopped, and no page gets a part of another version. Answers are not
 * here: pages keep them in localStorage, which no worker can reach.
 *
 * @typedef {{pages: number, ofPages: number, pictures: number, ofPictures: number, stuck?: boolean}} Kept
 */

const FILES = { ...FIRST, ...LATER };
const ROOT = new URL('./', self.location.href);
const STORE = `lumbar ${ROOT.pathname}`; // other sites on this host may have stores too
const LANES = 4;
const WAITS = [0, 1000, 3000]; // ms before each try for a file
const PATIENCE = 30000; // ms for one file on a bad line

self.addEventListener('install', (event) => event.waitUntil(keepFirst()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', (event) => event.waitUntil(ASKED[event.data]?.(event)));
self.addEventListener('fetch', (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event));
});

const place = (name) => new URL(name, ROOT).href;
const entry = (name) => `${place(name)}?${FILES[name]}`;
const isOurs = ({ method, url }) => method === 'GET' && url.startsWith(ROOT.href) && !url.startsWith(place('lite/'));

/** The file that an address means, whatever its query; undefined where the course has none of that name. */
function named(address) {
  const name = new URL(address).pathname.slice(ROOT.pathname.length);
  return [name, `${name}index.html`, `${name}.html`].find((file) => Object.hasOwn(FILES, file));
}

// ---- Keeping ----

async function keepFirst() {
  const names = (await missing()).filter((name) => name in FIRST);
  const lane = async () => {
    while (names.length) await keep(names.shift());
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** The files of this version that are not kept yet, in the order of the lists. */
async function missing() {
  const store = await caches.open(STORE);
  const there = new Set((await store.keys()).map(({ url }) => url));
  return Object.keys(FILES).filter((name) => !there.has(entry(name)));
}

/** Fetch a file and keep it, with patience; the second time past the browser's own cache, which may be stale. */
async function keep(name) {
  for (const wait of WAITS) {
    await new Promise((go) => setTimeout(go, wait));
    if (await fetched(name, wait ? 'reload' : 'no-cache').catch(() => null)) return;
  }
  throw new Error(`${name} did not come`);
}

/** Fetch a file, keep it and return it. Throws where what comes is not the very file of this version. */
async function fetched(name, cache) {
  const response = await fetch(place(name), { cache, signal: AbortSignal.timeout(PATIENCE) });
  const content = await response.arrayBuffer();
  if (!response.ok || (await revision(content)) !== FILES[name]) throw new Error(`${name} is not of this version`);
  const headers = new Headers(response.headers);
  for (const spent of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(spent);
  const whole = new Response(content, { headers });
  await (await caches.open(STORE)).put(entry(name), whole.clone());
  return whole;
}

async function revision(content) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Drop what only former versions need, unless the next version is already gathering its files. */
async function tidy() {
  if (self.registration.installing) return;
  const store = await caches.open(STORE);
  const wanted = new Set(Object.keys(FILES).map(entry));
  for (const { url } of await store.keys()) if (!wanted.has(url)) await store.delete(url);
}

// ---- Answering ----

async function answer({ request, clientId }) {
  const name = named(request.url);
  if (!name) return fetch(request).catch(() => away(request));
  if (await isStranger(request, clientId)) return fetch(request).catch(() => own(name, request));
  return own(name, request);
}

/**
 * A file of this version. In place of a picture from another version, its description is shown. A page that the browser
 * threw away comes as the host has it.
 */
async function own(name, request) {
  const kept = await (await caches.open(STORE)).match(entry(name));
  const come = () => fetched(name, 'reload').catch(() => null);
  return kept ?? (await come()) ?? (name in LATER ? Response.error() : fetch(request).catch(() => away(request)));
}

/** Whether the page that asks is none of this version's, and so needs the host's own files. */
async function isStranger({ mode }, clientId) {
  const page = mode !== 'navigate' && clientId && (await clients.get(clientId));
  return Boolean(page) && !named(page.url);
}

function away({ mode }) {
  const headers = { 'Content-Type': 'text/html; charset=utf-8' };
  return mode === 'navigate' ? new Response(AWAY, { status: 503, headers }) : Response.error();
}

const AWAY = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not on this device · Lumbar</title><link rel="stylesheet" href="${place('_static/look.css')}">
<script src="${place('_static/early.js')}"></script>
<main><h1>This page is not on this device</h1>
<p>There is no internet just now, and this page was not kept. The lessons were.</p>
<p><a href="${ROOT.href}">Go to the start of the course</a></p></main></html>
`;

// ---- What a page may ask ----

let turn = Promise.resolve();
const failed = new Set();
const ASKED = {
  use: () => self.skipWaiting(),
  count: async ({ ports: [port] }) => port.postMessage(await count()),
  /** One more file, whichever page asks: the tabs stand in one queue. */
  more: ({ ports: [port] }) => (turn = turn.catch(() => {}).then(async () => port.postMessage(await more()))),
};

/** @returns {Promise<Kept>} */
async function count() {
  const lacking = await missing();
  const [ofPages, ofPictures] = [FIRST, LATER].map((list) => Object.keys(list).length);
  const pictures = lacking.filter((name) => name in LATER).length;
  return { pages: ofPages - (lacking.length - pictures), ofPages, pictures: ofPictures - pictures, ofPictures };
}

/** Fetch one file more. One that does not come is put behind the others. @returns {Promise<Kept>} */
async function more() {
  const [name] = (await missing()).sort((a, b) => failed.has(a) - failed.has(b));
  try {
    if (name) await keep(name);
    return await count();
  } catch {
    failed.add(name);
    return { ...(await count()), stuck: true };
  }
}
