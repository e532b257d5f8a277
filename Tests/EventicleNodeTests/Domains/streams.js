// Subscriptions of the event client's own, in both forms, and closing what was opened.
const {
  dataStore, eventClient, metrics, registerAdapter, registerCommand, registerView, removeAllSagas, registerSaga, saga, shutdownAllAdapters,
} = require("@eventicle/eventiclejs");

const note = (kind) => async (event) => {
  const type = event.buffer ? `raw ${JSON.parse(event.buffer.toString("utf8")).type}` : event.type;
  if (type.endsWith("Bad")) throw new Error("bad");
  await dataStore().createEntity("system", "got", { kind, type });
};
const failed = (kind) => (error) => console.log(`${kind} failed: ${error.message}`);
const controls = {};
const transactions = [];
dataStore().on("transaction.start", (name, { id }) => transactions.push([name, typeof id]))
  .on("transaction.commit", (name) => transactions.push([name]));

module.exports = async function main() {
  const client = eventClient();
  controls.hot = await client.hotStream({ stream: ["a", "b"], groupId: "hot", handler: note("hot"), onError: failed("hot"), parallelEventCount: 4 });
  controls.book = await client.hotStream("a", "book", note("book"), failed("book"));
  controls.raw = await client.hotRawStream({ stream: "a", groupId: "raw", handler: note("raw"), onError: () => {}, deleteConsumerGroupOnClose: true });
  controls.cold = await client.coldHotStream({ stream: "a", groupId: "cold", handler: note("cold"), onError: () => {} });
  controls.encoded = await client.coldHotStream({ rawEvents: true, stream: "a", groupId: "encoded", handler: note("encoded"), onError: () => {} });
  await registerView({ consumerGroup: "view", streamsToSubscribe: ["a"], handleEvent: async () => {} });
  await registerView({ streamsToSubscribe: ["a"], handleEvent: async () => {} });
  await registerView({ consumerGroup: "memory-0f8fad5b-d9cb-469f-a165-70867728950e", streamsToSubscribe: ["a"], handleEvent: async () => {} });
  await registerAdapter({ name: "adapter", consumerGroup: "adapters", streamsToSubscribe: ["a"], handleEvent: async () => {} });
  await registerSaga(saga("S").subscribeStreams(["a"]).startOn("X", {}, async () => {}));
};

const run = (type, execute) => registerCommand({ type, streamToEmit: "x", execute: async (data) => ({ response: await execute(data), events: [] }) });
run("Close", async ({ name }) => controls[name].close());
run("Again", async () => { controls.hot = await eventClient().hotStream({ stream: "a", groupId: "hot", handler: note("again") }); });
run("CloseAdapters", shutdownAllAdapters);
run("CloseSagas", removeAllSagas);
run("CloseAll", () => eventClient().shutdown());
run("Metrics", () => metrics());
run("Transactions", () => transactions.splice(0));
run("Positional", async () => {
  const types = [];
  await eventClient().coldStream("a", async (event) => { types.push(event.type); }, () => {}, () => types.push("done"));
  return types;
});
run("RawEmit", () => eventClient().emit([{
  buffer: Buffer.from(JSON.stringify({ type: "Encoded", id: "e-1", domainId: "d", data: {} })), key: "d", timestamp: 1, headers: { type: "Encoded", id: "e-1" },
}], "a"));
