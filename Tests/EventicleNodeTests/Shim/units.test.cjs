"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const resources = "../../../Sources/EventicleNode/Resources/";
const { show, asJSON } = require(`${resources}child/show.cjs`);
const { formOf, sortOf, matches, sorted, paged } = require(`${resources}library/query.cjs`);
const { place, brief } = require(`${resources}child/places.cjs`);
const { describe, revive } = require(`${resources}child/errors.cjs`);
const { fieldsOf } = require(`${resources}library/commands.cjs`);
const { generator } = require(`${resources}child/clock.cjs`);
const { keyOf } = require(`${resources}child/hooks.cjs`);
const { entryOf } = require(`${resources}child/loading.cjs`);
const { domain } = require("./support/domains.cjs");

test("a state shows own fields and getters, as JSON can", () => {
  class Base {
    #hidden = 5;
    get hidden() { return this.#hidden; }
    get broken() { throw new Error("no"); }
    get type() { return "Base"; }
  }
  const one = Object.assign(new Base(), {
    history: [], newEvents: [], reducers: {}, config: {}, replaying: true, date: new Date(0), map: new Map([[1, "a"]]),
    set: new Set([1]), big: 12n, not: NaN, run() {}, none: undefined, bad: new Date("x"), bytes: Buffer.from("hi"),
  });
  one.self = one;
  one.deep = { list: [{ one }] };
  assert.deepStrictEqual(show(one), {
    date: "1970-01-01T00:00:00.000Z", map: { 1: "a" }, set: [1], big: "12n", not: "NaN", bad: "Invalid Date",
    bytes: "aGk=", self: "[…]", deep: { list: [{ one: "[…]" }] }, hidden: 5,
  });
});

test("a state is cut at depth and at size", () => {
  let deep = {};
  for (let level = 0; level < 20; level += 1) deep = { deep };
  assert.ok(JSON.stringify(show({ deep })).includes("[…]"));
  const shown = show({ a: 1, long: "x".repeat(70000), b: 2 });
  assert.strictEqual(shown.a, 1);
  assert.strictEqual(shown.long, "[…]");
});

test("a member called __proto__ is a member", () => {
  const shown = show(JSON.parse('{"a":{"__proto__":{"x":1}}}'));
  assert.strictEqual(JSON.stringify(shown), '{"a":{"__proto__":{"x":1}}}');
});

test("a value is JSON as node says it, or as near as can be", () => {
  assert.deepStrictEqual(asJSON({ at: new Date(0), no: undefined }), { at: "1970-01-01T00:00:00.000Z" });
  assert.strictEqual(asJSON(undefined), null);
  const circle = { n: 1n };
  circle.circle = circle;
  assert.deepStrictEqual(asJSON(circle), { n: "1n", circle: "[…]" });
});

test("a query says names with dots, missing values and objects in text as the engine reads them", () => {
  assert.deepStrictEqual(formOf({ a: 1, b: { op: "GT", value: 2 } }), { a: 1, b: { op: "GT", value: 2 } });
  assert.deepStrictEqual(formOf({ "a.b": 1 }), { AT: { path: ["a.b"], op: "EQ", value: 1 } });
  assert.deepStrictEqual(formOf({ "a.b": 1, AND: 2 }), {
    AND: [{ AT: { path: ["a.b"], op: "EQ", value: 1 } }, { AT: { path: ["AND"], op: "EQ", value: 2 } }],
  });
  assert.deepStrictEqual(formOf({ a: undefined }), { NOT: { a: { op: "EXISTS", value: true } } });
  assert.deepStrictEqual(formOf({ a: { op: "OBJECT", value: '{"x":1}' } }), { a: { op: "OBJECT", value: { x: 1 } } });
  assert.deepStrictEqual(formOf(undefined), {});
  assert.deepStrictEqual(sortOf({ a: "DESC", b: "ASC" }), [["a", "DESC"], ["b", "ASC"]]);
});

test("queries over values in this process say what the library's say", () => {
  const content = { n: 5, tags: ["x"], parts: [{ id: 1, on: true }], deep: { list: ["our"] } };
  const holds = (name, op, value) => matches({ [name]: { op, value } }, content);
  assert.ok(holds("n", "GTE", 5) && holds("n", "LTE", 5) && holds("n", "EQ", 5) && !holds("n", "GT", 5) && !holds("n", "LT", 5));
  assert.ok(holds("n", "BETWEEN", [1, 5]) && holds("n", "IN", [5]) && !holds("n", "IN", [6]));
  assert.ok(holds("tags", "ARRAY_CONTAINS", "x") && holds("parts", "ARRAY_CONTAINS", { id: 1 }) && !holds("cx", "ARRAY_CONTAINS", 1));
  assert.ok(holds("any", "OBJECT", { deep: { list: ["our"] } }) && holds("any", "LIKE", { path: ["deep", "list"], like: "ou" }));
  assert.throws(() => holds("n", "NEAR", 1), /There is no query operator "NEAR"/);
  const rows = [{ content: { a: 1, b: 1 } }, { content: { a: 2, b: 1 } }, { content: { a: 2, b: 2 } }];
  assert.deepStrictEqual(sorted(rows, { b: "DESC", a: "ASC" }).map((one) => one.content.a), [2, 1, 2]);
  assert.deepStrictEqual([paged([1, 2, 3, 4, 5], 3, 2), paged([1, 2], 4, 2), paged([1, 2, 3], 0, 2), paged([1, 2])], [[5], [], [1, 2], [1, 2]]);
});

test("a place is the first one in the person's own code", () => {
  const stack = [
    "Error: x", "    at inner (node:internal/x:1:1)", "    at f (/a/node_modules/p/i.js:1:1)",
    "    at async Object.run [as go] (file:///home/a%20b/orders.ts:12:7)", "    at /z.js:1:1",
  ].join("\n");
  assert.strictEqual(place(stack), "/home/a b/orders.ts:12:7");
  assert.strictEqual(place("Error\n    at /z.js:3:4"), "/z.js:3:4");
  assert.strictEqual(place("Error: at nothing"), undefined);
  assert.strictEqual(brief("/home/orders.ts:12:7"), "orders.ts:12");
});

test("errors come back as the same objects, with the engine's number", () => {
  class OutOfStock extends Error {}
  const error = new OutOfStock("none");
  const said = describe(error);
  assert.strictEqual(said.name, "OutOfStock");
  assert.strictEqual(revive({ ...said, id: 4 }), error);
  assert.strictEqual(describe(error).id, 4);
  assert.strictEqual(describe(error).n, said.n);
  const other = revive({ name: "Rejection", message: "no", id: 9 });
  assert.strictEqual(`${other}`, "Rejection: no");
  assert.strictEqual(describe(other).id, 9);
  assert.ok(other.stack.includes("units.test.cjs"));
  for (const value of ["text", 7, null, undefined, { code: 1 }]) assert.strictEqual(revive(describe(value)), value);
  assert.strictEqual(describe({ code: 1 }).message, '{"code":1}');
  assert.strictEqual(describe(Symbol("s")).message, "Symbol(s)");
});

test("an error that cannot be read is one all the same", () => {
  const cruel = Object.defineProperty(new Error("x"), "stack", { get() { throw new Error("no"); } });
  assert.strictEqual(describe(cruel).message, "an error that cannot be read");
  assert.strictEqual(revive(describe(cruel)), cruel);
});

test("arguments of a command are guessed from its text", () => {
  assert.deepStrictEqual(fieldsOf(async ({ customer, total: sum, currency = "GBP" }) => customer, false), ["customer", "total", "currency"]);
  assert.deepStrictEqual(fieldsOf((data) => data.a + data?.b + other.data.c, false), ["a", "b"]);
  assert.deepStrictEqual(fieldsOf({ async execute(order) { const { id, n } = order; return id; } }.execute, false), ["id", "n"]);
  assert.deepStrictEqual(fieldsOf((intent) => intent.data.x + intent.workspaceId, true), ["x"]);
  assert.deepStrictEqual(fieldsOf(() => 1, false), []);
});

test("numbers of a seed are the same every time, and spread", () => {
  const [one, two, other] = [generator("s"), generator("s"), generator("t")];
  const drawn = Array.from({ length: 1000 }, () => one());
  assert.deepStrictEqual(drawn, Array.from({ length: 1000 }, () => two()));
  assert.notStrictEqual(drawn[0], other());
  assert.ok(new Set(drawn).size > 990);
  const mean = drawn.reduce((sum, value) => sum + value / 2 ** 32, 0) / 1000;
  assert.ok(mean > 0.45 && mean < 0.55);
});

test("paths of the library are known with and without dist, .js and index", () => {
  for (const path of ["", "/dist", "/dist/index", "/dist/index.js", "/index.js"]) {
    assert.strictEqual(keyOf(`@eventicle/eventiclejs${path}`), "eventiclejs:");
  }
  assert.strictEqual(keyOf("@eventicle/eventiclejs/dist/events/saga/index"), "eventiclejs:events/saga");
  assert.strictEqual(keyOf("@eventicle/eventicle-utilities/dist/logger.js"), "eventicle-utilities:logger");
  assert.strictEqual(keyOf("@eventicle/datastore-postgres"), undefined);
});

test("a folder is its package's domain", () => {
  assert.ok(entryOf(domain("basics.js")).endsWith("/Domains/basics.js"));
  assert.throws(() => entryOf(domain("nowhere.js")), /There is no .*nowhere.js/);
  assert.throws(() => entryOf(domain("parts")), /its package.json names no file/);
});
