"use strict";
// Aggregates: the library's base class and repositories over the engine's histories.
const { call, beforeCalls } = require("../child/contexts.cjs");
const { newID, now } = require("../child/clock.cjs");
const { eventSourceName } = require("./events.cjs");
const { declare } = require("./registry.cjs");
const { formOf, sortOf } = require("./query.cjs");
const { show } = require("../child/show.cjs");
const { asJSON } = require("../child/show.cjs");

const SYSTEM = "system";
const STATUS = "xstate-status";
const classes = new Map();
const fresh = new Map();
const versions = new WeakMap();

class AggregateRoot {
  constructor(type) {
    this.history = [];
    this.newEvents = [];
    this.replaying = false;
    this.config = typeof type === "string" ? { type, storeCheckpoint: false } : type;
    meet(this, new.target);
  }

  currentCheckpoint() {
    throw new Error(
      "Checkpoint is not implemented, but has been configured. "
      + `Implement the currentCheckpoint() function of ${this.constructor.name}.`);
  }

  raiseEvent(event) {
    event.id = newID();
    if (!event.createdAt) event.createdAt = now();
    if (!event.source) event.source = eventSourceName();
    if (!event.domainId) event.domainId = this.id;
    this.handleEvent(event);
    // The first event's reducer gives the aggregate its id.
    if (!event.domainId) event.domainId = this.id;
    this.newEvents.push(event);
    return event;
  }

  handleEvent(event) {
    const reducer = this.reducers?.[event.type];
    if (reducer) reducer.call(this, event);
  }

  get type() {
    return this.config.type;
  }
}

// The reducers are there only when the constructors of the subclasses have run.
function meet(aggregate, type) {
  const name = aggregate.config?.type;
  if (typeof name !== "string" || classes.has(name)) return;
  classes.set(name, type);
  if (fresh.size === 0) queueMicrotask(announce);
  fresh.set(name, aggregate);
}

/** Declares the aggregates that were met since the last call. */
function announce() {
  for (const [type, aggregate] of fresh) {
    fresh.delete(type);
    const isMachine = typeof aggregate.machineFactory === "function";
    const said = {
      kind: "aggregate", type, class: aggregate.constructor.name,
      checkpoint: Boolean(aggregate.config.storeCheckpoint), xstate: isMachine,
      events: Object.keys(aggregate.reducers ?? {}),
    };
    const config = isMachine ? aggregate.service?.machine?.config : undefined;
    if (config) said.machine = asJSON({ ...config, context: undefined });
    declare(`aggregate:${type}`, said, null);
  }
}

beforeCalls.push(announce);

/** Meets the classes of aggregates among the exports of a module. */
function meetExports(exported) {
  for (const name of Object.keys(exported ?? {})) {
    let type;
    try {
      type = exported[name];
    } catch {
      continue;
    }
    if (typeof type !== "function" || !(type.prototype instanceof AggregateRoot)) continue;
    try {
      new type();
    } catch {
      // It needs arguments, so the first one that the domain makes introduces it.
    }
  }
}

function stateOf(aggregate) {
  const shown = show(aggregate);
  const state = aggregate.service?.state ?? aggregate.service?.getSnapshot?.();
  if (aggregate.machineFactory && state) {
    shown.machine = { value: asJSON(state.value), nextEvents: [...(state.nextEvents ?? [])] };
  }
  return shown;
}

function hydrate(aggregate, history) {
  aggregate.replaying = true;
  try {
    for (const event of history) aggregate.handleEvent(event);
  } finally {
    aggregate.replaying = false;
  }
  aggregate.history = history;
  versions.set(aggregate, history.length);
  return aggregate;
}

async function load(aggregate, ws, id) {
  const history = await call("aggHistory", { ws, type: aggregate.type, id: String(id) });
  return history ? hydrate(aggregate, history) : null;
}

async function history(type, ws, id) {
  return (await call("aggHistory", { ws, type, id: String(id) })) ?? null;
}

async function persist(aggregate, ws) {
  const { id } = aggregate;
  if (id === undefined || id === null || id === "") {
    throw new Error(
      `The ${aggregate.type} has no id; its id must be set, by a reducer for example, before it is persisted.`);
  }
  const events = JSON.parse(JSON.stringify(aggregate.newEvents));
  aggregate.newEvents.length = 0;
  for (const event of events) event.domainId ??= String(id);
  const version = versions.get(aggregate) ?? 0;
  const args = { ws, type: aggregate.type, id: String(id), events, version };
  if (aggregate.config.storeCheckpoint) args.checkpoint = aggregate.currentCheckpoint();
  args.state = stateOf(aggregate);
  await call("aggPersist", args);
  versions.set(aggregate, version + events.length);
  return events;
}

async function loadBulk({ type, init, tenant, filter, sort, page, pageSize }) {
  const empty = () => (init === undefined ? new type() : new type(init));
  const found = await call("aggBulk", {
    ws: tenant, type: empty().type, query: formOf(filter), sort: sortOf(sort), page, size: pageSize,
  });
  return {
    entries: found.entries.map((entry) => hydrate(empty(), entry.history)),
    totalCount: found.total,
    pageInfo: { currentPage: page, pageSize },
  };
}

/** The repository of a single tenant. */
const aggregates = {
  load: async (type, id) => load(new type(), SYSTEM, id),
  history: async (type, id) => history(new type().type, SYSTEM, id),
  persist: async (aggregate) => persist(aggregate, SYSTEM),
  loadBulk: async (first, ...rest) => {
    const [filter, page, pageSize] = rest;
    const config = rest.length > 0 || typeof first === "function"
      ? { type: first, filter, page, pageSize } : first;
    return loadBulk({ ...config, tenant: SYSTEM });
  },
};

/** The repository of tenants. */
const tenantAggregates = {
  load,
  history,
  persist,
  loadBulk: async (first, ...rest) => {
    const [tenant, filter, page, pageSize] = rest;
    const config = rest.length > 0 ? { type: first, tenant, filter, page, pageSize } : first;
    return loadBulk(config);
  },
};

/** The states of an aggregate at some of its versions. */
function fold({ type, events, at }, context) {
  const made = classes.get(type);
  let aggregate;
  try {
    aggregate = made && new made();
  } catch {
    aggregate = undefined;
  }
  if (!aggregate) return { unknown: true };
  // Restoring a machine is dear, and only its last status before a wanted version shows.
  const needed = new Set();
  let wanted = at.length - 1;
  for (let index = events.length - 1, isOpen = false; index >= 0; index -= 1) {
    while (wanted >= 0 && at[wanted] === index + 1) {
      isOpen = true;
      wanted -= 1;
    }
    if (events[index].type !== STATUS || !isOpen) continue;
    needed.add(index);
    isOpen = false;
  }
  const states = [];
  aggregate.replaying = true;
  aggregate.history = events;
  for (let index = 0; index < events.length && states.length < at.length; index += 1) {
    const event = events[index];
    // A reducer that asks for the time is to get the same answer whenever it is asked.
    context.now = event.createdAt ?? 0;
    if (event.type !== STATUS || needed.has(index)) aggregate.handleEvent(event);
    while (at[states.length] === index + 1) states.push(stateOf(aggregate));
  }
  aggregate.shutdown?.();
  return { states };
}

/** Makes an aggregate from events, for tests. */
function loadTestAggregate(type, events) {
  const aggregate = new type();
  aggregate.history = events;
  for (const event of events) aggregate.handleEvent(event);
  return aggregate;
}

module.exports = {
  AggregateRoot, aggregates, tenantAggregates, fold, meetExports, announce, loadTestAggregate, stateOf, STATUS,
};
