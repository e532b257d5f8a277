"use strict";
// The two packages of the library are answered by the shim, whoever asks for them and how.
const Module = require("module");
const path = require("path");
const { pathToFileURL, fileURLToPath } = require("url");
const { MessageChannel } = require("worker_threads");
const names = require("../library/names.json");
const clock = require("./clock.cjs");
const hooks = require("./hooks.cjs");
const { OWN } = require("./places.cjs");

const UUID = new Set(["uuid", "uuid/v4", "uuid/v4.js"]);
const imported = new Set();
const made = new Map();
const wrapped = new WeakMap();
let noticed = () => {};

function specifierOf(key) {
  const [name, rest] = key.split(":");
  return rest ? `@eventicle/${name}/dist/${rest}` : `@eventicle/${name}`;
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

function missing(key) {
  const known = Object.keys(names).filter((one) => one.split(":")[0] === key.split(":")[0]);
  const nearest = known.sort((a, b) => distance(a, key) - distance(b, key))[0];
  const error = new Error(
    `Cannot find module '${specifierOf(key)}'; the nearest that the library has is '${specifierOf(nearest)}'.`);
  error.code = "MODULE_NOT_FOUND";
  return error;
}

function absent(key, name) {
  const said = `${specifierOf(key)}: ${name} is not part of the console; `
    + "the engine is the transport (see eventicle help javascript)";
  const stand = function () {
    throw new Error(said);
  };
  return Object.defineProperties(stand, { name: { value: name }, isAbsent: { value: true } });
}

/** The exports of a module of the library. */
function load(key) {
  const known = made.get(key);
  if (known) return known;
  if (key.endsWith(":package.json")) return { name: specifierOf(`${key.split(":")[0]}:`), version: "1.3.1" };
  if (!names[key]) throw missing(key);
  const library = {};
  Object.defineProperty(library, "__esModule", { value: true });
  made.set(key, library);
  const real = require("../library/index.cjs").exportsOf(key);
  for (const name of names[key]) {
    if (!(name in real)) library[name] = absent(key, name);
    else Object.defineProperty(library, name, { enumerable: true, get: () => real[name] });
  }
  return library;
}

function wrapRequire() {
  const original = Module._load;
  Module._load = function (request, parent, isMain) {
    const key = hooks.keyOf(request);
    if (key !== undefined) return load(key);
    const result = original.call(this, request, parent, isMain);
    if (!UUID.has(request) || typeof (result?.v4 ?? result) !== "function") return result;
    if (!wrapped.has(result)) wrapped.set(result, clock.wrapUUID(result));
    return wrapped.get(result);
  };
  const begin = Module.prototype.load;
  Module.prototype.load = function (file) {
    noticed();
    return begin.call(this, file);
  };
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    return hooks.keyOf(request) === undefined ? resolve.call(this, request, ...rest) : request;
  };
}

function see(url) {
  try {
    imported.add(fileURLToPath(url));
    noticed();
  } catch {
    // Not a file.
  }
}

/** Installs the hooks and says which kind they are. */
function install() {
  globalThis[Symbol.for("eventicle.shim")] = { load };
  wrapRequire();
  if (typeof Module.registerHooks === "function") {
    hooks.initialize({ names, seen: see });
    Module.registerHooks(hooks);
    return "sync";
  }
  const { port1, port2 } = new MessageChannel();
  port1.on("message", see);
  port1.unref();
  const url = pathToFileURL(path.join(__dirname, "hooks.cjs")).href;
  Module.register(url, { data: { names, port: port2 }, transferList: [port2] });
  return "thread";
}

/** The files of the domain that were loaded, and what decides how they are. */
function files(entry) {
  const all = new Set();
  for (const file of [...Object.keys(require.cache), ...imported, entry]) {
    if (!path.isAbsolute(file) || file.startsWith(OWN)) continue;
    if (file.includes(`${path.sep}node_modules${path.sep}`)) continue;
    all.add(file);
  }
  const folders = new Set([...all].map((file) => path.dirname(file)));
  for (const folder of folders) addSettings(folder, all);
  return [...all].sort();
}

function addSettings(folder, all) {
  const fs = require("fs");
  for (let at = folder; ; at = path.dirname(at)) {
    for (const name of ["package.json", "tsconfig.json"]) {
      const file = path.join(at, name);
      if (fs.existsSync(file)) all.add(file);
    }
    if (fs.existsSync(path.join(at, "package.json")) || at === path.dirname(at)) return;
  }
}

module.exports = { install, load, files, onFile: (body) => { noticed = body; }, names };
