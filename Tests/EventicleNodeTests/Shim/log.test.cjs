"use strict";
const { test } = require("node:test");
const assert = require("node:assert");

// The log counts lines by the second, so it gets a clock that stands still.
const real = Date.now;
let now = 5000;
Date.now = () => now;
const wire = require("../../../Sources/EventicleNode/Resources/child/wire.cjs");
const { log } = require("../../../Sources/EventicleNode/Resources/child/console.cjs");
Date.now = real;

let sent = [];
wire.send = (message) => sent.push(message.log);

test("above 2,000 lines a second places are left out, above 20,000 lines are counted", () => {
  for (let n = 0; n < 25000; n += 1) log("info", `${n}`);
  assert.strictEqual(sent.length, 20000);
  assert.strictEqual(sent.filter((line) => line.at).length, 2000);
  assert.match(sent[1999].at, /log\.test\.cjs:\d+:\d+$/);
  sent = [];
  now += 1000;
  log("info", "next");
  assert.deepStrictEqual(sent.map((line) => line.text), ["5000 more lines were left out", "next"]);
  assert.strictEqual(sent[0].dropped, 5000);
  assert.ok(sent[1].at);
});
