// What else the library offers: jobs, locks, transactions, streams, bulk loading, tenants.
"use strict";
const {
  AggregateRoot, aggregates, registerCommand, dataStore, scheduler, lockManager, eventClient,
  dispatchCommand, setEventSourceName,
} = require("@eventicle/eventiclejs");
const tenancy = require("@eventicle/eventiclejs/dist/tenancy");

setEventSourceName("wide-service");

class Note extends AggregateRoot {
  constructor() {
    super({ type: "Note", storeCheckpoint: true });
    this.reducers = {
      NoteMade: ({ domainId, data }) => Object.assign(this, { id: domainId, size: data.size }),
    };
  }

  currentCheckpoint() { return { size: this.size }; }
}

const command = (type, execute) => registerCommand({ type, streamToEmit: "notes", execute });

command("MakeNote", async ({ id, size = 1 }) => {
  const note = new Note();
  note.raiseEvent({ type: "NoteMade", domainId: id, data: { size } });
  note.id = id;
  return { response: id, events: await aggregates.persist(note) };
});

command("Find", async ({ least }) => {
  const found = await aggregates.loadBulk({
    type: Note, filter: { size: { op: "GTE", value: least } }, page: 1, pageSize: 2,
    sort: { size: "DESC" },
  });
  return { response: { total: found.totalCount, ids: found.entries.map(one => one.id) }, events: [] };
});

command("Schedule", async ({ id, seconds }) => {
  await scheduler().addScheduledTask("billing", "invoice", id, { isCron: false, timeout: seconds * 1000 }, { for: id });
  return { response: await scheduler().hasSchedule("billing", "invoice", id), events: [] };
});

command("Unschedule", async ({ id }) => {
  await scheduler().removeSchedule("billing", "invoice", id);
  return { response: await scheduler().hasSchedule("billing", "invoice", id), events: [] };
});

command("Locked", async () => {
  let reached = false;
  await lockManager().withLock("door", async () => { reached = true; });
  return { response: reached, events: [] };
});

command("Outer", async () => {
  await dataStore().transaction(async () => {
    await dataStore().createEntity("system", "kept", { by: "inner" });
  }, { propagation: "requires_new" });
  await dataStore().createEntity("system", "lost", { by: "outer" });
  throw new Error("the outer one fails");
});

command("Nested", async () => {
  const said = [];
  for (const id of ["n-1", "n-2"]) said.push((await dispatchCommand({ type: "MakeNote", data: { id } })).response);
  try {
    await dispatchCommand({ type: "Outer", data: {} });
  } catch (error) {
    said.push(error.message);
  }
  const both = await Promise.all(["n-3", "n-4"].map(id => dispatchCommand({ type: "MakeNote", data: { id } })));
  return { response: [...said, ...both.map(one => one.response)], events: [] };
});

command("Reported", async () => ({
  response: { half: true }, events: [{ type: "Reported", domainId: "r", data: {} }],
  webError: new Error("it is not quite right"),
}));

command("History", async () => {
  const seen = [];
  await eventClient().coldStream({ stream: "notes", handler: event => { seen.push(event.domainId); }, onError: () => {}, onDone: () => {} });
  return { response: seen, events: [] };
});

command("Pages", async () => {
  for (const n of [3, 1, 2]) await dataStore().createEntity("system", "pages", { n, "a.b": n });
  const page = await dataStore().findEntityPaginated("system", "pages", {}, { n: "DESC" }, 1, 2);
  const dotted = await dataStore().findEntity("system", "pages", { "a.b": 2 });
  return { response: { total: page.totalCount, ns: page.entries.map(one => one.content.n), dotted: dotted.length }, events: [] };
});

command("Chance", async () => ({
  response: { now: Date.now(), random: Math.random(), uuid: require("node:crypto").randomUUID() }, events: [],
}));

tenancy.registerCommand({
  type: "Tenants", streamToEmit: "tenants",
  execute: async ({ workspaceId, data }) => ({
    response: { workspaceId, data }, events: [{ type: "TenantNoted", domainId: workspaceId, data }],
  }),
});

scheduler().addScheduleTaskListener("billing", async (name, id, data) => {
  await dataStore().createEntity("system", "jobs", { name, job: id, data });
});

module.exports = { Note };
