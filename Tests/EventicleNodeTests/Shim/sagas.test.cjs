"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { running } = require("./support/domains.cjs");

const ordered = (body) => running("sagas.js", async (engine) => {
  await engine.emit("orders", { type: "Ordered", domainId: "o-1", data: { total: 5 } });
  const instance = () => engine.world.instances.find((one) => one.id === "o-1");
  const timers = () => Object.fromEntries(engine.world.timers.filter((one) => one.saga === "Payment").map((one) => [one.name, one.due - engine.world.now]));
  return body(engine, instance, timers);
});
const event = (type, data = {}) => ({ type, domainId: "o-1", data });

test("a saga says its handlers, its properties and its lanes", () => running("sagas.js", async ({ declared }) => {
  const { at, ...payment } = declared.get("saga:Payment");
  assert.deepStrictEqual(payment, {
    kind: "saga", d: "saga:Payment", name: "Payment", group: "saga-Payment", streams: ["orders"], parallel: 50, hot: false,
    starts: ["Ordered"], on: ["Declined", "Paid", "Gone"].map((type) => ({ type, property: "orderId" })), every: [],
    timers: ["retry", "daily"], onError: true,
  });
  const lanes = declared.get("saga:Lanes");
  assert.deepStrictEqual([lanes.hot, lanes.parallel, lanes.hotParallel, lanes.on[0].property, lanes.onError], [true, 3, 7, null, false]);
  assert.deepStrictEqual(declared.get("saga:Welcome").every, ["Registered"]);
}));

test("an instance starts, and arms its timers", () => ordered(async (engine, instance, timers) => {
  assert.deepStrictEqual(instance().data, { orderId: "o-1", tries: 0 });
  assert.deepStrictEqual(timers(), { retry: 1000, daily: 19 * 3600000 });
}));

test("a start whose condition does not hold starts nothing", () => running("sagas.js", async (engine) => {
  await engine.emit("orders", { type: "Ordered", domainId: "o-2", data: { total: 0 } });
  assert.strictEqual(engine.world.instances.length, 0);
}));

test("an event finds its instance; timers follow the order of calls; events so far can be read", () => ordered(async (engine, instance, timers) => {
  await engine.emit("orders", event("Declined"));
  assert.deepStrictEqual(instance().data, { orderId: "o-1", tries: 1, seen: ["Ordered"] });
  assert.strictEqual(timers().retry, 5000);
  await engine.emit("orders", { type: "Declined", domainId: "nobody", data: {} });
  assert.strictEqual(instance().data.tries, 1);
}));

test("an event without the value matches nobody", () => ordered(async (engine) => {
  const route = await engine.ask({ op: "route", d: "saga:Payment", h: "saga Payment / route", event: { type: "Declined", data: {} } });
  assert.deepStrictEqual(route, { lane: null, match: { property: "orderId", value: null }, starts: false, every: false });
}));

test("a timer fires once and a cron timer daily, at virtual time", () => ordered(async (engine, instance, timers) => {
  await engine.advance(1000);
  assert.strictEqual(instance().data.retried, "2026-01-01T09:00:01.000Z");
  assert.deepStrictEqual(Object.keys(timers()), ["daily"]);
  await engine.advance(48 * 3600000);
  assert.strictEqual(instance().data.days, 2);
}));

test("a failed step changes nothing, and the saga's error handler gets the very error", () => ordered(async (engine, instance, timers) => {
  await engine.emit("orders", event("Declined", { fails: true }));
  assert.deepStrictEqual(instance().data, { orderId: "o-1", tries: 0 });
  assert.strictEqual(timers().retry, 1000);
  assert.deepStrictEqual(engine.rows("failure"), [{ saga: "Payment", type: "Declined", name: "RangeError", range: true }]);
}));

test("a failed timer names itself to the error handler", () => ordered(async (engine, instance) => {
  instance().data.tries = 6;
  await engine.advance(1000);
  assert.deepStrictEqual(engine.rows("failure"), [{ saga: "Payment", type: "retry", name: "Error", range: false }]);
}));

test("an ended instance is kept or not, and its timers are gone", () => ordered(async (engine, instance, timers) => {
  await engine.emit("orders", event("Paid"));
  assert.strictEqual(engine.world.log.at(-1).type, "Shipped");
  assert.strictEqual(engine.world.log.at(-1).causedByType, "Paid");
  assert.deepStrictEqual([instance().ended, timers()], [true, {}]);
  await engine.emit("orders", { type: "Ordered", domainId: "o-3", data: { total: 1 } });
  await engine.emit("orders", { type: "Gone", domainId: "o-3", data: {} });
  assert.deepStrictEqual(engine.world.instances.map((one) => one.id), ["o-1"]);
}));

test("a step waits for its lock as the engine does", () => ordered(async (engine, instance) => {
  engine.world.locks["order-o-1"] = true;
  await engine.emit("orders", event("Declined"));
  assert.strictEqual(engine.world.parked[0].error.name, "WorldError");
  assert.strictEqual(instance().data.tries, 0);
}));

test("events go to the lane that the predicate says; one that fails is cold", () => running("sagas.js", async (engine) => {
  const lane = async (kind) => (await engine.ask({ op: "route", d: "saga:Lanes", h: "saga Lanes / route", event: { type: "Came", data: { kind } } })).lane;
  assert.deepStrictEqual([await lane("hot"), await lane("cold"), await lane("broken")], ["hot", "cold", "cold"]);
  assert.ok(engine.logs.some((line) => /the hot predicate of Lanes failed, so Came counts as cold: Error: predicate boom/.test(line.text)));
  await engine.emit("lanes", { type: "Came", domainId: "l-1", data: { kind: "hot" } });
  assert.strictEqual(engine.world.instances.length, 1);
}));

test("a handler without instances handles every event", () => running("sagas.js", async (engine) => {
  await engine.emit("users", { type: "Registered", domainId: "u-1", data: {} });
  assert.deepStrictEqual(engine.world.log.map((one) => [one.stream, one.type]), [["users", "Registered"], ["mails", "Welcomed"]]);
  assert.strictEqual(engine.world.instances.length, 0);
}));

test("mistakes of the book are named with what the library has", () => running("sagas.js", async (engine) => {
  await engine.emit("book", { type: "Read", domainId: "b-1", data: {} });
  assert.match(engine.world.parked[0].error.message, /^A saga instance has no scheduleTimer; the library has upsertTimer/);
  await engine.emit("lanes", { type: "Wrong", domainId: "l-1", data: {} });
  assert.strictEqual(engine.world.parked[1].error.message, "matchInstance of Lanes for Wrong must return {instanceProperty, value}");
}));

test("instances are listed with their timers and events", () => ordered(async (engine) => {
  const { response } = await engine.command("Instances");
  assert.deepStrictEqual(response, {
    sagas: ["Payment", "Lanes", "Welcome", "Book"], all: [["Payment", "o-1", { retry: "timeout", daily: "cron" }, 1]], records: 1,
    refused: "Saga instances are the engine's and cannot be written as records (saga-instance).",
    twice: "Consumer Group has subscribed multiple times, this is a bug, error saga-Payment", aggregates: "function",
  });
}));
