// A program with a main of its own, as the library's book has them: no handler, just calls.
const {
  InMemoryDatastore, dataStore, dispatchCommand, dispatchDirectCommand, eventClient, eventClientOnDatastore, registerCommand,
  registerView, setDataStore, setEventClient,
} = require("@eventicle/eventiclejs");

class Logins {
  constructor() {
    this.consumerGroup = "logins";
    this.streamsToSubscribe = ["users"];
    this.count = 0;
  }

  async handleEvent(event) {
    this.count += 1;
    await dataStore().createEntity("app", "login", { user: event.data.user });
  }
}

module.exports = async function main() {
  setDataStore(new InMemoryDatastore());
  setEventClient(eventClientOnDatastore());
  await eventClient().emit([{ type: "Registered", data: { user: "before" } }], "users");
  const view = new Logins();
  await registerView(view);
  registerCommand({ type: "Hi", streamToEmit: "users", execute: async ({ user }) => ({ response: new Map([[user, 1]]), events: [{ type: "Registered", data: { user } }] }) });
  const event = { type: "Registered", data: { user: "ada" } };
  await eventClient().emit([event], "users");
  const { response } = await dispatchCommand({ type: "Hi", data: { user: "ben" } });
  const direct = await dispatchDirectCommand(async () => {
    await dataStore().createEntity("app", "direct", {});
    return { response: dataStore().hasTransactionData(), events: [{ type: "Registered", data: { user: "cleo" } }] };
  }, "users");
  const failed = await dispatchDirectCommand(async () => {
    await dataStore().createEntity("app", "direct", {});
    throw new RangeError("no");
  }, "users").catch((error) => error instanceof RangeError);
  const rows = await dataStore().findEntity("app", "login", {});
  const twice = await registerView(new Logins()).catch((error) => error.message);
  console.log(JSON.stringify({
    count: view.count, rows: rows.map((row) => row.content.user), id: typeof event.id, stream: event.stream,
    response: response instanceof Map, direct, failed, directs: (await dataStore().findEntity("app", "direct", {})).length,
    twice, connected: eventClient().isConnected(),
  }));
};
