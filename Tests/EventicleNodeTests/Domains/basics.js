// Commands, aggregates, records, views and adapters, each as plain as a test can be.
const {
  AggregateRoot, aggregates, dataStore, dispatchCommand, dispatchDirectCommand, eventClient, lockManager,
  registerAdapter, registerCommand, registerRawView, registerView, scheduler, setEventSourceName,
} = require("@eventicle/eventiclejs");
const { registerCommand: registerTenantCommand, dispatchCommand: dispatchTenantCommand } =
  require("@eventicle/eventiclejs/dist/tenancy");

setEventSourceName("basics");

class Account extends AggregateRoot {
  #secret = 7;

  constructor() {
    super({ type: "Account", storeCheckpoint: true });
    this.balance = 0;
    this.reducers = {
      Opened: (event) => {
        this.id = event.data.id;
        this.owner = event.data.owner;
        this.since = new Date(event.createdAt);
        this.opened = Date.now();
      },
      Paid: (event) => { this.balance += event.data.amount; },
    };
  }

  get isRich() {
    return this.balance > 100;
  }

  get hidden() {
    return this.#secret;
  }

  get broken() {
    throw new Error("a getter may throw");
  }

  currentCheckpoint() {
    return { owner: this.owner, balance: this.balance };
  }
}

class TooPoor extends Error {
  constructor(balance) {
    super(`There are only ${balance}.`);
    this.balance = balance;
  }
}

const run = (type, execute, streamToEmit = "accounts") => registerCommand({ type, streamToEmit, execute });

run("Open", async ({ id, owner }) => {
  const account = new Account();
  const opened = account.raiseEvent({ type: "Opened", data: { id, owner } });
  if (opened.domainId !== id) throw new Error("the first event knows the id that its reducer gave");
  return { response: account, events: await aggregates.persist(account) };
});

run("Pay", async (data) => {
  const account = await aggregates.load(Account, data.id);
  if (account.balance + data.amount < 0) throw new TooPoor(account.balance);
  account.raiseEvent({ type: "Paid", data: { amount: data.amount } });
  return { events: await aggregates.persist(account) };
});

run("Both", async ({ id }) => {
  const [one, other] = await Promise.all([
    dispatchCommand({ type: "Pay", data: { id, amount: 1 } }),
    dispatchCommand({ type: "Pay", data: { id, amount: 2 } }),
  ]);
  const { balance } = await aggregates.load(Account, id);
  return { response: [one.events[0].data.amount, other.events[0].data.amount, balance], events: [] };
});

run("Identity", async ({ id }) => {
  try {
    await dispatchCommand({ type: "Pay", data: { id, amount: -1e6 } });
  } catch (error) {
    const inner = await dispatchCommand({ type: "Open", data: { id: "other", owner: "o" } });
    return {
      response: [error instanceof TooPoor, error.balance, inner.response instanceof Account, inner.events[0].stream],
      events: [],
    };
  }
});

run("PassOn", ({ id }) => dispatchCommand({ type: "Pay", data: { id, amount: -1e6 } }));
run("Unknown", () => dispatchCommand({ type: "Nope", data: {} }));
run("Text", async () => { throw "only a text"; });
run("Warned", async () => ({ events: [{ type: "Warned", data: {} }], webError: new TooPoor(3) }));
run("Big", async () => ({ response: { at: new Date(0), none: undefined, not: NaN }, events: [{ type: "Big", data: { n: 1n } }] }));

run("Records", async () => {
  const store = dataStore();
  const one = await store.createEntity("system", "thing", { "a.b": 1, n: 1, tags: ["x"] });
  await store.createEntity("system", "thing", { n: 2 });
  one.content.n = 3;
  await store.saveEntity("system", "thing", one);
  const found = {
    date: one.createdAt instanceof Date,
    dotted: (await store.findEntity("system", "thing", { "a.b": 1 })).length,
    lacking: (await store.findEntity("system", "thing", { "a.b": undefined })).length,
    above: (await store.findEntity("system", "thing", { n: { op: "GT", value: 2 } })).length,
    sorted: (await store.findEntity("system", "thing", {}, { n: "DESC" })).map((row) => row.content.n),
    page: await store.findEntityPaginated("system", "thing", {}, { n: "ASC" }, 2, 1),
    got: (await store.getEntity("system", "thing", one.id)).content.n,
    missing: await store.getEntity("system", "thing", "nobody"),
    transaction: store.hasTransactionData(),
  };
  await store.deleteEntity("system", "thing", one.id);
  await store.deleteMany("system", "thing", { n: 2 });
  found.left = (await store.findEntity("system", "thing", {})).length;
  return { response: found, events: [] };
});

