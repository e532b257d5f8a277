"use strict";
// A small engine in memory that speaks the protocol, so that the shim is tried as it is used.
const { Child } = require("./child.cjs");
const { Deliveries } = require("./deliveries.cjs");
const { World, calls, EngineError } = require("./world.cjs");

const READING = new Set(["get", "find", "page", "history", "aggHistory", "aggBulk", "sagas", "jobHas"]);

class ScriptError extends Error {
  constructor(said) {
    super(said.message);
    this.name = said.name;
    this.said = said;
  }
}

class Engine extends Deliveries {
  constructor(options = {}) {
    super();
    this.options = options;
    this.world = new World(options.now ?? Date.parse("2026-01-01T09:00:00Z"));
    this.declared = new Map();
    this.logs = [];
    this.files = [];
    this.messages = [];
    this.requests = new Map();
    this.remembered = new Map();
    this.kept = [];
    this.stack = [];
    this.violations = [];
    this.last = 0;
    this.chain = Promise.resolve();
    this.source = "unknown-service";
  }

  async start(entry) {
    this.hello = new Promise((resolve) => { this.greet = resolve; });
    this.child = new Child({ ...this.options, onMessage: (message) => this.take(message) });
    await Promise.race([this.hello, this.child.ended.then(({ code, stderr }) => {
      throw new Error(`node ended with ${code}: ${stderr}`);
    })]);
    if (entry) await this.ask({ op: "load", entry });
    await this.settled();
    if (this.options.live) this.tick();
    return this;
  }

  tick() {
    this.ticker = setInterval(() => {
      const now = Date.now();
      if (!this.isTicking) {
        this.isTicking = true;
        this.input(() => this.advanceTo(now)).finally(() => { this.isTicking = false; });
      }
    }, 20);
  }

  async stop() {
    clearInterval(this.ticker);
    return this.child.kill();
  }

  // MARK: Messages

  take(message) {
    this.messages.push(message);
    if (message.hello) this.greet(message.hello);
    else if (message.log) this.logs.push(message.log);
    else if (message.declare) this.declare(message.declare);
    else if (message.close) this.declared.delete(message.close.d);
    else if (message.files) this.files = message.files;
    else if (message.end) this.end(message);
    else if (message.c) this.nested(message);
    else if (message.a) this.reentrant(message);
    else if (message.o) this.outside(message);
  }

  declare(said) {
    if (said.kind === "source") this.source = said.name;
    const isNew = !this.declared.has(said.d);
    this.declared.set(said.d, said);
    if (!isNew || !(said.kind === "view" || said.mode === "cold-hot")) return;
    const events = this.world.log.filter((event) => said.streams.includes(event.stream));
    if (events.length > 0) this.input(() => this.catchUp(said, events));
  }

  async catchUp(said, events) {
    const fields = { op: "deliver", d: said.d, h: `${said.kind} ${said.name} / on any event` };
    await this.step(() => this.ask({ ...fields, events }));
  }

  ask(fields) {
    this.last += 1;
    const q = this.last;
    const request = { q, now: this.now, seed: this.options.seed ? `${this.options.seed}/${q}` : `seed-${q}`, ...fields };
    return new Promise((resolve, reject) => {
      this.requests.set(q, { resolve, reject, q });
      if (request.op !== "load") this.stack.push({ q });
      this.child.request(request);
    });
  }

  // Calls come from the request on top of the stack only, and from none that waits for an answer.
  check({ q, op }) {
    const top = this.stack[this.stack.length - 1];
    if (top?.q !== q || top.isWaiting) this.violations.push(`${op} of request ${q} out of turn`);
    return top;
  }

  end({ q, ok, err, io }) {
    const { resolve, reject } = this.requests.get(q);
    this.requests.delete(q);
    if (this.stack.some((one) => one.q === q) && this.stack.pop().q !== q) this.violations.push(`request ${q} ended out of turn`);
    if (io) this.io = io;
    this.lastEnded = q;
    if (!err) return resolve(ok);
    const known = err.id === undefined ? undefined : this.remembered.get(err.id);
    reject(known ?? new ScriptError(err));
  }

  failure(error) {
    let id = [...this.remembered].find(([, one]) => one === error)?.[0];
    if (id === undefined) {
      id = this.remembered.size + 1;
      this.remembered.set(id, error);
    }
    return { ...error.said, name: error.name, message: error.message, id };
  }

