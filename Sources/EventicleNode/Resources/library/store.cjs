"use strict";
// The library's datastore over the engine's records.
const { EventEmitter } = require("events");
const { call, enter, current } = require("../child/contexts.cjs");
const { newID } = require("../child/clock.cjs");
const { formOf, sortOf, matches, sorted, paged } = require("./query.cjs");

const AGGREGATES = "aggregate-events-";
const SAGAS = "saga-instance";
const bodies = new Map();
const listeners = new EventEmitter();
let lastBody = 0;

function record(said) {
  return said && { ...said, createdAt: new Date(said.createdAt) };
}

function refuse(type) {
  if (!String(type).startsWith(AGGREGATES) && type !== SAGAS) return;
  const what = type === SAGAS ? "Saga instances are" : "Histories of aggregates are";
  throw new Error(`${what} the engine's and cannot be written as records (${type}).`);
}

function ofAggregate(type, entry) {
  const content = { domainId: entry.id, history: entry.history, ...entry.checkpoint };
  return record({ id: `${type}/${entry.id}`, type, createdAt: entry.createdAt, content });
}

/** The engine's view of a saga instance as the library's record. */
function ofSaga(said) {
  const content = {
    activeTimers: said.timers ?? {}, saga: said.saga, ended: said.ended ?? false,
    instanceId: said.id, ...said.data,
  };
  return record({ id: `${said.saga}/${said.id}`, type: SAGAS, createdAt: said.createdAt, content });
}

async function sagaRecords(ws, query, sorting) {
  const all = (await call("sagas", { ws })).map(ofSaga);
  return sorted(all.filter((one) => matches(query, one.content)), sorting);
}

async function aggregateRecords(ws, type, query, sorting, page, size) {
  const args = { ws, type: type.slice(AGGREGATES.length), query: formOf(query), sort: sortOf(sorting) };
  const found = await call("aggBulk", { ...args, page, size });
  return { total: found.total, entries: found.entries.map((entry) => ofAggregate(type, entry)) };
}

/** The body of a transaction that the engine opened. */
async function runBody(n) {
  const body = bodies.get(n);
  bodies.delete(n);
  if (!body) throw new Error(`There is no transaction ${n} to carry out; node was restarted.`);
  await body.run();
}

function transactionData(context) {
  context.transaction ??= { id: newID(), data: {} };
  return context.transaction;
}

/** Runs a body as the library's transactions do, telling those who listen. */
async function inTransaction(body) {
  const context = current();
  const isOuter = context.transaction === undefined;
  const data = transactionData(context);
  if (isOuter) listeners.emit("transaction.start", data);
  const result = await body();
  if (isOuter) listeners.emit("transaction.commit", data);
  return result;
}

/** A transaction of its own; its result never leaves this process. */
async function ownTransaction(name, body, options) {
  lastBody += 1;
  const n = lastBody;
  let result;
  bodies.set(n, {
    context: current(),
    run: async () => {
      result = await inTransaction(body);
    },
  });
  const args = { n, name };
  if (options?.isolationLevel) args.isolation = options.isolationLevel;
  try {
    await enter("transaction", args);
  } finally {
    bodies.delete(n);
  }
  return result;
}

function isNew(options) {
  return /^requires[ _-]?new$/i.test(options?.propagation ?? "");
}

async function transaction(name, body, options) {
  if (!current() || isNew(options)) return ownTransaction(name, body, options);
  return inTransaction(body);
}

class InMemoryDatastore {
  constructor() {
    this.events = listeners;
  }

  on(event, listener) {
    listeners.addListener(event, (data) => listener(event, data));
    return this;
  }

  hasTransactionData() {
    return current() !== undefined;
  }

  getTransactionData() {
    const context = current();
    return context && transactionData(context);
  }

  transaction(body, options) {
    return transaction("transaction", body, options);
  }

  async getEntity(ws, type, id) {
    if (type === SAGAS || String(type).startsWith(AGGREGATES)) {
      const all = await this.findEntity(ws, type, {});
      return all.find((one) => one.id === id) ?? null;
    }
    return record(await call("get", { ws, type: String(type), id: String(id) })) ?? null;
  }

  async findEntity(ws, type, query, sorting) {
    if (type === SAGAS) return sagaRecords(ws, query, sorting);
    if (String(type).startsWith(AGGREGATES)) return (await aggregateRecords(ws, type, query, sorting)).entries;
    const args = { ws, type: String(type), query: formOf(query), sort: sortOf(sorting) };
    return (await call("find", args)).map(record);
  }

  async findEntityPaginated(ws, type, query, sorting, page, pageSize) {
    let found;
    if (type === SAGAS) {
      const all = await sagaRecords(ws, query, sorting);
      found = { total: all.length, entries: paged(all, page, pageSize) };
    } else if (String(type).startsWith(AGGREGATES)) {
      found = await aggregateRecords(ws, type, query, sorting, page, pageSize);
    } else {
      const args = { ws, type: String(type), query: formOf(query), sort: sortOf(sorting) };
      found = await call("page", { ...args, page, size: pageSize });
      found = { total: found.total, entries: found.entries.map(record) };
    }
    return {
      entries: found.entries, totalCount: found.total, pageInfo: { currentPage: page, pageSize },
    };
  }

  async createEntity(ws, type, content) {
    if (content?.id) throw new Error("ID is set, tihs is not allowed");
    refuse(type);
    return record(await call("create", { ws, type: String(type), content }));
  }

  async saveEntity(ws, type, item) {
    if (!item.id) throw new Error("Failed to save, has no ID, use create");
    refuse(type);
    await call("save", { ws, type: String(type), id: String(item.id), content: item.content });
    return item;
  }

  async deleteEntity(ws, type, id) {
    if (id === undefined || id === null) return;
    refuse(type);
    await call("delete", { ws, type: String(type), id: String(id) });
  }

  async deleteMany(ws, type, query) {
    refuse(type);
    await call("deleteMany", { ws, type: String(type), query: formOf(query) });
  }

  async purge() {
    await call("purge", {});
  }
}

const store = new InMemoryDatastore();

module.exports = {
  InMemoryDatastore, dataStore: () => store, transaction, inTransaction, runBody, ofSaga,
  bodyContext: (n) => bodies.get(n)?.context,
};