run("Aggregates", async () => {
  const bulk = await aggregates.loadBulk({ type: Account, filter: { owner: "ada" }, page: 1, pageSize: 10 });
  const rows = await dataStore().findEntity("system", "aggregate-events-Account", { owner: "ada" });
  const refused = await dataStore().createEntity("system", "aggregate-events-Account", {}).catch((error) => error.message);
  const history = await aggregates.history(Account, "a-1");
  return {
    response: [bulk.totalCount, bulk.entries[0].owner, rows[0].content.history.length, refused, history.length,
      await aggregates.load(Account, "nobody"), await aggregates.history(Account, "nobody")],
    events: [],
  };
});

run("Inner", async ({ fails }) => {
  await dataStore().transaction(async () => {
    await dataStore().createEntity("system", "kept", { n: 1 });
  }, { propagation: "requires new", isolationLevel: "serializable" });
  await dataStore().createEntity("system", "lost", { n: 1 });
  if (fails) throw new Error("after all");
  return { events: [] };
});

run("InnerFails", async () => {
  const own = new TooPoor(1);
  const caught = await dataStore().transaction(async () => {
    await dataStore().createEntity("system", "kept", { n: 2 });
    throw own;
  }, { propagation: "requires_new" }).catch((error) => error);
  return { response: caught === own, events: [] };
});

run("Locked", async () => ({
  response: [
    await lockManager().withLock("free", async () => "done", () => "not"),
    await lockManager().tryLock("held", async () => "done", () => "not"),
  ],
  events: [],
}));
run("LockHeld", async () => lockManager().withLock("held", async () => ({ events: [] }), () => {}));

let later;
run("Forget", async () => {
  later = (async () => {
    await new Promise((done) => setTimeout(done, 5));
    await dataStore().createEntity("system", "late", { n: 1 });
  })();
  return { events: [] };
});
run("NotAwaited", async ({ id }) => {
  dispatchCommand({ type: "Pay", data: { id, amount: 5 } });
  return { events: [] };
});
run("WaitForForgotten", async () => ({ response: later === undefined, events: [] }));

run("Direct", async () => ({
  response: await dispatchDirectCommand(async () => ({ response: "inside", events: [{ type: "Inside", data: {} }] }), "other"),
  events: [],
}));
run("Cold", async ({ stream }) => {
  const types = [];
  await eventClient().coldStream({ stream, handler: async (event) => { types.push(event.type); }, onDone: () => types.push("done") });
  return { response: types, events: [] };
});
run("Exit", async () => process.exit(3));
run("Schedule", async () => {
  await scheduler().addScheduledTask("billing", "invoice", "7", { isCron: false, timeout: 1000 }, { total: 5 });
  return { response: await scheduler().hasSchedule("billing", "invoice", "7"), events: [] };
});
run("Loud", async () => {
  console.log("one %s", "two", { three: 3 });
  console.error(new Error("told"));
  process.stdout.write("half ");
  process.stdout.write("whole\nrest");
  console.table([{ a: 1 }]);
  return { events: [] };
});
run("Flood", async ({ text }) => {
  const chatter = setInterval(() => { for (let n = 0; n < 200; n += 1) process.stderr.write(`chatter ${n} ${"x".repeat(200)}\n`); }, 1);
  for (let n = 0; n < 2000; n += 1) console.log("y".repeat(500));
  await dataStore().createEntity("system", "big", { text });
  const [row] = await dataStore().findEntity("system", "big", {});
  clearInterval(chatter);
  return { response: row.content.text.length, events: [] };
});

registerTenantCommand({
  type: "Tenant", streamToEmit: "orders",
  execute: async (intent) => ({ response: intent, events: [{ type: "Tenanted", data: {} }] }),
});
run("ForTenant", async () => ({
  response: (await dispatchTenantCommand({ workspaceId: "acme", type: "Tenant", lock: "l", data: { n: 1 } })).response, events: [],
}));

registerView({
  consumerGroup: "balances", streamsToSubscribe: ["accounts"],
  async handleEvent(event) {
    if (event.type === "Warned") throw new Error("a view that fails");
    await dataStore().createEntity("system", "seen", { type: event.type, cause: event.causedByType });
  },
});
registerRawView({
  consumerGroup: "raw", streamsToSubscribe: ["raw"],
  async handleEvent(encoded) {
    const { type } = JSON.parse(encoded.buffer.toString("utf8"));
    await dataStore().createEntity("system", "raw", { key: encoded.key, type, header: encoded.headers.type });
  },
});
registerAdapter({
  name: "mail", consumerGroup: "mail", streamsToSubscribe: ["accounts"],
  async handleEvent(event) {
    if (event.type !== "Paid") return;
    if (event.data.amount > 500) throw new TooPoor(event.data.amount);
    await dataStore().createEntity("system", "mail", { is: Math.abs(Date.now() - Date.parse("2026-01-01T09:00:00Z")) > 1000 });
  },
  async errorHandler(adapter, event, error) {
    await dataStore().createEntity("system", "apology", { adapter: adapter.name, type: event.type, same: error instanceof TooPoor });
  },
});
scheduler().addScheduleTaskListener("billing", async (name, id, data) => {
  await dataStore().createEntity("system", "billed", { name, job: id, data });
});

module.exports = { Account };
