/** The teacher's page, for the projector: one big button that says what comes next, and a key for each thing to do. */
import { bare, joinView } from './join.js';
import { NO_KEY, takeKey } from './key.js';
import { Live, ask, askJson } from './live.js';
import { Panels } from './panels.js';
import { h, plain } from './quiz.js';
import { Sheets, Stage } from './stage.js';
import { canReveal, next } from './steps.js';
import { clock, minutes } from './words.js';

const $ = (id) => document.getElementById(id);
const write = (node, text) => node.textContent === text || (node.textContent = text);
const NO_LINK = 'The class server does not answer. See whether it still runs; votes that came in are kept.';

export class Teacher {
  constructor(code, key) {
    Object.assign(this, { code, key, path: `/api/teach/${code}` });
    this.stage = new Stage($('stage'));
    this.sheets = new Sheets($('stage'));
    this.panels = new Panels(this);
  }

  async open() {
    if (!this.key) return write($('trouble'), NO_KEY);
    this.live = new Live(this.path, this.key, {
      hear: (state) => this.hear(state),
      reached: (isReached) => write($('line'), isReached ? this.state?.trouble ?? '' : NO_LINK),
      refused: (refusal) => write($('trouble'), refusal.message),
    });
    setInterval(() => this.tick(), 500);
    await this.prepare();
  }

  /** What stays the same all lesson long: how to join, and which quizzes there are. */
  async prepare() {
    try {
      this.joining ??= await this.get('join');
      write($('where'), bare(this.joining.addresses[0]));
      this.panels.fillJoin(this.joining);
      if (this.state) this.draw();
      this.lessons = await this.get('quizzes');
      this.panels.fillQuizzes(this.lessons);
    } catch (error) {
      return error.status ? write($('trouble'), error.message) : setTimeout(() => this.prepare(), 2000);
    }
    if (this.state) this.draw();
  }

  get(what) {
    return askJson(`${this.path}/${what}`, { key: this.key });
  }

  // What the class does

  hear(state) {
    const before = this.state;
    this.state = state;
    this.ahead = Date.parse(state.now) - Date.now();
    if (before && before.phase !== 'talk' && state.phase === 'talk') this.talking = Date.now();
    this.draw();
    if (before && before.phase !== state.phase) write($('said'), next(state).label);
  }

  draw() {
    const { state } = this;
    const isWaiting = state.phase === 'waiting';
    if (isWaiting) this.drawWaiting();
    else (state.mode === 'pace' ? this.stage : this.sheets).show(state);
    if (isWaiting || state.mode !== 'pace') this.stage.view = null;
    if (isWaiting || state.mode === 'pace') this.sheets.view = null;
    if (!isWaiting) this.waiting = null;
    this.drawHead();
    this.drawDeck();
    this.panels.follow(state);
  }

  /** Nothing is open yet: how to join is shown. */
  drawWaiting() {
    if (!this.joining || this.waiting) return;
    this.waiting = true;
    $('stage').replaceChildren(h('h1.ask', 'Join the class'), joinView(this.joining));
  }

  drawHead() {
    const { pupils, quiz, trouble, ended, locked } = this.state;
    write($('quiz'), ended ? 'This class has ended' : quiz ? this.titleOf(quiz) : '');
    write($('heads'), `${pupils} here${locked ? ', closed to others' : ''}`);
    write($('line'), trouble ?? '');
  }

  titleOf(quiz) {
    for (const { lesson, title, quizzes } of this.lessons ?? []) {
      const found = quizzes.find(({ name }) => name === quiz);
      if (found) return plain(`${lesson} ${title}: ${found.title}`);
    }
    return quiz;
  }

  drawDeck() {
    const { state } = this;
    const isPace = state.mode === 'pace' && Boolean(state.quiz);
    write($('next'), next(state).label);
    $('reveal').hidden = !canReveal(state) || next(state).do === 'reveal';
    $('bars').setAttribute('aria-pressed', String(Boolean(state.bars)));
    write($('bars'), state.bars ? 'Hide bars' : 'Show bars');
    for (const id of ['previous', 'following', 'bars']) $(id).hidden = !isPace || state.phase === 'waiting';
    this.tick();
  }

  /** The line beside the button: votes, time left, or how long they have talked. */
  tick() {
    if (!this.state) return;
    write($('votes'), this.line(this.state));
  }

  line(state) {
    const { mode, phase, round, counts, pupils, until, from, now } = state;
    if (mode !== 'pace') return this.timeLine(mode, phase, from, until, now);
    const talked = (Date.now() - this.talking) / 1000;
    if (phase === 'talk') return this.talking ? `Talking for ${minutes(talked)}` : 'Talking';
    if (!state.quiz || ['waiting', 'shown', 'revealed'].includes(phase)) return '';
    return `${counts?.[round]?.votes ?? 0} of ${pupils} votes`;
  }

  timeLine(mode, phase, from, until, now) {
    const done = this.done();
    if (phase === 'waiting') return from > now ? `Opens at ${clock(from)}` : '';
    const left = (Date.parse(until) - Date.now() - this.ahead) / 1000;
    if (phase === 'voting' && until) return `${done} · ${minutes(left)} left`;
    return done;
  }

  /** How many have answered everything, and how many answers are in. */
  done() {
    const { finished, pupils, answered } = this.state;
    const votes = Object.values(answered).reduce((sum, each) => sum + each.votes, 0);
    return `${finished} of ${pupils} done · ${votes} answers`;
  }

  // What the teacher does

  async go() {
    if (!this.state) return;
    const step = next(this.state);
    if (step.panel) this.panels.open(step.panel);
    else await this.do({ do: step.do });
  }

  /** Give a command; whether it was done. One at a time: a key that is pressed twice is one step. */
  async do(command) {
    if (this.isBusy) return false;
    this.isBusy = true;
    try {
      this.hear(await askJson(this.path, { key: this.key, method: 'POST', body: command }));
      write($('trouble'), '');
      return true;
    } catch (error) {
      write($('trouble'), error.status ? error.message : NO_LINK);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  toggleBars() {
    return this.do({ do: 'bars', shown: !this.state.bars });
  }

  /** Save what the server writes; it is fetched with the key, which no link may carry. */
  async save(what, name) {
    const answer = await ask(`${this.path}/${what}`, { key: this.key });
    const address = URL.createObjectURL(await answer.blob());
    h('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  async delete() {
    await ask(this.path, { key: this.key, method: 'DELETE' });
    this.live.stop();
    $('stage').replaceChildren(h('h1.ask', 'The data of this class are deleted'), h('p', 'You can close this page.'));
    document.querySelector('.deck').hidden = true;
    for (const id of ['quiz', 'where', 'heads', 'line', 'trouble']) write($(id), '');
  }
}

const code = location.pathname.split('/').at(-1).toUpperCase();
new Teacher(code, takeKey(code)).open();
