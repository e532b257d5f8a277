"use strict";
// The library's event client: the engine is the only transport.
const { call } = require("../child/contexts.cjs");
const { plainEvent, isRawEvent } = require("./events.cjs");
const { closeAll } = require("./registry.cjs");
const { subscription, shutdownAllAdapters } = require("./consumers.cjs");
const { ignored } = require("./utilities.cjs");
const { log } = require("../child/console.cjs");

const PAGE = 1000;

/** Emits events, and completes those that were given, as the library does. */
async function emit(events, stream) {
  const given = [...events];
  if (given.length === 0) return;
  const made = await call("emit", { stream: String(stream), events: given.map(plainEvent) });
  given.forEach((event, index) => {
    event.stream = String(stream);
    const known = made?.[index];
    if (!known || isRawEvent(event)) return;
    event.id = known.id;
    event.createdAt = known.createdAt;
    if (known.source !== undefined) event.source = known.source;
  });
}

function one(first, rest, names) {
  if (first !== null && typeof first === "object" && !Array.isArray(first)) return first;
  return Object.fromEntries([["stream", first], ...names.map((name, index) => [name, rest[index]])]);
}

async function coldStream(first, ...rest) {
  const config = one(first, rest, ["handler", "onError", "onDone"]);
  for (let after = 0; after !== null;) {
    const found = await call("history", { stream: config.stream, after, limit: PAGE });
    for (const event of found.events) await config.handler(event);
    after = found.next ?? null;
  }
  await config.onDone?.();
  return { close: async () => {} };
}

async function hotStream(first, ...rest) {
  return subscription(one(first, rest, ["groupId", "handler", "onError"]), "hot", false);
}

async function hotRawStream(first, ...rest) {
  return subscription(one(first, rest, ["groupId", "handler", "onError"]), "hot", true);
}

async function coldHotStream(first, ...rest) {
  const config = one(first, rest, ["groupId", "handler", "onError"]);
  return subscription(config, "cold-hot", Boolean(config.rawEvents));
}

const client = {
  emit, coldStream, hotStream, hotRawStream, coldHotStream,
  isConnected: () => true,
  async shutdown() {
    await shutdownAllAdapters();
    closeAll();
  },
  async clear() {
    closeAll();
    try {
      await call("clear", {});
    } catch (error) {
      log("warn", `clear: ${error.message}`);
    }
  },
};

function transport(name) {
  const say = ignored(name, "nothing connects, for the engine is the transport");
  return async () => {
    say();
    return client;
  };
}

module.exports = {
  client, emit, transport,
  eventClient: () => client,
  connectBroker: ignored("connectBroker", "nothing connects, for the engine is the transport"),
};
