"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const { test } = require("node:test");
const assert = require("node:assert");
const { running, domain } = require("./support/domains.cjs");

const [major, minor] = (process.env.EVENTICLE_NODE ? "0.0" : process.versions.node).split(".").map(Number);
const strips = major > 22 || (major === 22 && minor >= 18);

const failing = async (name, options) => {
  const error = await running(name, () => assert.fail("it was not to load"), options).catch((caught) => caught);
  assert.ok(error.said, `${error.stack}`);
  return error.said;
};

function project(files) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "eventicle-"));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const command = (type) => `registerCommand({ type: "${type}", streamToEmit: "s", execute: async () => ({ response: "${type}", events: [] }) });\n`;
const required = 'const { registerCommand } = require("@eventicle/eventiclejs");\n';
const imported = 'import { registerCommand } from "@eventicle/eventiclejs";\n';

test("an ECMAScript module shares the library with CommonJS, and its top-level calls are carried out", () => running("modern.mjs", async (engine) => {
  assert.deepStrictEqual((await engine.command("Same")).response, [true, true, "function"]);
  assert.strictEqual(engine.rows("modern").length, 1);
  assert.deepStrictEqual(engine.files.map((file) => path.basename(file)).filter((file) => file.endsWith("js")), ["modern.mjs", "names.mjs"]);
  assert.deepStrictEqual(engine.declared.get("aggregate:Thing").events, ["Made"]);
  assert.strictEqual(engine.messages.find((message) => message.loaded).loaded.format, "esm");
  const line = engine.logs.find((one) => one.text.startsWith("seen"));
  assert.match(line.at, /modern\.mjs:\d+:\d+$/);
  assert.strictEqual(line.text, 'seen: {"seen":1}');
}));

test("a package is loaded by what its package.json names", async () => {
  const ways = [
    [{ eventicle: { domain: "a/d.js" } }, { "a/d.js": required + command("A") }],
    [{ exports: { ".": { import: "./b.mjs", require: "./no.js" } } }, { "b.mjs": imported + command("A") }],
    [{ main: "lib/c" }, { "lib/c.js": required + command("A") }],
    [{ type: "module", main: "e.js" }, { "e.js": imported + command("A") }],
    [{}, { "index.js": required + command("A") }],
    [{ type: "module" }, { "index.js": `${imported}export default async function start() { await null; ${command("A")} }` }],
  ];
  for (const [settings, files] of ways) {
    const folder = project({ ...files, "package.json": JSON.stringify(settings) });
    await running(folder, async (engine) => {
      assert.strictEqual((await engine.command("A")).response, "A");
      assert.ok(engine.files.includes(path.join(fs.realpathSync(folder), "package.json")));
    });
    fs.rmSync(folder, { recursive: true });
  }
});

test("files that are loaded later are told of", async () => {
  const folder = project({
    "index.js": `${required}registerCommand({ type: "A", streamToEmit: "s", execute: async () => { require("./later.js"); await import("./more.mjs"); return { events: [] }; } });`,
    "later.js": "", "more.mjs": "", "node_modules/x/index.js": "",
  });
  await running(folder, async (engine) => {
    assert.strictEqual(engine.files.length, 1);
    await engine.command("A");
    const has = () => engine.files.some((file) => file.endsWith("more.mjs"));
    for (let tries = 0; tries < 200 && !has(); tries += 1) await new Promise((done) => setTimeout(done, 10));
    assert.deepStrictEqual(engine.files.map((file) => path.basename(file)), ["index.js", "later.js", "more.mjs"]);
  });
  fs.rmSync(folder, { recursive: true });
});

test("a CommonJS file that is required later is told of by itself", async () => {
  const folder = project({
    "index.js": `${required}registerCommand({ type: "A", streamToEmit: "s", execute: async () => { require("./later.js"); return { events: [] }; } });`,
    "later.js": "",
  });
  await running(folder, async (engine) => {
    await engine.command("A");
    const has = () => engine.files.some((file) => file.endsWith("later.js"));
    for (let tries = 0; tries < 200 && !has(); tries += 1) await new Promise((done) => setTimeout(done, 10));
    assert.ok(has());
  });
  fs.rmSync(folder, { recursive: true });
});

