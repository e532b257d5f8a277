// Time and chance as handlers see them.
const crypto = require("crypto");
const { randomUUID } = require("crypto");
const { isDate } = require("util").types;
const uuid = require("uuid");
const v4 = require("uuid/v4");
const { dataStore, dispatchCommand, registerAdapter, registerCommand } = require("@eventicle/eventiclejs");

class Day extends Date {}

registerCommand({
  type: "Draw", streamToEmit: "x",
  execute: async () => {
    const date = new Date();
    const first = crypto.randomUUID();
    const inner = await dataStore().transaction(async () => crypto.randomUUID(), { propagation: "requires_new" });
    return {
      response: {
        random: [Math.random(), Math.random()], ids: [first, randomUUID(), uuid.v4(), v4(), inner],
        now: [Date.now(), date.getTime(), +new Day(), Date()],
        kinds: [date instanceof Date, isDate(date), structuredClone(date) instanceof Date, new Day() instanceof Day,
          date.constructor === Date, Date.name, Date.length, new Date(2026, 0).getMonth(), Date.UTC(2026, 0)],
      },
      events: [],
    };
  },
});
registerCommand({
  type: "DrawMuch", streamToEmit: "x",
  execute: async () => {
    for (let n = 0; n < 20; n += 1) uuid.v4({});
    return { response: (await dispatchCommand({ type: "Draw", data: {} })).response.ids[2], events: [] };
  },
});
registerCommand({
  type: "Read", streamToEmit: "x",
  execute: async () => {
    await require("fs").promises.readFile(__filename);
    return { events: [] };
  },
});
registerAdapter({
  name: "real", consumerGroup: "real", streamsToSubscribe: ["y"],
  handleEvent: async () => { await dataStore().createEntity("system", "real", { now: Date.now(), uuid: crypto.randomUUID() }); },
});
registerCommand({ type: "Poke", streamToEmit: "y", execute: async () => ({ events: [{ type: "Poked", data: {} }] }) });
