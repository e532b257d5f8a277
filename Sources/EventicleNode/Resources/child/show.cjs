"use strict";
// The state of an object as JSON for people; it is never read back.
const LIMIT = 65536;
const DEPTH = 8;
// Milliseconds for all getters of one object, which may compute anything.
const BUDGET = 20;
const HIDDEN = new Set([
  "history", "newEvents", "reducers", "config", "replaying", "service", "machineFactory",
]);
const CUT = "[…]";
const clock = Date.now;

function plain(value, depth, above) {
  switch (typeof value) {
    case "bigint": return `${value}n`;
    case "number": return Number.isFinite(value) ? value : String(value);
    case "string": case "boolean": return value;
    case "symbol": return String(value);
    case "object": break;
    default: return undefined;
  }
  if (value === null) return null;
  if (depth > DEPTH || above.includes(value)) return CUT;
  if (Object.prototype.toString.call(value) === "[object Date]") {
    return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  }
  const inside = [...above, value];
  if (value instanceof Map) {
    const shown = {};
    for (const [key, item] of value) set(shown, String(key), plain(item, depth + 1, inside));
    return shown;
  }
  if (value instanceof Set) value = [...value];
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1, inside) ?? null);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const shown = {};
  for (const name of Object.keys(value)) {
    try {
      set(shown, name, plain(value[name], depth + 1, inside));
    } catch (error) {
      shown[name] = `${error}`;
    }
  }
  return shown;
}

function set(object, name, value) {
  if (value === undefined) return;
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function getters(object) {
  const names = [];
  let type = Object.getPrototypeOf(object);
  while (type && type !== Object.prototype) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
      if (property.get && name !== "type" && name !== "__proto__") names.push(name);
    }
    type = Object.getPrototypeOf(type);
  }
  return names;
}

/** The state of an aggregate: its own fields and the getters of its classes. */
function show(object) {
  const shown = {};
  const own = Object.keys(object);
  for (const name of own) add(shown, name, object);
  const start = clock();
  for (const name of getters(object)) {
    if (!(name in shown) && clock() - start <= BUDGET) add(shown, name, object);
  }
  return fit(shown);
}

function add(shown, name, object) {
  if (HIDDEN.has(name)) return;
  try {
    set(shown, name, plain(object[name], 1, [object]));
  } catch {
    // A getter may need what is not there yet.
  }
}

function fit(shown) {
  let size = 0;
  const kept = {};
  for (const [name, value] of Object.entries(shown)) {
    size += Buffer.byteLength(JSON.stringify(value) ?? "") + name.length + 4;
    set(kept, name, size > LIMIT ? CUT : value);
  }
  return kept;
}

/** A value as JSON: as `JSON.stringify` says, or as near to it as possible. */
function asJSON(value) {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return plain(value, 0, []) ?? null;
  }
}

module.exports = { show, asJSON };
