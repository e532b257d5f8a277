"use strict";
// Modules that import the library get one made of the shim's own exports. Runs in the main thread,
// or in node's hooks thread where it has no other way; so it needs nothing of the shim.
const LIBRARY = /^@eventicle\/(eventiclejs|eventicle-utilities)(\/.*)?$/;
const SCHEME = "eventicle-shim:";

let names = {};
let seen = () => {};

/** Takes the names of all exports, and how to say which files were loaded. */
exports.initialize = function initialize(data) {
  names = data.names;
  seen = data.port ? (url) => data.port.postMessage(url) : data.seen;
};

/** The key in `names.json` of a specifier; undefined for other packages. */
exports.keyOf = function keyOf(specifier) {
  const found = LIBRARY.exec(specifier);
  if (!found) return undefined;
  const path = (found[2] ?? "").replace(/^\//, "").replace(/^dist(\/|$)/, "")
    .replace(/\.js$/, "").replace(/(^|\/)index$/, "");
  return `${found[1]}:${path}`;
};

exports.resolve = function resolve(specifier, context, next) {
  const key = exports.keyOf(specifier);
  // require() has its own way to the shim.
  if (key === undefined || context.conditions?.includes("require")) return next(specifier, context);
  return { url: SCHEME + key, format: "module", shortCircuit: true };
};

exports.load = function load(url, context, next) {
  if (url.startsWith(SCHEME)) {
    const key = url.slice(SCHEME.length);
    const ask = `globalThis[Symbol.for("eventicle.shim")].load(${JSON.stringify(key)})`;
    const lines = [`const library = ${ask};`, "export default library;"];
    for (const name of names[key] ?? []) {
      if (name !== "default") lines.push(`export const ${name} = library.${name};`);
    }
    return { format: "module", source: lines.join("\n"), shortCircuit: true };
  }
  if (url.startsWith("file:")) seen(url);
  return next(url, context);
};
