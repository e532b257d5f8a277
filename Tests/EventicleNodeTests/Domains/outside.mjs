// Code that wants something of the engine outside of any handler.
import { randomUUID } from "node:crypto";
import {
  eventClient, registerView, registerCommand, dispatchCommand, dataStore, registerAdapter,
} from "@eventicle/eventiclejs";

const seen = [];

registerCommand({
  type: "Note", streamToEmit: "notes",
  execute: async ({ text }) => {
    if (text === "late") {
      setTimeout(async () => {
        await eventClient().emit([{ type: "Noted", domainId: "late", data: { text } }], "notes");
        console.log("late note is in the log");
      }, 1);
    }
    return { response: { seen: seen.length }, events: [{ type: "Noted", domainId: text, data: { text } }] };
  },
});

registerView({
  // What it knows is in the memory of node, so each start reads history from the beginning.
  consumerGroup: `notes-${randomUUID()}`,
  streamsToSubscribe: ["notes"],
  handleEvent: async event => { seen.push(event.domainId); },
});

// A top-level call: it has been done, and the view has run, when it returns.
await eventClient().emit([{ type: "Noted", domainId: "first", data: { text: "first" } }], "notes");
console.log(`after the first: ${seen.join(",")}`);
const reply = await dispatchCommand({ type: "Note", data: { text: "second" } });
console.log(`answered: ${JSON.stringify(reply.response ?? reply)}`);
await dataStore().createEntity("system", "marks", { place: "top" });
const found = await dataStore().findEntity("system", "marks", {});
console.log(`found: ${found.length}`);
try {
  await dispatchCommand({ type: "Nothing", data: {} });
} catch (error) {
  console.log(`refused: ${error.message}`);
}

registerAdapter({
  name: "Late", consumerGroup: "late", streamsToSubscribe: ["notes"],
  handleEvent: async event => { console.log(`adapter saw ${event.domainId}`); },
});
