"use strict";
// Which request a call belongs to, and when it may be made.
const { AsyncLocalStorage } = require("async_hooks");
const wire = require("./wire.cjs");
const errors = require("./errors.cjs");
const { here, brief } = require("./places.cjs");

// Milliseconds after which it is said what a call waits for.
const PATIENCE = 1000;

const storage = new AsyncLocalStorage();
const open = [];
const answers = new Map();
const beforeCalls = [];
let calls = 0;

/** One request of the engine while its handler runs. */
class Context {
  constructor(request, parent) {
    this.q = request.q;
    this.h = request.h ?? request.op;
    this.now = request.now ?? parent?.now ?? 0;
    this.real = request.real ?? parent?.real ?? false;
    this.seed = request.seed ?? parent?.seed ?? 0;
    this.parent = parent;
    this.isDone = false;
    // A re-entrant call is out: the engine serves other requests until it answers.
    this.isWaiting = false;
    this.queue = [];
    this.idle = [];
    this.random = undefined;
  }

  get isOnTop() {
    return open[open.length - 1] === this && !this.isWaiting;
  }
}

/** The context of the running handler; undefined outside any and after its end. */
function current() {
  const context = storage.getStore();
  return context === undefined || context.isDone ? undefined : context;
}

function ask(context, op, args) {
  calls += 1;
  const c = calls;
  wire.send({ c, q: context.q, op, args });
  const answer = wire.receiveAnswer();
  if (answer.err) throw errors.revive(answer.err);
  return answer.ok;
}

function post(letter, op, args, context, isLate) {
  calls += 1;
  const number = calls;
  const message = { [letter]: number, op, args };
  if (context) message.q = context.q;
  if (isLate) message.late = true;
  const promise = new Promise((resolve, reject) => answers.set(number, { resolve, reject }));
  wire.send(message);
  return promise;
}

function drain(context) {
  while (context.queue.length > 0 && context.isOnTop) context.queue.shift()();
  if (context.queue.length === 0 && !context.isWaiting) {
    for (const wake of context.idle.splice(0)) wake();
  }
}

// Calls of a handler whose own dispatch is out wait in line, so that two of them at once cannot
// wait for each other.
function inTurn(context, work) {
  if (context.isOnTop && context.queue.length === 0) return work();
  return new Promise((resolve, reject) => {
    context.queue.push(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    });
  });
}

function outside(op, args) {
  const late = storage.getStore();
  if (late) {
    const at = here();
    const text = `${op} was called after ${late.h} had ended; an await is missing (${brief(at)})`;
    wire.send({ log: { level: "warn", at, text } });
  }
  const answer = post("o", op, args, undefined, late !== undefined);
  if (open.length > 0) explainWait(op, here(), answer);
  return answer;
}

// A handler whose call lost its context, as in callbacks of a pool, waits for what waits for it.
function explainWait(op, at, answer) {
  const running = open[open.length - 1];
  const timer = setTimeout(() => {
    if (running.isDone) return;
    const text = `${op} was called from outside any handler and waits until ${running.h} has ended (${brief(at)})`;
    wire.send({ log: { level: "warn", at, text } });
  }, PATIENCE).unref();
  answer.then(() => clearTimeout(timer), () => clearTimeout(timer));
}

function prepare() {
  for (const body of beforeCalls) body();
}

/** A call that the engine answers at once. */
async function call(op, args) {
  prepare();
  const context = current();
  if (!context) return outside(op, args);
  return inTurn(context, () => ask(context, op, args));
}

/** A call that must have its answer before it returns; undefined where that cannot be. */
function callNow(op, args) {
  const context = current();
  return context?.isOnTop ? ask(context, op, args) : undefined;
}

/** A call during which the engine may ask for other handlers. */
async function enter(op, args) {
  prepare();
  const context = current();
  if (!context) return outside(op, args);
  return inTurn(context, () => {
    context.isWaiting = true;
    return post("a", op, args, context).finally(() => {
      context.isWaiting = false;
      // The caller goes on first; those in line are later.
      queueMicrotask(() => drain(context));
    });
  });
}

function answered(message) {
  const waiting = answers.get(message.to);
  if (!waiting) return;
  answers.delete(message.to);
  if (message.err) waiting.reject(errors.revive(message.err));
  else waiting.resolve(message.ok);
}

function isQuiet(context) {
  return !context.isWaiting && context.queue.length === 0;
}

/** Runs a handler in a context of its own; it ends when all calls it made are answered. */
async function run(request, parent, body) {
  const context = new Context(request, parent);
  open.push(context);
  try {
    return await storage.run(context, async () => body(context));
  } finally {
    while (!isQuiet(context)) {
      await new Promise((wake) => context.idle.push(wake));
      // What waited for the last answer may have more to ask.
      await new Promise((wake) => setImmediate(wake));
    }
    context.isDone = true;
    open.splice(open.indexOf(context), 1);
  }
}

module.exports = { current, call, callNow, enter, answered, run, beforeCalls, storage };
