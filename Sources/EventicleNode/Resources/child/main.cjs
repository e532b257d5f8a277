"use strict";
// Listens to the engine. The preload cannot: it runs before the loaders of other languages.
const net = require("net");
const wire = require("./wire.cjs");
const contexts = require("./contexts.cjs");
const errors = require("./errors.cjs");
const { logError } = require("./console.cjs");
const { loadDomain } = require("./loading.cjs");
const { handlers, bodyOwner } = require("./handlers.cjs");
const io = require("./io.cjs");

// Its own listener writes to the terminal that is none.
for (const listener of process.listeners("warning")) {
  if (listener.name === "onWarning") process.removeListener("warning", listener);
}
process.on("uncaughtException", (error) => logError(error, "uncaught"));
process.on("unhandledRejection", (error) => logError(error, "unhandled rejection"));
process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") logError(warning);
});

function end(q, result, more) {
  let text;
  try {
    text = JSON.stringify({ q, end: 1, ok: result ?? null, ...more });
  } catch (error) {
    const path = pathOfBigInt(result, "");
    if (path) error.message += ` (${path} of what was returned)`;
    return fail(q, error, more);
  }
  wire.sendText(text);
}

// What was returned is written when the code that made it has left the stack.
function pathOfBigInt(value, path) {
  if (typeof value === "bigint") return path;
  if (value === null || typeof value !== "object" || path.length > 200) return undefined;
  for (const name of Object.keys(value)) {
    const found = pathOfBigInt(value[name], Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`.replace(/^\./, ""));
    if (found) return found;
  }
  return undefined;
}

function fail(q, error, more) {
  const err = errors.describe(error);
  if (error?.done !== undefined) err.done = error.done;
  if (error?.frame !== undefined) err.frame = error.frame;
  wire.send({ q, end: 1, err, ...more });
}

async function serve(request) {
  if (request.op === "load") {
    try {
      await loadDomain(request.entry);
      return end(request.q, null);
    } catch (error) {
      return fail(request.q, error);
    }
  }
  const handler = handlers[request.op];
  if (!handler) return fail(request.q, new Error(`${request.op} is no request that this shim knows.`));
  const parent = request.op === "body" ? bodyOwner(request) : undefined;
  let used;
  try {
    const result = await contexts.run(request, parent, (context) => {
      used = io.watch(context);
      return handler(request, context);
    });
    end(request.q, result, io.report(used));
  } catch (error) {
    fail(request.q, error, io.report(used));
  }
}

const reader = new wire.FrameReader();
const requests = new net.Socket({ fd: 3, readable: true, writable: false });
requests.on("data", (chunk) => {
  for (const message of reader.push(chunk)) {
    if (message.op === "answer") contexts.answered(message);
    else serve(message);
  }
});
requests.on("end", () => process.reallyExit(0));
requests.on("error", () => process.reallyExit(0));

wire.send({
  hello: {
    node: process.versions.node, pid: process.pid, shim: 1,
    strip: Boolean(process.features.typescript),
    hooks: globalThis[Symbol.for("eventicle.hooks")] ?? "none",
  },
});
