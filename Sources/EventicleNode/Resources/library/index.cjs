"use strict";
// The exports of the library, by module.
const aggregates = require("./aggregates.cjs");
const client = require("./client.cjs");
const commands = require("./commands.cjs");
const consumers = require("./consumers.cjs");
const utilities = require("./utilities.cjs");
const events = require("./events.cjs");
const metrics = require("./metrics.cjs");
const observer = require("./observer.cjs");
const query = require("./query.cjs");
const registry = require("./registry.cjs");
const sagas = require("./sagas.cjs");
const scheduler = require("./scheduler.cjs");
const store = require("./store.cjs");
const xstate = require("./xstate.cjs");

const engine = "the engine has its own";

function setEventSourceName(name) {
  events.setSource(String(name));
  registry.declare("source:", { kind: "source", name: String(name) });
}

function apmJoinEvent(event, name, type, subtype) {
  utilities.getAPM().startTransaction(name, type, subtype, event.apmTrace);
}

function logEvent(level) {
  return (text, event, extra) => utilities.logger[level](`${text} [${event?.type}]`, extra);
}

async function consumeFullEventLog(stream) {
  const found = [];
  await client.client.coldStream({ stream, handler: async (event) => { found.push(event); } });
  return found;
}

const all = {
  ...utilities, ...sagas, ...consumers, ...commands, ...observer, ...scheduler, ...xstate, ...store,
  AggregateRoot: aggregates.AggregateRoot,
  aggregates: aggregates.aggregates,
  loadTestAggregate: aggregates.loadTestAggregate,
  EventClientJsonCodec: events.EventClientJsonCodec,
  isRawEvent: events.isRawEvent,
  isEncodedEvent: events.isEncodedEvent,
  eventSourceName: events.eventSourceName,
  setEventSourceName,
  eventClient: client.eventClient,
  eventClientCodec: () => events.codec,
  eventClientOnDatastore: client.eventClient,
  eventClientTransactional: client.eventClient,
  eventClientOnKafka: client.transport("eventClientOnKafka"),
  eventClientOnRedis: client.transport("eventClientOnRedis"),
  cleanStartingProxyEventClient: client.transport("cleanStartingProxyEventClient"),
  connectBroker: async () => client.connectBroker(),
  setEventClient: utilities.ignored("setEventClient", "the engine is the transport"),
  setEventClientCodec: utilities.ignored("setEventClientCodec", "events are JSON here"),
  setDataStore: utilities.ignored("setDataStore", engine),
  setScheduler: utilities.ignored("setScheduler", engine),
  setSagaScheduler: utilities.ignored("setSagaScheduler", engine),
  isPrimitive: (value) => ["string", "number", "boolean"].includes(typeof value),
  filterTableUsingObjectComparison: (table, form, accessor = (value) => value) =>
    Object.values(table).filter((one) => query.matches(form, accessor(one))),
  likeCompare: (form, data) => query.matches({ any: { op: "LIKE", value: form } }, data),
  partialCompareObject: (part, data) => query.matches({ any: { op: "OBJECT", value: part } }, data),
  partialCompareArray: (part, data) =>
    query.matches({ any: { op: "OBJECT", value: { any: part } } }, { any: data }),
  consumeFullEventLog,
  testDbPurge: () => store.dataStore().purge(),
  metrics: metrics.metrics,
  getViewMetrics: () => metrics.latencies["view-latency"],
  getAdapterMetrics: () => metrics.latencies["adapter-latency"],
  getSagaMetrics: () => metrics.latencies["saga-latency"],
  SAGA_METRICS: metrics.latencies["saga-latency"],
  apm: { apmJoinEvent },
  apmJoinEvent,
  logEvent: logEvent("info"), logEventWarn: logEvent("warn"), logEventError: logEvent("error"),
};

const stores = { dataStore: store.dataStore, setDataStore: all.setDataStore };
const special = {
  "eventiclejs:tenancy": {
    aggregates: aggregates.tenantAggregates,
    dispatchCommand: commands.dispatchTenantCommand,
    registerCommand: commands.registerTenantCommand,
  },
  "eventiclejs:events/command/tenant-command": {
    dispatchCommand: commands.dispatchTenantCommand,
    registerCommand: commands.registerTenantCommand,
  },
  "eventiclejs:events/aggregate-root": { default: aggregates.aggregates },
  "eventiclejs:events/tenant-aggregate-root": { default: aggregates.tenantAggregates },
  "eventiclejs:datastore/inmem-data-store": { default: store.InMemoryDatastore },
  "eventicle-utilities:": { ds: stores },
  "eventicle-utilities:logger": { default: utilities.logger },
  "eventicle-utilities:logger-util": utilities.loggerUtil,
};

/** What the shim has of a module of the library. */
function exportsOf(key) {
  return { ...all, ...special[key] };
}

module.exports = { exportsOf };