test("a syntax error has its place and a code frame", async () => {
  const said = await failing("broken.js");
  assert.strictEqual(said.name, "SyntaxError");
  assert.match(said.frame, /broken\.js:3/);
  assert.match(said.frame, /streamToEmit: "a" execute/);
});

test("a syntax error in a module has its place and a code frame too", async () => {
  const folder = project({ "index.mjs": 'import "./other.mjs";', "other.mjs": "const a = 1;\nlet b = = 2;\n" });
  const said = await failing(path.join(folder, "index.mjs"));
  assert.strictEqual(said.name, "SyntaxError");
  assert.match(said.frame, /other\.mjs:2\nlet b = = 2;\n {8}\^/);
  fs.writeFileSync(path.join(folder, "other.mjs"), 'import { Nothing } from "@eventicle/eventiclejs";\n');
  assert.match((await failing(path.join(folder, "index.mjs"))).frame, /other\.mjs:1\nimport \{ Nothing \}/);
  fs.rmSync(folder, { recursive: true });
});

test("an error while loading has its place and a code frame", async () => {
  const said = await failing("throwing.js");
  assert.deepStrictEqual([said.name, said.message], ["TypeError", "not today"]);
  assert.match(said.at, /throwing\.js:4:9$/);
  assert.match(said.frame, /throw new TypeError\("not today"\);\n {8}\^$/);
});

test("a missing file, a missing module and an unknown path of the library are named", async () => {
  assert.match((await failing(domain("nowhere.js"))).message, /There is no .*nowhere\.js\./);
  const said = await failing("wrong-path.js");
  assert.match(said.message, /the nearest that the library has is '@eventicle\/eventiclejs\/dist\/events\/saga'/);
});

test("a default export that is a class is not called", async () => {
  const folder = project({ "index.js": `${required}${command("A")}module.exports = class Domain {};` });
  await running(folder, async (engine) => assert.strictEqual((await engine.command("A")).response, "A"));
  fs.rmSync(folder, { recursive: true });
});

test("what is not part of the console may be imported and says so when used", () => running("beyond.js", async (engine) => {
  for (const [type, name] of [["Codec", "AvroCodec"], ["Outbox", "OutboxEventClient"]]) {
    const error = await engine.command(type).catch((caught) => caught);
    assert.match(error.message, new RegExp(`: ${name} is not part of the console; the engine is the transport`));
  }
  assert.ok(engine.logs.some((line) => /^eventClientOnKafka is accepted and not used; nothing connects/.test(line.text)));
}));

test("TypeScript is stripped by a node that can, and explained by one that cannot", async () => {
  if (strips) {
    await running("typed.ts", async (engine) => assert.strictEqual((await engine.command("Typed", { total: 2 })).response, 4));
    return;
  }
  const said = await failing("typed.ts");
  assert.match(said.message, /does not read TypeScript by itself: use node 22\.18 or newer, install tsx in the project, or compile it/);
});

const TYPESCRIPT = ["/usr/share/nodejs/typescript", process.env.EVENTICLE_TYPESCRIPT].find((folder) => folder && fs.existsSync(folder));

test("TypeScript is read through a loader", { skip: TYPESCRIPT ? false : "no typescript on this machine" }, async () => {
  const folder = project({
    "loader.cjs": `const ts = require(${JSON.stringify(TYPESCRIPT)});
      require.extensions[".ts"] = (module, file) => module._compile(ts.transpileModule(require("fs").readFileSync(file, "utf8"), {
        fileName: file, compilerOptions: { module: "commonjs", target: "es2020", inlineSourceMap: true, inlineSources: true },
      }).outputText, file);`,
    "domain.ts": `import { registerCommand } from "@eventicle/eventiclejs";
enum Kind { A = "a" }
interface Data { n: number }

registerCommand<Data, string>({
  type: "Typed", streamToEmit: "s",
  execute: async (data: Data) => {
    console.log("here");
    return { response: Kind.A, events: [] };
  },
});`,
  });
  await running(path.join(folder, "domain.ts"), async (engine) => {
    assert.strictEqual((await engine.command("Typed", { n: 1 })).response, "a");
    assert.match(engine.logs[0].at, /domain\.ts:8:13$/);
  }, { args: ["--require", path.join(folder, "loader.cjs")] });
  fs.rmSync(folder, { recursive: true });
});
