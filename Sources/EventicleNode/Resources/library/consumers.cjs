"use strict";
// Views, adapters and subscriptions.
const { find, subscribe, streamsOf } = require("./registry.cjs");
const { codec } = require("./events.cjs");
const { measure } = require("./metrics.cjs");

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const adapters = new Set();
let unnamed = 0;

class Consumer {
  constructor(kind, name, isRaw, handle, more) {
    Object.assign(this, { kind, name, isRaw, handle }, more);
  }

  async take(event) {
    const given = this.isRaw ? await codec.encode(event) : event;
    await this.handle(given, event);
    if (this.latency) measure(this.latency, this.name, this.isRaw ? { timestamp: given.timestamp } : event);
  }
}

function view(one, isRaw) {
  unnamed += one.consumerGroup ? 0 : 1;
  const group = one.consumerGroup ? String(one.consumerGroup) : `view-${unnamed}`;
  const said = {
    kind: "view", name: group, group, streams: streamsOf(one.streamsToSubscribe),
    parallel: one.parallelEventCount ?? 1, raw: isRaw,
  };
  if (UUID.test(group)) said.memory = true;
  const consumer = new Consumer("view", group, isRaw, (event) => one.handleEvent(event), { latency: "view-latency" });
  return subscribe(`view:${group}`, said, consumer);
}

function adapter(one, isRaw) {
  const name = String(one.name ?? one.consumerGroup);
  const group = String(one.consumerGroup ?? name);
  const said = {
    kind: "adapter", name, group, streams: streamsOf(one.streamsToSubscribe),
    onError: typeof one.errorHandler === "function", raw: isRaw,
    temporary: Boolean(one.deleteConsumerGroupOnClose),
  };
  const consumer = new Consumer("adapter", isRaw ? group : name, isRaw, (event) => one.handleEvent(event), {
    latency: "adapter-latency", failed: (event, error) => one.errorHandler(one, event, error),
  });
  const control = subscribe(`adapter:${name}`, said, consumer);
  adapters.add(control);
  return control;
}

/** A subscription that code made by itself, with the event client. */
function subscription(config, mode, isRaw) {
  const group = String(config.groupId ?? `subscription-${(unnamed += 1)}`);
  const said = {
    kind: "subscription", mode, name: group, group, streams: streamsOf(config.stream),
    parallel: config.parallelEventCount ?? 1, raw: isRaw, temporary: Boolean(config.deleteConsumerGroupOnClose),
  };
  return subscribe(`subscription:${group}`, said, new Consumer("subscription", group, isRaw, config.handler, {
    told: config.onError,
  }));
}

/** Hands events to a consumer, in order. */
async function deliver({ d, event, events }) {
  const consumer = find(d);
  if (!events) {
    await tell(consumer, event);
    return null;
  }
  for (let done = 0; done < events.length; done += 1) {
    try {
      await tell(consumer, events[done]);
    } catch (error) {
      if (error !== null && typeof error === "object") Object.defineProperty(error, "done", { value: done, configurable: true });
      throw error;
    }
  }
  return null;
}

async function tell(consumer, event) {
  try {
    await consumer.take(event);
  } catch (error) {
    consumer.told?.(error);
    throw error;
  }
}

async function shutdownAllAdapters() {
  for (const control of adapters) await control.close();
  adapters.clear();
}

module.exports = {
  registerView: async (one) => view(one, false),
  registerRawView: async (one) => view(one, true),
  registerAdapter: async (one) => adapter(one, false),
  registerRawAdapter: async (one) => adapter(one, true),
  subscription, deliver, shutdownAllAdapters,
};
