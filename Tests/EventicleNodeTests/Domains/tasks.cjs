// A small domain with one of everything: tasks that are made, started, late and done.
"use strict";
const {
  AggregateRoot, aggregates, registerCommand, registerView, registerAdapter, saga, registerSaga,
  dataStore, dispatchCommand,
} = require("@eventicle/eventiclejs");

class Task extends AggregateRoot {
  constructor() {
    super("Task", []);
    this.reducers = {
      TaskMade: event => { this.id = event.domainId; this.title = event.data.title; this.status = "made"; },
      TaskStarted: () => { this.status = "started"; },
      TaskDone: () => { this.status = "done"; },
    };
  }
}

async function load(id) {
  const task = await aggregates.load(Task, id);
  if (!task) throw new Error(`There is no task ${id}.`);
  return task;
}

registerCommand({
  type: "MakeTask", streamToEmit: "tasks",
  execute: async ({ id, title, fail }) => {
    if (!title) throw new Error("A task needs a title.");
    if (fail) title.nothing.here();
    const task = new Task();
    task.raiseEvent({ type: "TaskMade", domainId: id, data: { title, at: Date.now() } });
    task.id = id;
    return { response: { id }, events: await aggregates.persist(task) };
  },
});

registerCommand({
  type: "StartTask", streamToEmit: "tasks",
  execute: async ({ id }) => {
    const task = await load(id);
    if (task.status !== "made") throw new Error(`${id} is ${task.status}.`);
    task.raiseEvent({ type: "TaskStarted", domainId: id, data: {} });
    return { response: null, events: await aggregates.persist(task) };
  },
});

registerCommand({
  type: "FinishTask", streamToEmit: "tasks",
  execute: async ({ id }) => {
    const task = await load(id);
    task.raiseEvent({ type: "TaskDone", domainId: id, data: {} });
    return { response: { was: task.status }, events: await aggregates.persist(task) };
  },
});

registerCommand({
  type: "Misbehave", streamToEmit: "tasks",
  execute: async ({ how, mark }) => {
    console.log("misbehaving:", how);
    if (mark) require("node:fs").writeFileSync(mark, how);
    if (how === "loop") for (;;);
    if (how === "wait") await new Promise(() => {});
    if (how === "heap") { const all = []; for (;;) all.push(new Array(100000).fill(0)); }
    if (how === "buffers") {
      const all = [];
      for (;;) { all.push(Buffer.alloc(16 << 20, 1)); await new Promise(done => setTimeout(done, 1)); }
    }
    if (how === "exit") process.exit(3);
    if (how === "abort") process.abort();
    if (how === "term") { process.kill(process.pid, "SIGTERM"); await new Promise(() => {}); }
    if (how === "later") {
      setTimeout(() => { throw new Error("thrown later"); }, 1);
      await new Promise(done => setTimeout(done, 30));
    }
    if (how === "reject") {
      Promise.reject(new Error("nobody catches this"));
      await new Promise(done => setTimeout(done, 30));
    }
    if (how === "type") null.nothing();
    if (how === "write") {
      await dataStore().createEntity("system", "left", { by: "misbehaving" });
      process.abort();
    }
    return { response: "misbehaved", events: [] };
  },
});

registerView({
  consumerGroup: "board", parallelEventCount: 1, streamsToSubscribe: ["tasks"],
  handleEvent: async event => {
    const known = (await dataStore().findEntity("system", "board", { task: event.domainId }))[0];
    if (!known) {
      await dataStore().createEntity("system", "board",
        { task: event.domainId, last: event.type, events: 1 });
    } else {
      known.content.last = event.type;
      known.content.events += 1;
      await dataStore().saveEntity("system", "board", known);
    }
  },
});

registerAdapter({
  name: "Bell", consumerGroup: "bell", streamsToSubscribe: ["tasks"],
  handleEvent: async event => {
    if (event.type === "TaskDone") {
      await dataStore().createEntity("system", "rings", { task: event.domainId });
    }
  },
});

registerSaga(saga("Patience")
  .subscribeStreams(["tasks"])
  .startOn("TaskMade", {}, async (instance, event) => {
    instance.set("task", event.domainId);
    instance.upsertTimer("late", { timeout: 60000, isCron: false });
  })
  .on("TaskDone", {
    matchInstance: event => ({ instanceProperty: "task", value: event.domainId }),
  }, async instance => {
    instance.removeTimer("late");
    instance.endSaga();
  })
  .onTimer("late", async instance => {
    await dispatchCommand({ type: "StartTask", data: { id: instance.get("task") } });
  }));

module.exports = { Task };
