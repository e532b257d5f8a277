"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { running, domain } = require("./support/domains.cjs");

const opened = (body, options) => running("basics.js", async (engine) => {
  await engine.command("Open", { id: "a-1", owner: "ada" });
  return body(engine);
}, options);

test("a response that is an aggregate is shown by its state", () => running("basics.js", async (engine) => {
  const { response } = await engine.command("Open", { id: "a-1", owner: "ada" });
  assert.deepStrictEqual([response.owner, response.isRich, response.reducers, response.history], ["ada", false, undefined, undefined]);
}));

const rejects = async (promise, name, message) => {
  const error = await promise.then(() => assert.fail("it was to fail"), (caught) => caught);
  assert.strictEqual(error.name, name);
  assert.match(error.message, message);
  return error;
};

test("declarations say what the engine needs", () => running("basics.js", async ({ declared, source, files }) => {
  assert.strictEqual(source, "basics");
  const { at, ...pay } = declared.get("command:Pay");
  assert.deepStrictEqual(pay, { kind: "command", d: "command:Pay", type: "Pay", stream: "accounts", fields: ["id", "amount"], tenant: false });
  assert.match(at, /basics\.js:\d+:\d+$/);
  assert.strictEqual(declared.get("command:Tenant").tenant, true);
  const account = declared.get("aggregate:Account");
  assert.deepStrictEqual([account.class, account.checkpoint, account.events], ["Account", true, ["Opened", "Paid"]]);
  assert.deepStrictEqual(declared.get("view:raw").raw, true);
  assert.deepStrictEqual(declared.get("adapter:mail").onError, true);
  assert.ok(declared.has("jobs:billing"));
  assert.deepStrictEqual(files.filter((file) => file.endsWith(".js")), [domain("basics.js")]);
}));

test("a command changes an aggregate, and its event reaches a view", () => opened(async (engine) => {
  const reply = await engine.command("Pay", { id: "a-1", amount: 150 });
  assert.strictEqual(reply.events[0].domainId, "a-1");
  assert.strictEqual(reply.events[0].source, "basics");
  assert.strictEqual(reply.events[0].createdAt, engine.world.now);
  assert.deepStrictEqual(engine.rows("seen").map((row) => row.type), ["Opened", "Paid"]);
  const { state, checkpoint } = engine.world.histories[0];
  assert.deepStrictEqual(state, {
    balance: 150, id: "a-1", owner: "ada", since: "2026-01-01T09:00:00.000Z", opened: 1767258000000, isRich: true, hidden: 7,
  });
  assert.deepStrictEqual(checkpoint, { owner: "ada", balance: 150 });
}));

test("the states of an aggregate at some versions", () => opened(async (engine) => {
  for (const amount of [1, 2, 3]) await engine.command("Pay", { id: "a-1", amount });
  const { states } = await engine.fold("Account", "a-1", [1, 3, 4]);
  assert.deepStrictEqual(states.map((state) => state.balance), [0, 3, 6]);
  const [first] = engine.world.histories[0].events;
  const late = await engine.ask({ op: "fold", type: "Account", id: "a-1", events: [{ ...first, createdAt: 86400000 }], at: [1] });
  assert.strictEqual(late.states[0].opened, 86400000, "time in a reducer is the event's");
  assert.deepStrictEqual(await engine.ask({ op: "fold", type: "Nothing", id: "x", events: [], at: [] }), { unknown: true });
}));

test("an error of a handler has its name, place and stack, and nothing it wrote remains", () => opened(async (engine) => {
  const error = await rejects(engine.command("Pay", { id: "a-1", amount: -5 }), "TooPoor", /only 0/);
  assert.match(error.said.at, /basics\.js:\d+:\d+$/);
  assert.match(error.said.stack, /TooPoor|Error: There are only/);
  await rejects(engine.command("Text"), "Error", /only a text/);
  await rejects(engine.command("Big"), "TypeError", /BigInt \(events\[0\]\.data\.n of what was returned\)/);
}));

test("errors, and what a dispatched command returned, keep their identity", () => opened(async (engine) => {
  const { response } = await engine.command("Identity", { id: "a-1" });
  assert.deepStrictEqual(response, [true, 0, true, "accounts"]);
}));

test("an engine error passes through a handler as itself", () => opened(async (engine) => {
  const error = await rejects(engine.command("Unknown"), "TransactionError", /Command not found Nope/);
  assert.strictEqual(error.said, undefined, "it is the engine's own object");
  await rejects(engine.command("PassOn", { id: "a-1" }), "TooPoor", /only 0/);
  engine.world.locks.held = true;
  const locked = await rejects(engine.command("LockHeld"), "WorldError", /held is taken/);
  assert.strictEqual(locked.said, undefined);
}));

test("two dispatches at once take turns", () => opened(async (engine) => {
  const { response } = await engine.command("Both", { id: "a-1" });
  assert.deepStrictEqual(response, [1, 2, 3]);
}));

test("a web error is reported, and the events are kept", () => opened(async (engine) => {
  const reply = await engine.command("Warned");
  assert.strictEqual(reply.webError.message, "There are only 3.");
  assert.strictEqual(engine.world.log.at(-1).type, "Warned");
  assert.match(engine.world.parked[0].h, /view balances/);
}));

