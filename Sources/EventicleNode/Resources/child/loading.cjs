"use strict";
// Loads the domain: CommonJS, ECMAScript modules, and TypeScript as far as node or a loader reads it.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const { pathToFileURL } = require("url");
const wire = require("./wire.cjs");
const modules = require("./modules.cjs");
const { OWN, parse } = require("./places.cjs");
const { storage } = require("./contexts.cjs");
const { meetExports, announce } = require("../library/aggregates.cjs");
const { setEntry } = require("../library/xstate.cjs");

const MODULES = new Set([".mjs", ".mts"]);
const TYPESCRIPT = /\.[cm]?ts$/;
const INDEXES = ["index.js", "index.mjs", "index.cjs", "index.ts"];

function settings(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  } catch {
    return undefined;
  }
}

function exported(one) {
  if (typeof one === "string") return one;
  if (one === null || typeof one !== "object") return undefined;
  if ("." in one) return exported(one["."]);
  return exported(one.import ?? one.require ?? one.default ?? one.node);
}

/** The file to load of a folder with a package.json, or the file itself. */
function entryOf(given) {
  if (!fs.existsSync(given)) throw new Error(`There is no ${given}.`);
  if (!fs.statSync(given).isDirectory()) return fs.realpathSync(given);
  const own = settings(given) ?? {};
  const named = [own.eventicle?.domain, exported(own.exports), own.main].filter(Boolean);
  for (const name of [...named, ...INDEXES]) {
    const file = path.resolve(given, name);
    for (const one of [file, `${file}.js`]) {
      if (fs.existsSync(one) && fs.statSync(one).isFile()) return fs.realpathSync(one);
    }
  }
  const asked = named.length > 0 ? `its package.json names ${named[0]}, which is not there`
    : "its package.json names no file in eventicle.domain, exports or main";
  throw new Error(`${given} has no domain: ${asked}.`);
}

function isModule(file) {
  const extension = path.extname(file);
  if (MODULES.has(extension)) return true;
  if (extension === ".cjs" || extension === ".cts") return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const own = settings(folder);
    if (own) return own.type === "module";
    if (folder === path.dirname(folder)) return false;
  }
}

async function imported(file) {
  return { format: "esm", exports: await import(pathToFileURL(file).href) };
}

async function load(file) {
  if (isModule(file)) return imported(file);
  try {
    return { format: "cjs", exports: createRequire(file)(file) };
  } catch (error) {
    if (["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"].includes(error?.code)) return imported(file);
    // A .js file with import and no "type" in its package.json.
    if (error instanceof SyntaxError && /import statement outside|Unexpected token 'export'/.test(error.message)
      && place(error)?.file === file) {
      throw Object.assign(error, {
        message: `${error.message}; a .js file with import needs "type": "module" in its package.json, or the name .mjs`,
      });
    }
    throw error;
  }
}

function hasLoader() {
  return Boolean(process.features.typescript || require.extensions[".ts"])
    || process.execArgv.some((word) => /^--(import|loader|experimental-loader)\b/.test(word));
}

function explain(error, file) {
  const isUnread = error?.code === "ERR_UNKNOWN_FILE_EXTENSION" || error instanceof SyntaxError;
  if (!isUnread || !TYPESCRIPT.test(file) || hasLoader()) return error;
  return new Error(
    `node ${process.versions.node} does not read TypeScript by itself: use node 22.18 or newer, install tsx in the project, `
    + "or compile it and open the JavaScript; --node-arg names another loader, as --node-arg=--import=tsx does.");
}

// node writes the place of a syntax error in the first lines of the stack, before the message.
function place(error) {
  const found = /^(?:file:\/\/)?(\/[^\n]*):(\d+)\n/.exec(typeof error?.stack === "string" ? error.stack : "");
  return found ? { file: found[1], line: Number(found[2]) } : undefined;
}

function head(text) {
  const end = text.search(/\n+\w*Error\b/);
  return /^(?:file:\/\/)?\/[^\n]*:\d+\n/.test(text) && end > 0 ? text.slice(0, end).trimEnd() : undefined;
}

// Of modules it is known only when node prints the error, so node is asked to check them.
function checked() {
  const { spawnSync } = require("child_process");
  for (const file of modules.files(entry).filter((one) => /\.m?js$/.test(one)).slice(0, 50)) {
    const { status, stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
    if (status !== 0 && head(stderr)) return head(stderr);
  }
  return undefined;
}

function frameOf(error) {
  const stack = typeof error?.stack === "string" ? error.stack : "";
  if (head(stack)) return head(stack);
  const at = parse(stack.split("\n").find((line) => !line.includes("node:") && parse(line)
    && !parse(line).file.startsWith(OWN) && !line.includes("node_modules")) ?? "");
  if (!at) return error instanceof SyntaxError ? checked() : undefined;
  try {
    const line = fs.readFileSync(at.file, "utf8").split("\n")[at.line - 1];
    return `${at.file}:${at.line}\n${line}\n${" ".repeat(at.column - 1)}^`;
  } catch {
    return undefined;
  }
}

let entry;
let sent = "";
let isAnnounced = false;

function sendFiles() {
  const files = modules.files(entry);
  const text = files.join("\n");
  if (text === sent) return;
  sent = text;
  wire.send({ files });
}

function sendFilesLater() {
  if (!entry || isAnnounced) return;
  isAnnounced = true;
  setTimeout(() => {
    isAnnounced = false;
    sendFiles();
  }, 20).unref();
}

/** Loads a domain and says what was loaded. */
async function loadDomain(given) {
  const start = process.hrtime.bigint();
  try {
    entry = entryOf(given);
    setEntry(path.dirname(entry));
    const { format, exports } = await storage.exit(() => load(entry));
    const main = exports?.default?.default ?? exports?.default ?? (format === "cjs" ? exports : undefined);
    if (typeof main === "function" && !/^class\b/.test(Function.prototype.toString.call(main))) await main();
    meet(exports);
    announce();
    // The hooks thread says what it read a little later than it was read.
    if (globalThis[Symbol.for("eventicle.hooks")] === "thread") await new Promise((done) => setImmediate(done));
    sendFiles();
    modules.onFile(sendFilesLater);
    const ms = Math.round(Number(process.hrtime.bigint() - start) / 1e6);
    wire.send({ loaded: { entry, format, ms } });
  } catch (error) {
    if (entry) sendFiles();
    const said = explain(error, entry ?? given);
    if (said !== null && typeof said === "object" && said.frame === undefined) {
      const frame = frameOf(said);
      if (frame) Object.defineProperty(said, "frame", { value: frame, configurable: true });
    }
    throw said;
  }
}

function meet(exports) {
  meetExports(exports);
  if (exports?.default && typeof exports.default === "object") meetExports(exports.default);
  for (const file of modules.files(entry)) meetExports(require.cache[file]?.exports);
}

module.exports = { loadDomain, entryOf };
