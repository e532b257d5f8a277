"use strict";
// Waiting for an aggregate to be in a state.
const { EventEmitter } = require("events");
const { storage } = require("../child/contexts.cjs");
const { newID } = require("../child/clock.cjs");
const { aggregates } = require("./aggregates.cjs");

const emitter = new EventEmitter();
emitter.setMaxListeners(0);
let observation;

class AggregateObservationAdapter {
  constructor(streamsToSubscribe) {
    this.name = "aggregate-observer";
    this.consumerGroup = `aggregate-observation-${newID()}`;
    this.deleteConsumerGroupOnClose = true;
    this.streamsToSubscribe = streamsToSubscribe;
  }

  // What waits loads aggregates, which is no part of the step that woke it.
  async handleEvent(event) {
    setImmediate(() => storage.exit(() => emitter.emit("event", event)));
  }
}

function createAggregateObservationAdapter(types) {
  observation = new AggregateObservationAdapter(types.map((type) => new type().type));
  return observation;
}

async function aggregateObserver(type, id, timeout, exec) {
  return aggregateObserverFactory(type, id, timeout, () => aggregates.load(type, id), exec);
}

async function aggregateObserverFactory(type, id, timeout, load, exec) {
  const first = await load();
  if (exec(first, null)) return first;
  return new Promise((resolve, reject) => {
    const settle = (done, value) => {
      clearTimeout(timer);
      emitter.removeListener("event", listener);
      done(value);
    };
    const timer = setTimeout(() => settle(reject, new Error(
      `aggregateObserve timeout occurred ${JSON.stringify({ type: new type().type, id })}`)), timeout);
    const listener = async (event) => {
      if (event.domainId !== id) return;
      try {
        const found = await load();
        if (exec(found, event)) settle(resolve, found);
      } catch (error) {
        settle(reject, error);
      }
    };
    emitter.addListener("event", listener);
  });
}

module.exports = {
  createAggregateObservationAdapter, aggregateObserver, aggregateObserverFactory,
  aggregateObservationAdapter: () => observation,
};
