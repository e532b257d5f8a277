"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const resources = "../../../Sources/EventicleNode/Resources/";
const names = require(`${resources}library/names.json`);
const { load } = require(`${resources}child/modules.cjs`);

// What the documentation says is not part of the console. Everything else must be there.
const ABSENT = new Set([
  "createLogger", "addColumnWhere", "baseQuery", "buildWhere", "jsonColumnQueryBuilder", "get", "parse",
  "BullMQScheduleJobRunner", "AvroCodec", "EventClientCryptoCodec", "encryptData", "getCryptoConfig",
  "getCryptoKeyForDomainId", "provisionCryptoForDomainIdForUser", "setCryptoConfig", "getKafkaClient",
  "getKafkaClientHealth", "maybeCreateTopic", "buildStreamEntryFields", "parseStreamEntry", "IdempotentEventClient",
  "ThrottledProducer", "isKafkaJSProtocolError", "OutboxEventClient", "KafkaOutboxSender", "sagaScheduler",
  "checkSagaEventHandlers", "handleSagaInstanceEnd", "handleTimerEvent", "processSagaInstanceWithExecutor",
  "processTimersInSagaInstance", "removeAllTimersForInstance", "sagaHandleEvent", "startSagaInstance", "DefaultSagaScheduler",
]);

for (const key of Object.keys(names)) {
  test(`every export of ${key} is real or says why not`, () => {
    const library = load(key);
    assert.deepStrictEqual(Object.keys(library).sort(), [...names[key]].sort());
    for (const name of names[key]) {
      assert.notStrictEqual(library[name], undefined, name);
      if (!ABSENT.has(name)) continue;
      assert.throws(() => new library[name](), new RegExp(`${name} is not part of the console; the engine is the transport`));
      assert.throws(() => library[name](), /see eventicle help javascript/);
    }
  });
}

test("what is there is no stand-in that throws", () => {
  for (const key of Object.keys(names)) {
    const library = load(key);
    for (const name of names[key]) assert.strictEqual(Boolean(library[name]?.isAbsent), ABSENT.has(name), `${key} ${name}`);
  }
});

const SOURCES = process.env.EVENTICLE_LIBRARY?.split(require("path").delimiter);

test("names.json is what Scripts/node-names makes of the library", {
  skip: SOURCES ? false : "EVENTICLE_LIBRARY names no sources of eventiclejs and eventicle-utilities",
}, () => {
  const fs = require("fs");
  const made = `${require("os").tmpdir()}/eventicle-names-${process.pid}.json`;
  require("child_process").execFileSync(process.execPath, [require.resolve("../../../Scripts/node-names"), ...SOURCES, made]);
  assert.strictEqual(fs.readFileSync(made, "utf8"), fs.readFileSync(require.resolve(`${resources}library/names.json`), "utf8"));
  fs.unlinkSync(made);
});

test("an unknown path names the nearest one", () => {
  assert.throws(() => load("eventiclejs:events/sagas"), (error) => error.code === "MODULE_NOT_FOUND"
    && error.message.includes("@eventicle/eventiclejs/dist/events/saga'"));
});
