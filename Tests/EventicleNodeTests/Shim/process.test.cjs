"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { Child } = require("./support/child.cjs");
const { running, domain } = require("./support/domains.cjs");

test("what is written is a line of the log, with its place and its request", () => running("basics.js", async (engine) => {
  await engine.command("Loud");
  const lines = engine.logs.map(({ level, text }) => [level, text.split("\n")[0]]);
  assert.deepStrictEqual(lines.slice(0, 3), [["info", "one two { three: 3 }"], ["error", "Error: told"], ["info", "half whole"]]);
  assert.match(lines[3][1], /^┌/);
  const rest = () => engine.logs.some((line) => line.text === "rest");
  for (let tries = 0; tries < 200 && !rest(); tries += 1) await new Promise((done) => setTimeout(done, 10));
  assert.ok(rest(), "a line without an end comes a little later");
  assert.ok(engine.logs.every((line) => !/Resources\/\w+\.cjs/.test(line.text)), "no frame of the shim is told of");
  for (const line of engine.logs.filter((one) => one.text !== "rest")) {
    assert.match(line.at, /basics\.js:\d+:\d+$/);
    assert.ok(line.q > 1);
  }
}));

test("process.exit is not obeyed, and says where it was called", () => running("basics.js", async (engine) => {
  const error = await engine.command("Exit").catch((caught) => caught);
  assert.match(error.message, /process\.exit\(3\) ignored/);
  assert.match(engine.logs.at(-1).text, /^process\.exit\(3\) ignored – basics\.js:\d+$/);
  assert.strictEqual((await engine.command("WaitForForgotten")).response, true);
}));

test("a flood of lines and a large write do not stop each other", () => running("basics.js", async (engine) => {
  const { response } = await engine.command("Flood", { text: "z".repeat(3 << 20) });
  assert.strictEqual(response, 3 << 20);
  const lines = engine.logs.filter((line) => line.text.startsWith("yyy"));
  assert.strictEqual(lines.length, 2000);
}));

test("errors that nobody catches are told, and the process stays", async () => {
  const fs = require("fs");
  const file = `${require("os").tmpdir()}/eventicle-uncaught-${process.pid}.js`;
  fs.writeFileSync(file, `setTimeout(() => { throw new Error("later"); }, 1);
Promise.reject(new TypeError("nobody"));
process.emitWarning("careful");
require("@eventicle/eventiclejs").registerCommand({ type: "A", streamToEmit: "a", execute: async () => ({ response: 1, events: [] }) });`);
  await running(file, async (engine) => {
    const told = () => engine.logs.map((line) => line.text).join("\n");
    for (let tries = 0; tries < 200 && !/later/.test(told()); tries += 1) await new Promise((done) => setTimeout(done, 10));
    assert.match(told(), /unhandled rejection: TypeError: nobody/);
    assert.match(told(), /uncaught: Error: later/);
    assert.match(told(), /Warning: careful/);
    assert.strictEqual(engine.child.raw[2], "", "nothing is written past the log");
    assert.match(engine.logs.find((line) => /later/.test(line.text)).at, /uncaught-\d+\.js:1:\d+$/);
    assert.strictEqual((await engine.command("A")).response, 1);
  });
  fs.unlinkSync(file);
});

test("when the engine is gone, so is the process", async () => {
  const fs = require("fs");
  const file = `${require("os").tmpdir()}/eventicle-busy-${process.pid}.js`;
  fs.writeFileSync(file, "setInterval(() => {}, 1000);");
  let loaded;
  const ready = new Promise((resolve) => { loaded = resolve; });
  const child = new Child({ onMessage: (message) => (message.hello ? child.request({ q: 1, op: "load", entry: file }) : message.end && loaded()) });
  await ready;
  const { code } = await child.close();
  assert.strictEqual(code, 0);
  fs.unlinkSync(file);
});

test("a process that waits for an answer dies when none can come", async () => {
  let asked;
  const call = new Promise((resolve) => { asked = resolve; });
  const child = new Child({
    onMessage: (message) => {
      if (message.hello) child.request({ q: 1, op: "load", entry: domain("basics.js") });
      if (message.end && message.q === 1) child.request({ q: 2, op: "command", d: "command:Schedule", h: "command Schedule", now: 0, type: "Schedule", data: {} });
      if (message.c) asked();
    },
  });
  await call;
  child.process.stdio[5].destroy();
  const { signal } = await child.ended;
  assert.strictEqual(signal, "SIGKILL");
});

test("an unknown request is answered with an error", () => running("basics.js", async (engine) => {
  const error = await engine.ask({ op: "dance" }).catch((caught) => caught);
  assert.match(error.message, /dance is no request/);
  const other = await engine.ask({ op: "deliver", d: "view:nobody", h: "x", event: {} }).catch((caught) => caught);
  assert.match(other.message, /view:nobody is not declared/);
  assert.strictEqual(await engine.ask({ op: "ping" }), null);
}));
