// The same library as an ECMAScript module, with a top-level await.
import library, { AggregateRoot, dataStore, eventClient, registerCommand, registerView } from "@eventicle/eventiclejs";
import { pause } from "@eventicle/eventiclejs/dist/util.js";
import utilities, { logger } from "@eventicle/eventicle-utilities";
import { createRequire } from "node:module";
import { stream } from "./parts/names.mjs";

const common = createRequire(import.meta.url)("@eventicle/eventiclejs");

registerView({
  consumerGroup: "modern", streamsToSubscribe: [stream],
  async handleEvent(event) {
    await dataStore().createEntity("system", "modern", { type: event.type });
  },
});
await eventClient().emit([{ type: "Loaded", data: {} }], stream);
export const seen = (await dataStore().findEntity("system", "modern", {})).length;
await pause(1);
logger.info("seen", { seen });

export class Thing extends AggregateRoot {
  reducers = { Made: (event) => { this.id = event.data.id; } };

  constructor() {
    super("Thing");
  }
}

registerCommand({
  type: "Same", streamToEmit: stream,
  execute: async () => ({ response: [common.AggregateRoot === AggregateRoot, library.dataStore === dataStore, typeof utilities.pause], events: [] }),
});