  nested({ c, q, op, args }) {
    this.check({ q, op });
    try {
      const ok = this.write(op, args);
      this.child.answer({ c, ok });
    } catch (error) {
      this.child.answer({ c, err: this.failure(error) });
    }
  }

  // What a transaction of its own wrote stays when the one around it is rolled back.
  write(op, args) {
    if (!calls[op]) throw new EngineError("ProtocolError", `${op} is no call.`);
    if (this.own) this.own.push([op, args]);
    return calls[op](this.world, structuredClone(args), this);
  }

  async reentrant({ a, q, op, args }) {
    const top = this.check({ q, op });
    if (top) top.isWaiting = true;
    await this.answer(a, () => (op === "dispatch" ? this.dispatch(args) : this.transaction(args)), top);
  }

  async answer(to, body, top) {
    let message;
    try {
      message = { ok: await body() };
    } catch (error) {
      message = { err: this.failure(error) };
    }
    if (top) top.isWaiting = false;
    this.child.request({ op: "answer", to, ...message });
  }

  outside({ o, op, args }) {
    const work = () => {
      if (op === "dispatch") return this.step(() => this.dispatch(args));
      if (op === "transaction") return this.step(() => this.ask({ op: "body", n: args.n, h: `input / ${args.name}` }));
      return this.step(async () => this.write(op, args));
    };
    this.input(() => this.answer(o, async () => {
      const result = await work();
      if (!READING.has(op)) await this.settle();
      return result;
    }));
  }

  // MARK: Steps

  get now() {
    return this.options.live ? Date.now() : this.world.now;
  }

  /** Does something when nothing else is being done. */
  input(body) {
    const done = this.chain.then(body);
    this.chain = done.catch(() => {});
    return done;
  }

  async settled() {
    let before;
    do {
      before = this.chain;
      await before;
    } while (before !== this.chain);
  }

  /** All of it or nothing. */
  async step(body) {
    const before = structuredClone(this.world);
    this.kept = [];
    if (this.options.live) this.world.now = Date.now();
    try {
      return await body();
    } catch (error) {
      const now = this.world.now;
      this.world = Object.assign(new World(now), before, { now });
      this.own = undefined;
      for (const [op, args] of this.kept) calls[op](this.world, structuredClone(args), this);
      throw error;
    }
  }

  async dispatch({ type, data, intent }) {
    const command = this.declared.get(`command:${type}`);
    if (!command) throw new EngineError("TransactionError", `Command not found ${type}`);
    const said = await this.ask({
      op: "command", d: command.d, h: `command ${type}`, type, data: data ?? {}, ...(intent && { intent }),
    });
    const by = this.lastEnded;
    const ws = intent?.workspaceId;
    const stream = ws && ws !== "single" ? `${ws}.${command.stream}` : command.stream;
    const events = said.events.length > 0 ? this.write("emit", { stream, events: said.events }) : [];
    return { ...said, events, by };
  }

  async transaction({ n }) {
    const outer = this.own;
    this.own = [];
    try {
      // It goes on with the time and the chance of the one around it.
      await this.ask({ op: "body", n, h: "transaction", now: undefined, seed: undefined });
      this.kept.push(...this.own);
    } finally {
      this.own = outer;
    }
    return null;
  }

  // MARK: What tests do

  /** A person's command; everything settles. */
  async command(type, data, intent) {
    return this.input(async () => {
      const reply = await this.step(() => this.dispatch({ type, data, intent }));
      await this.settle();
      return reply;
    });
  }

  async emit(stream, ...events) {
    return this.input(async () => {
      const made = await this.step(async () => this.write("emit", { stream, events }));
      await this.settle();
      return made;
    });
  }

  async advance(ms) {
    return this.input(() => this.advanceTo(this.world.now + ms));
  }

  rows(type, ws = "system") {
    return this.world.records.filter((one) => one.ws === ws && one.type === type).map((one) => one.content);
  }

  async fold(type, id, at) {
    const events = this.world.histories.find((one) => one.type === type && one.id === id)?.events ?? [];
    return this.ask({ op: "fold", type, id, events, at: at ?? [events.length] });
  }
}

async function withDomain(entry, body, options) {
  const engine = new Engine(options);
  try {
    await engine.start(entry);
    const result = await body(engine);
    if (engine.violations.length > 0) throw new Error(engine.violations.join(", "));
    return result;
  } finally {
    await engine.stop();
  }
}

module.exports = { Engine, withDomain, EngineError };
