// Sagas with timers, lanes, locks, a handler without instances, and failures.
const {
  aggregates, allSagaInstances, allSagas, dataStore, dispatchCommand, eventClient, registerCommand, registerSaga, saga,
} = require("@eventicle/eventiclejs");

const matchInstance = (event) => ({ instanceProperty: "orderId", value: event.domainId });

registerSaga(
  saga("Payment")
    .subscribeStreams(["orders"])
    .startOn("Ordered", { matches: async (event) => event.data.total > 0 }, async (instance, event) => {
      instance.set("orderId", event.domainId);
      instance.set("tries", 0);
      instance.upsertTimer("retry", { isCron: false, timeout: 1000 });
      instance.upsertTimer("daily", { isCron: true, crontab: "0 4 * * *" });
    })
    .on("Declined", { matchInstance, withLock: (instance) => `order-${instance.get("orderId")}` }, async (instance, event) => {
      instance.set("tries", instance.get("tries") + 1);
      instance.set("seen", instance.internalData.events.map((one) => one.type));
      instance.removeTimer("retry");
      instance.upsertTimer("retry", { isCron: false, timeout: 5000 });
      if (event.data?.fails) throw new RangeError("declined for good");
    })
    .on("Paid", { matchInstance }, async (instance) => {
      await dispatchCommand({ type: "Ship", data: { orderId: instance.get("orderId") } });
      instance.endSaga(true);
    })
    .on("Gone", { matchInstance }, async (instance) => instance.endSaga())
    .onTimer("retry", async (instance) => {
      instance.set("retried", new Date());
      if (instance.get("tries") > 5) throw new Error("tfail");
    })
    .onTimer("daily", async (instance) => instance.set("days", (instance.get("days") ?? 0) + 1))
    .onError(async (definition, event, error) => {
      await dataStore().createEntity("system", "failure", { saga: definition.name, type: event.type, name: error.name, range: error instanceof RangeError });
    }),
);

registerSaga(
  saga("Lanes").subscribeStreams(["lanes"]).parallelEvents(3).withHotParallelEvents(7)
    .withHotPredicate((event) => {
      if (event.data.kind === "broken") throw new Error("predicate boom");
      return event.data.kind === "hot";
    })
    .startOn("Came", {}, async (instance, event) => instance.set("kind", event.data.kind))
    .on("Wrong", { matchInstance: (event) => event.domainId }, async () => {}),
);

registerSaga(
  saga("Welcome").subscribeStreams(["users"])
    .on("Registered", async (instance, event) => {
      await eventClient().emit([{ type: "Welcomed", domainId: event.domainId, data: {} }], "mails");
    }),
);

registerSaga(
  saga("Book").subscribeStreams(["book"]).startOn("Read", {}, async (instance) => instance.scheduleTimer("x", 1)),
);

registerCommand({
  type: "Ship", streamToEmit: "shipping",
  execute: async ({ orderId }) => ({ events: [{ type: "Shipped", domainId: orderId, data: {} }] }),
});
registerCommand({
  type: "Instances", streamToEmit: "x",
  execute: async () => ({
    response: {
      sagas: (await allSagas()).map((one) => one.name),
      all: (await allSagaInstances()).map((one) => [one.internalData.saga, one.get("orderId"), one.get("activeTimers"), one.internalData.events.length]),
      records: (await dataStore().findEntity("system", "saga-instance", { saga: "Payment" })).length,
      refused: await dataStore().deleteEntity("system", "saga-instance", "x").catch((error) => error.message),
      twice: await registerSaga(saga("Payment").subscribeStreams(["a"])).catch((error) => error.message),
      aggregates: typeof aggregates.load,
    },
    events: [],
  }),
});
