"use strict";
// Everything that code writes becomes log messages; the terminal is never reachable.
const { Console } = require("console");
const { Writable } = require("stream");
const wire = require("./wire.cjs");
const { storage } = require("./contexts.cjs");
const { OWN, here, place, brief } = require("./places.cjs");

const FRAMES = 2000;
const LINES = 20000;
// How much of a line without an end is kept back, in characters, and how long, in milliseconds.
const PART = 4096;
const WAIT = 50;
const LEVELS = {
  log: "info", info: "info", debug: "debug", trace: "debug", warn: "warn", error: "error",
  assert: "error", dir: "info", dirxml: "info", table: "info", count: "info", countReset: "warn",
  time: "warn", timeEnd: "info", timeLog: "info", group: "info", groupCollapsed: "info",
};

const clock = Date.now;
let second = 0;
let lines = 0;
let dropped = 0;

function flush() {
  if (dropped === 0) return;
  const text = `${dropped} more lines were left out`;
  wire.send({ log: { level: "warn", text, dropped } });
  dropped = 0;
}

function count() {
  const now = Math.floor(clock() / 1000);
  if (now !== second) {
    flush();
    second = now;
    lines = 0;
  }
  lines += 1;
  if (lines <= LINES) return true;
  if (dropped === 0) setTimeout(flush, 1000).unref();
  dropped += 1;
  return false;
}

// The way through the shim is in every stack and tells nobody anything.
function withoutOwn(text) {
  if (!text.includes(OWN)) return text;
  return text.split("\n").filter((line) => !line.includes(OWN)).join("\n");
}

/** Writes a line to the log; the place is looked up unless it is known. */
function log(level, text, at, stack) {
  if (!count()) return;
  const line = { level, text: withoutOwn(text) };
  const found = at ?? (lines <= FRAMES ? here() : undefined);
  if (found) line.at = found;
  const context = storage.getStore();
  if (context && !context.isDone) line.q = context.q;
  if (stack) line.stack = withoutOwn(stack);
  wire.send({ log: line });
}

/** Writes an error with its stack, leading to the place where it was made. */
function logError(error, before) {
  const stack = typeof error?.stack === "string" ? error.stack : undefined;
  const said = stack ? `${error.name}: ${error.message}` : String(error);
  log("error", before ? `${before}: ${said}` : said, place(stack), stack);
}

function stream(level) {
  let rest = "";
  let timer;
  const finish = () => {
    if (rest) log(level, rest);
    rest = "";
  };
  return function write(chunk, encoding, done) {
    const whole = rest + (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
    const end = whole.lastIndexOf("\n");
    rest = whole.slice(end + 1);
    if (end > 0) log(level, whole.slice(0, end));
    if (rest.length > PART) finish();
    clearTimeout(timer);
    // A prompt or a progress has no end of line; it is not to wait for the next one.
    if (rest) timer = setTimeout(finish, WAIT).unref();
    const after = typeof encoding === "function" ? encoding : done;
    if (typeof after === "function") process.nextTick(after);
    return true;
  };
}

function install() {
  let level = "info";
  const sink = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      log(level, String(chunk).replace(/\n$/, ""));
      done();
    },
  });
  // Writable queues what is written while a write runs; ours ends at once, so order is kept.
  const own = new Console({ stdout: sink, stderr: sink, colorMode: false });
  for (const name of Object.keys(LEVELS)) {
    if (typeof own[name] !== "function") continue;
    console[name] = { [name](...values) {
      level = LEVELS[name];
      own[name](...values);
    } }[name];
  }
  for (const name of ["groupEnd"]) console[name] = () => own[name]();
  process.stdout.write = stream("info");
  process.stderr.write = stream("error");
  process.exit = function exit(code) {
    const at = here();
    const said = `process.exit(${code ?? ""}) ignored`;
    log("warn", `${said} – ${brief(at)}`, at);
    throw new Error(`${said}: the console ends this process`);
  };
}

module.exports = { install, log, logError };
