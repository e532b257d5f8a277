"use strict";
// Where in a person's code something happened.
const path = require("path");
const { fileURLToPath } = require("url");

/** The folder of the shim's own files, with a slash at its end. */
const OWN = `${path.dirname(__dirname)}/`;
const LINE = /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^()]*?):(\d+):(\d+)\)?$/;

function parse(line) {
  const found = LINE.exec(line.trim());
  if (!found) return null;
  let file = found[1];
  if (file.startsWith("file://")) {
    try {
      file = fileURLToPath(file);
    } catch {
      return null;
    }
  }
  return { file, line: Number(found[2]), column: Number(found[3]) };
}

function isOwn(file) {
  return !file.startsWith(OWN) && !file.includes("/node_modules/");
}

/** The first place of a stack in the person's own code, as `file:line:column`. */
function place(stack) {
  if (typeof stack !== "string") return undefined;
  for (const line of stack.split("\n")) {
    if (line.includes("node:")) continue;
    const found = parse(line);
    if (found && isOwn(found.file)) return `${found.file}:${found.line}:${found.column}`;
  }
  return undefined;
}

/** The place from which the shim was called. */
function here() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 24;
  const stack = new Error("here").stack;
  Error.stackTraceLimit = limit;
  return place(stack);
}

/** `/a/b/orders.ts:12:7` as `orders.ts:12`. */
function brief(at) {
  return at ? at.replace(/^.*\//, "").replace(/:\d+$/, "") : "an unknown place";
}

module.exports = { OWN, place, here, brief, parse };
