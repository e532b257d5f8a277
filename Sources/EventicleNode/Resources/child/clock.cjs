"use strict";
// Time, randomness and ids inside handlers come from the request, so that the same request gives
// the same step again. Adapters and code outside handlers have the real ones.
const crypto = require("crypto");
const { syncBuiltinESMExports } = require("module");
const { current } = require("./contexts.cjs");

const RealDate = Date;
const realRandom = Math.random;
const realUUID = crypto.randomUUID;
const webcrypto = crypto.webcrypto;

function deterministic() {
  const context = current();
  return context === undefined || context.real ? undefined : context;
}

function instant() {
  return deterministic()?.now;
}

// Reflect.construct keeps the internal slots, so that such a date is one for every built-in.
function VirtualDate(...parts) {
  const now = parts.length === 0 ? instant() : undefined;
  if (new.target === undefined) return now === undefined ? RealDate() : new RealDate(now).toString();
  return Reflect.construct(RealDate, now === undefined ? parts : [now], new.target);
}

Object.defineProperties(VirtualDate, {
  name: { value: "Date", configurable: true },
  length: { value: 7, configurable: true },
  prototype: { value: RealDate.prototype, writable: false, enumerable: false },
  now: { value: function now() { return instant() ?? RealDate.now(); }, configurable: true, writable: true },
  parse: { value: RealDate.parse, configurable: true, writable: true },
  UTC: { value: RealDate.UTC, configurable: true, writable: true },
});

function hash(text) {
  const words = [1779033703, 3144134277, 1013904242, 2773480762];
  const factors = [597399067, 2869860233, 951274213, 2716044179];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    for (let word = 0; word < 4; word += 1) {
      words[word] = Math.imul(words[word] ^ code ^ (words[(word + 1) & 3] >>> 15), factors[word]);
      words[word] = (words[word] << 13) | (words[word] >>> 19);
    }
  }
  return words;
}

/** A small fast counting generator of 32-bit words. */
function generator(seed) {
  let [a, b, c, d] = hash(String(seed));
  const next = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

function draw(context) {
  let owner = context;
  while (owner.parent) owner = owner.parent;
  owner.random ??= generator(owner.seed);
  return owner.random();
}

function seededUUID(context) {
  const bytes = Buffer.allocUnsafe(16);
  for (let at = 0; at < 16; at += 4) bytes.writeUInt32BE(draw(context), at);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20),
  ].join("-");
}

/** A fresh id, seeded inside handlers. */
function newID() {
  const context = deterministic();
  return context ? seededUUID(context) : realUUID.call(crypto);
}

function install() {
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
  Math.random = function random() {
    const context = deterministic();
    if (!context) return realRandom();
    return ((draw(context) >>> 5) * 67108864 + (draw(context) >>> 6)) / 9007199254740992;
  };
  crypto.randomUUID = function randomUUID(options) {
    const context = deterministic();
    return context ? seededUUID(context) : realUUID.call(crypto, options);
  };
  if (webcrypto && typeof webcrypto.randomUUID === "function") {
    const real = webcrypto.randomUUID;
    Object.defineProperty(Object.getPrototypeOf(webcrypto), "randomUUID", {
      value: function randomUUID() {
        const context = deterministic();
        return context ? seededUUID(context) : real.call(webcrypto);
      },
      configurable: true, writable: true, enumerable: true,
    });
  }
  syncBuiltinESMExports();
}

// Versions up to 8 of the package keep a pool of random bytes, which would make the first ids of a
// request depend on those before it.
function wrapUUID(library) {
  const real = library.v4 ?? library;
  const v4 = function v4(options, ...rest) {
    const context = options ? undefined : deterministic();
    if (!context || rest.length > 0) return real(options, ...rest);
    return seededUUID(context);
  };
  if (library.v4 === undefined) return v4;
  const wrapped = Object.create(Object.getPrototypeOf(library));
  for (const name of Object.getOwnPropertyNames(library)) {
    if (typeof library === "function" && ["length", "name", "prototype"].includes(name)) continue;
    Object.defineProperty(wrapped, name, {
      value: name === "v4" ? v4 : library[name], enumerable: true, configurable: true, writable: true,
    });
  }
  return wrapped;
}

module.exports = { install, newID, generator, wrapUUID, now: () => VirtualDate.now() };
