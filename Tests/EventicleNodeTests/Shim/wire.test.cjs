"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { FrameReader, frame } = require("../../../Sources/EventicleNode/Resources/child/wire.cjs");

const copy = (message) => Buffer.from(frame(JSON.stringify(message)));

test("a frame torn at any byte is one message", () => {
  const bytes = Buffer.concat([copy({ a: "é…" }), copy({ b: 2 })]);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const reader = new FrameReader();
    const found = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
    assert.deepStrictEqual(found, [{ a: "é…" }, { b: 2 }], `cut at ${cut}`);
  }
});

test("bytes one by one are messages too", () => {
  const reader = new FrameReader();
  const found = [];
  for (const byte of Buffer.concat([copy([1]), copy([2])])) found.push(...reader.push(Buffer.from([byte])));
  assert.deepStrictEqual(found, [[1], [2]]);
});

test("a frame of 16 MiB arrives in pieces of 64 KiB, and quickly", () => {
  const bytes = copy({ text: "x".repeat(16 << 20) });
  const reader = new FrameReader();
  const found = [];
  const start = Date.now();
  for (let at = 0; at < bytes.length; at += 65536) found.push(...reader.push(bytes.subarray(at, at + 65536)));
  assert.strictEqual(found[0].text.length, 16 << 20);
  assert.ok(reader.buffer.length < 1 << 20, "the large buffer is given back");
  assert.ok(Date.now() - start < 5000);
});

test("a long text gets a buffer of its own", () => {
  const text = JSON.stringify("ü".repeat(100000));
  const bytes = frame(text);
  assert.strictEqual(bytes.readUInt32LE(0), Buffer.byteLength(text));
  assert.strictEqual(bytes.toString("utf8", 4), text);
});
