"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { running } = require("./support/domains.cjs");

const seeded = { seed: "fixed" };

test("the same request draws the same, in two processes", async () => {
  const draw = (engine) => engine.command("Draw");
  const [one, other] = [await running("chance.js", draw, seeded), await running("chance.js", draw, seeded)];
  assert.deepStrictEqual(one.response, other.response);
  const third = await running("chance.js", draw, { seed: "another" });
  assert.notDeepStrictEqual(one.response.ids, third.response.ids);
  assert.strictEqual(new Set(one.response.ids).size, 5);
  for (const id of one.response.ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids of an old uuid do not depend on what was drawn before", () => running("chance.js", async (engine) => {
  engine.last = 100;
  const { response: first } = await engine.command("DrawMuch");
  engine.last = 100;
  const { response: second } = await engine.command("DrawMuch");
  assert.strictEqual(first, second);
}, seeded));

test("time stands still in a handler, at the instant of its step", () => running("chance.js", async (engine) => {
  const { response } = await engine.command("Draw");
  const [now, date, day, text] = response.now;
  assert.deepStrictEqual([now, date, day], [engine.world.now, engine.world.now, engine.world.now]);
  assert.strictEqual(Date.parse(text), engine.world.now);
  assert.deepStrictEqual(response.kinds, [true, true, true, true, true, "Date", 7, 0, Date.UTC(2026, 0)]);
}));

test("an adapter has real time and real chance", () => running("chance.js", async (engine) => {
  await engine.command("Poke");
  await engine.command("Poke");
  const [one, other] = engine.rows("real");
  assert.ok(Math.abs(one.now - Date.now()) < 60000);
  assert.notStrictEqual(one.uuid, other.uuid);
}, seeded));

test("while verifying, a handler that reads a file says so", () => running("chance.js", async (engine) => {
  await engine.command("Draw");
  assert.strictEqual(engine.io, undefined);
  await engine.command("Read");
  assert.deepStrictEqual(engine.io, ["FSREQPROMISE"]);
}, { env: { EVENTICLE_VERIFY: "1" } }));
