"use strict";
// Errors keep their identity on both ways: a JavaScript error comes back as the same object, an
// engine error that passes through is named by the number under which the engine remembers it.
const { OWN, place } = require("./places.cjs");

const MOST = 512;
const STACK = 16384;
const thrown = new Map();
const marks = new WeakMap();
let last = 0;

function isObject(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function text(value, otherwise) {
  try {
    return typeof value === "string" ? value : String(value);
  } catch {
    return otherwise;
  }
}

function nameOf(error) {
  const name = text(error.name ?? "Error", "Error");
  const type = error.constructor?.name;
  return name === "Error" && type && type !== "Object" ? type : name;
}

function numberOf(value) {
  const known = isObject(value) ? marks.get(value) : undefined;
  if (known?.n !== undefined && thrown.has(known.n)) return known.n;
  last += 1;
  thrown.set(last, value);
  if (thrown.size > MOST) thrown.delete(thrown.keys().next().value);
  if (isObject(value)) marks.set(value, { ...known, n: last });
  return last;
}

/** What the protocol says of a thrown value, whatever it is. */
function describe(value) {
  const n = numberOf(value);
  try {
    return said(value, n);
  } catch {
    return { name: "Error", message: "an error that cannot be read", n };
  }
}

function said(value, n) {
  if (!isObject(value) || !("message" in value || "stack" in value)) {
    let words = text(value, "a value that has no text");
    if (isObject(value)) {
      try {
        words = JSON.stringify(value) ?? words;
      } catch {
        // What cannot be written is named as text does.
      }
    }
    return { name: "Error", message: words, n };
  }
  const described = { name: nameOf(value), message: text(value.message, ""), n };
  const stack = text(value.stack, "").split("\n").filter((line) => !line.includes(OWN)).join("\n").slice(0, STACK);
  if (stack) {
    described.stack = stack;
    described.at = place(stack);
  }
  const id = marks.get(value)?.id;
  if (id !== undefined) described.id = id;
  return described;
}

/** The error to throw for one that the engine sent. */
function revive(said) {
  let value = said.n === undefined ? undefined : thrown.get(said.n);
  if (value === undefined && !thrown.has(said.n)) {
    value = new Error(said.message);
    if (said.name && said.name !== "Error") {
      Object.defineProperty(value, "name", {
        value: said.name, configurable: true, writable: true, enumerable: false,
      });
    }
    value.stack = said.stack ?? `${said.name ?? "Error"}: ${said.message}`;
    if (said.stack === undefined) {
      const own = new Error(said.message).stack ?? "";
      value.stack += own.slice(own.indexOf("\n"));
    }
  }
  if (said.id !== undefined && isObject(value)) marks.set(value, { ...marks.get(value), id: said.id });
  return value;
}

module.exports = { describe, revive };
