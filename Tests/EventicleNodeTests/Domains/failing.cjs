// Handlers that fail on purpose.
"use strict";
const {
  registerCommand, registerView, registerAdapter, saga, registerSaga, dataStore,
} = require("@eventicle/eventiclejs");

registerCommand({
  type: "Anything", streamToEmit: "things",
  execute: async () => ({ response: "done", events: [] }),
});

registerView({
  consumerGroup: "seen", streamsToSubscribe: ["things"],
  handleEvent: async event => {
    if (event.type === "Bad") throw new Error(`${event.domainId} is bad`);
    await dataStore().createEntity("system", "seen", { thing: event.domainId });
  },
});

registerView({
  consumerGroup: "deadly", streamsToSubscribe: ["deadly"],
  handleEvent: async () => process.abort(),
});

registerAdapter({
  name: "Careful", consumerGroup: "careful", streamsToSubscribe: ["things"],
  handleEvent: async event => {
    if (event.type === "Bad") throw new Error(`adapter does not like ${event.domainId}`);
  },
  errorHandler: async (adapter, event, error) => {
    console.log(`adapter heard of ${event.domainId}: ${error.message}`);
  },
});

registerSaga(saga("Picky")
  .subscribeStreams(["things"])
  .startOn("Bad", {}, async (instance, event) => {
    throw new Error(`saga does not like ${event.domainId}`);
  })
  .onError(async (saga, event, error) => {
    console.log(`saga heard of ${event.domainId}: ${error.message}`);
  }));
