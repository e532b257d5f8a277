"use strict";
// The domains with which `eventicle new` begins.
const fs = require("fs");
const path = require("path");
const { test } = require("node:test");
const assert = require("node:assert");
const { load } = require("../../../Sources/EventicleNode/Resources/child/modules.cjs");
const { running } = require("./support/domains.cjs");

const TEMPLATES = path.join(__dirname, "../../../Sources/eventicle/New/Templates");
const DAY = 24 * 3600000;

test("both take only what the library has", () => {
  const library = load("eventiclejs:");
  const taken = ["domain.js", "domain.ts"].map((file) => {
    const list = /(?:const|import) \{([^}]*)\}/.exec(fs.readFileSync(path.join(TEMPLATES, file), "utf8"))[1];
    return list.split(",").map((name) => name.trim()).filter((name) => name && !name.startsWith("type ")).sort();
  });
  assert.deepStrictEqual(taken[0], taken[1]);
  assert.ok(taken[0].length > 5);
  for (const name of taken[0]) assert.ok(library[name] && !library[name].isAbsent, name);
});

test("a book is lent once at a time, reminded of, and returned", () =>
  running(path.join(TEMPLATES, "domain.js"), async (engine) => {
    const refused = (type, data, message) => engine.command(type, data)
      .then(() => assert.fail(`${type} was to be refused`), (error) => assert.strictEqual(error.message, message));
    const book = () => engine.world.histories.find((one) => one.type === "Book").state;
    const loan = () => engine.world.instances.find((one) => one.saga === "LoanSaga");
    const shelf = () => engine.world.record("system", "Shelf", "emma").content;

    await refused("LendBook", { book: "emma", reader: "ada" }, "There is no book emma; AddBook makes one.");
    await refused("AddBook", { book: "emma" }, "A book needs an id and a title; add book=emma title=Emma.");
    await engine.command("AddBook", { book: "emma", title: "Emma" });
    await refused("AddBook", { book: "emma", title: "Emma" }, "There is a book emma already; take another id.");
    await refused("LendBook", { book: "emma" }, "A loan needs a reader; add reader=ada.");
    await engine.command("LendBook", { book: "emma", reader: "ada" });
    await refused("LendBook", { book: "emma", reader: "ben" }, "emma is out with ada.");
    await engine.advance(14 * DAY);
    assert.strictEqual(book().reminders, 1);
    await engine.advance(7 * DAY);
    assert.deepStrictEqual([book().reminders, loan().data.status], [2, "overdue"]);
    await engine.command("ReturnBook", { book: "emma" });
    assert.deepStrictEqual([book().status, book().reader, loan().ended], ["in", undefined, true]);
    assert.deepStrictEqual(shelf(), { title: "Emma", reader: null, loans: 1 });
    assert.deepStrictEqual(engine.world.timers, []);
    await refused("ReturnBook", { book: "emma" }, "emma is in; nobody has it.");
    await engine.command("LendBook", { book: "emma", reader: "ben" });
    assert.deepStrictEqual([book().reminders, shelf().loans], [0, 2]);
    assert.deepStrictEqual(engine.world.parked, []);
  }));
