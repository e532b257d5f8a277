"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { running } = require("./support/domains.cjs");

const got = (engine) => engine.rows("got").map((row) => `${row.kind}: ${row.type}`).sort();
const kinds = (engine) => [...engine.declared.keys()].filter((d) => !d.startsWith("command:")).sort();

test("subscriptions say their groups, streams and modes", () => running("streams.js", async (engine) => {
  const said = (d) => {
    const { at, kind, d: key, ...rest } = engine.declared.get(d);
    return rest;
  };
  assert.deepStrictEqual(said("subscription:hot"), { mode: "hot", name: "hot", group: "hot", streams: ["a", "b"], parallel: 4, raw: false, temporary: false });
  assert.deepStrictEqual(said("subscription:book"), { mode: "hot", name: "book", group: "book", streams: ["a"], parallel: 1, raw: false, temporary: false });
  assert.deepStrictEqual(said("subscription:raw"), { mode: "hot", name: "raw", group: "raw", streams: ["a"], parallel: 1, raw: true, temporary: true });
  assert.deepStrictEqual([said("subscription:cold").mode, said("subscription:encoded").raw], ["cold-hot", true]);
  assert.strictEqual(said("view:memory-0f8fad5b-d9cb-469f-a165-70867728950e").memory, true);
  assert.strictEqual(said("view:view-1").group, "view-1");
  assert.strictEqual(said("adapter:adapter").onError, false);
}));

test("every subscription gets the event in its form", () => running("streams.js", async (engine) => {
  await engine.emit("a", { type: "Came", data: {} });
  await engine.emit("b", { type: "Also", data: {} });
  assert.deepStrictEqual(got(engine), ["book: Came", "cold: Came", "encoded: raw Came", "hot: Also", "hot: Came", "raw: raw Came"]);
  assert.deepStrictEqual((await engine.command("Positional")).response, ["Came", "done"]);
}));

test("a failing handler is told to onError, and its event is parked", () => running("streams.js", async (engine) => {
  await engine.emit("b", { type: "Bad", data: {} });
  assert.ok(engine.logs.some((line) => line.text === "hot failed: bad"));
  assert.strictEqual(engine.world.parked.length, 1);
}));

test("a closed subscription gets nothing, and its group is free again", () => running("streams.js", async (engine) => {
  const taken = await engine.command("Again").catch((error) => error.message);
  assert.strictEqual(taken, "Consumer Group has subscribed multiple times, this is a bug, error hot");
  await engine.command("Close", { name: "hot" });
  await engine.command("Close", { name: "hot" });
  await engine.emit("b", { type: "Unheard", data: {} });
  assert.deepStrictEqual(got(engine), []);
  await engine.command("Again");
  await engine.emit("a", { type: "Heard", data: {} });
  assert.ok(got(engine).includes("again: Heard"));
}));

test("adapters, sagas and everything can be closed at once", () => running("streams.js", async (engine) => {
  await engine.command("CloseAdapters");
  assert.ok(!engine.declared.has("adapter:adapter") && engine.declared.has("view:view"));
  await engine.command("CloseSagas");
  assert.ok(!engine.declared.has("saga:S"));
  await engine.command("CloseAll");
  assert.deepStrictEqual(kinds(engine), []);
}));

test("encoded events may be emitted", () => running("streams.js", async (engine) => {
  await engine.command("RawEmit");
  const [event] = engine.world.log;
  assert.deepStrictEqual([event.type, event.id, event.stream], ["Encoded", "e-1", "a"]);
}));

test("latencies are measured, by type", () => running("streams.js", async (engine) => {
  await engine.emit("a", { type: "Came", data: {}, createdAt: engine.world.now - 5 });
  const { response } = await engine.command("Metrics");
  assert.deepStrictEqual(response["view-latency"].view, { latest: 5, Came: 5 });
}));

test("who listens to transactions hears each step begin and be committed", () => running("streams.js", async (engine) => {
  await engine.command("Transactions");
  const { response } = await engine.command("Transactions");
  assert.deepStrictEqual(response, [["transaction.commit"], ["transaction.start", "string"]]);
}));

test("worker threads leave the engine's requests alone", () => running("workers.js", async (engine) => {
  for (const n of [1, 2, 3]) assert.strictEqual((await engine.command("Double", { n })).response, n * 2);
}));

test("a call that lost its handler's context says what it waits for", () => running("workers.js", async (engine) => {
  engine.command("Lose").catch(() => {});
  const told = () => engine.logs.find((line) => /from outside any handler/.test(line.text));
  for (let tries = 0; tries < 500 && !told(); tries += 1) await new Promise((done) => setTimeout(done, 10));
  assert.match(told().text, /^find was called from outside any handler and waits until command Lose has ended \(workers\.js:\d+\)$/);
}));

test("numbers that JavaScript rounds are told of once for each type", () => running("streams.js", async (engine) => {
  const text = '{"big":{"parts":[12345678901234567890]}}';
  const { frame } = require("../../../Sources/EventicleNode/Resources/child/wire.cjs");
  const write = (type) => {
    const q = engine.last += 1;
    const done = new Promise((resolve, reject) => engine.requests.set(q, { resolve, reject, q }));
    engine.child.process.stdio[3].write(Buffer.from(frame(
      `{"q":${q},"op":"deliver","d":"view:view","h":"v","now":0,"seed":"s","event":{"type":"${type}","id":"i","data":${text}}}`)));
    return done;
  };
  for (const type of ["Big", "Big", "Bigger"]) await write(type);
  const said = engine.logs.filter((line) => /rounded here/.test(line.text)).map((line) => line.text);
  assert.deepStrictEqual(said, ["Big", "Bigger"].map((type) =>
    `data.big.parts[0] of ${type} has more digits than JavaScript's numbers hold and is rounded here; the log keeps it as it is`));
}));
