"use strict";
// While verifying, says which handlers did real input and output: theirs may differ from run to run.
const KINDS = new Set(["TCPWRAP", "FSREQCALLBACK", "FSREQPROMISE"]);

let used = null;

if (process.env.EVENTICLE_VERIFY === "1") {
  const { createHook } = require("async_hooks");
  const { current } = require("./contexts.cjs");
  used = new WeakMap();
  createHook({
    init(_, type) {
      if (!KINDS.has(type)) return;
      const context = current();
      if (context) used.get(context)?.add(type);
    },
  }).enable();
}

function watch(context) {
  if (!used) return undefined;
  const kinds = new Set();
  used.set(context, kinds);
  return kinds;
}

function report(kinds) {
  return kinds && kinds.size > 0 ? { io: [...kinds].sort() } : undefined;
}

module.exports = { watch, report };