test("records, queries and pages", () => opened(async (engine) => {
  const { response } = await engine.command("Records");
  assert.deepStrictEqual({ ...response, page: response.page.entries.map((one) => one.content.n) }, {
    date: true, dotted: 1, lacking: 1, above: 1, sorted: [3, 2], page: [3], got: 3, missing: null, transaction: true, left: 0,
  });
  assert.deepStrictEqual(response.page.pageInfo, { currentPage: 2, pageSize: 1 });
}));

test("aggregates are found by their checkpoint and refuse to be written as records", () => opened(async (engine) => {
  const { response } = await engine.command("Aggregates");
  assert.deepStrictEqual(response, [1, "ada", 1,
    "Histories of aggregates are the engine's and cannot be written as records (aggregate-events-Account).", 1, null, null]);
}));

test("a transaction of its own stays when the one around it fails", () => opened(async (engine) => {
  await rejects(engine.command("Inner", { fails: true }), "Error", /after all/);
  assert.deepStrictEqual([engine.rows("kept").length, engine.rows("lost").length], [1, 0]);
  await engine.command("Inner", { fails: false });
  assert.deepStrictEqual([engine.rows("kept").length, engine.rows("lost").length], [2, 1]);
  assert.strictEqual((await engine.command("InnerFails")).response, true);
}));

test("locks are the engine's", () => opened(async (engine) => {
  assert.deepStrictEqual((await engine.command("Locked")).response, ["done", "done"]);
  const work = engine.command.bind(engine);
  engine.world.locks.held = true;
  assert.deepStrictEqual((await work("Locked")).response, ["done", "not"]);
}));

test("a call after the end of its handler is told of and made from outside", () => opened(async (engine) => {
  await engine.command("Forget");
  while (engine.rows("late").length === 0) {
    await new Promise((done) => setTimeout(done, 5));
    await engine.settled();
  }
  const late = engine.logs.find((line) => /had ended/.test(line.text));
  assert.match(late.text, /^create was called after command Forget had ended; an await is missing \(basics\.js:\d+\)$/);
  assert.ok(engine.messages.some((message) => message.o && message.late));
}));

test("a dispatch that nobody awaits is still part of its step", () => opened(async (engine) => {
  await engine.command("NotAwaited", { id: "a-1" });
  assert.strictEqual(engine.world.histories[0].state.balance, 5);
  assert.ok(!engine.messages.some((message) => message.late));
}));

test("a direct command runs in place, with its events", () => opened(async (engine) => {
  assert.strictEqual((await engine.command("Direct")).response, "inside");
  assert.strictEqual(engine.world.log.at(-1).stream, "other");
}));

test("a stream can be read from its beginning", () => opened(async (engine) => {
  await engine.command("Pay", { id: "a-1", amount: 1 });
  assert.deepStrictEqual((await engine.command("Cold", { stream: "accounts" })).response, ["Opened", "Paid", "done"]);
}));

test("tenants' commands get the whole intent", () => opened(async (engine) => {
  const { response } = await engine.command("ForTenant");
  assert.deepStrictEqual(response, { workspaceId: "acme", type: "Tenant", lock: "l", data: { n: 1 } });
  assert.strictEqual(engine.world.log.find((event) => event.type === "Tenanted").stream, "acme.orders");
  assert.deepStrictEqual((await engine.command("Tenant", { n: 2 })).response, { workspaceId: "single", type: "Tenant", data: { n: 2 } });
}));

test("an adapter has the real clock, and its error handler the very error", () => opened(async (engine) => {
  await engine.command("Pay", { id: "a-1", amount: 1 });
  assert.deepStrictEqual(engine.rows("mail"), [{ is: true }]);
  await engine.command("Pay", { id: "a-1", amount: 501 });
  assert.deepStrictEqual(engine.rows("apology"), [{ adapter: "mail", type: "Paid", same: true }]);
}));

test("a raw view gets the transport form", () => opened(async (engine) => {
  await engine.emit("raw", { type: "Raw", domainId: "d", data: {} });
  assert.deepStrictEqual(engine.rows("raw"), [{ key: "d", type: "Raw", header: "Raw" }]);
}));

test("jobs come when they are due", () => opened(async (engine) => {
  assert.strictEqual((await engine.command("Schedule")).response, true);
  await engine.advance(999);
  assert.strictEqual(engine.rows("billed").length, 0);
  await engine.advance(1);
  assert.deepStrictEqual(engine.rows("billed"), [{ name: "invoice", job: "7", data: { total: 5 } }]);
}));

test("batches of events say how many were handled when one fails", () => opened(async (engine) => {
  const events = ["A", "B", "Warned", "C"].map((type, index) => ({ id: `e${index}`, type, stream: "accounts", data: {} }));
  const error = await rejects(engine.ask({ op: "deliver", d: "view:balances", h: "view balances", events }), "Error", /a view that fails/);
  assert.strictEqual(error.said.done, 2);
}));

test("a program's own calls are inputs, and are answered when everything has settled", () => running("outside.js", async (engine) => {
  const said = JSON.parse(engine.logs.find((line) => line.text.startsWith("{")).text);
  assert.deepStrictEqual(said, {
    count: 4, rows: ["before", "ada", "ben", "cleo"], id: "string", stream: "users", response: true, direct: true, failed: true,
    directs: 1, twice: "Consumer Group has subscribed multiple times, this is a bug, error logins", connected: true,
  });
  const ignored = engine.logs.map((line) => line.text).filter((text) => /accepted and not used/.test(text));
  assert.match(ignored[0], /^setDataStore is accepted and not used; the engine has its own \(outside\.js:\d+\)$/);
}));
