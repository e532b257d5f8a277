"use strict";
// The state of the stand-in engine, and the calls that read and write it.
const { matches, sorted, paged } = require("../../../../Sources/EventicleNode/Resources/library/query.cjs");
const { next } = require("./cron.cjs");

class EngineError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function holds(form, content) {
  return Object.entries(form ?? {}).every(([name, said]) => {
    if (name === "AND") return said.every((one) => holds(one, content));
    if (name === "NOT") return !holds(said, content);
    if (name === "AT") {
      const has = said.path.reduce((value, step) => value?.[step], content);
      return holds({ value: { op: said.op, value: said.value } }, { value: has });
    }
    if (said?.op === "EXISTS") return (content[name] !== undefined) === (said.value ?? true);
    return matches({ [name]: said }, content);
  });
}

class World {
  constructor(now) {
    this.now = now;
    this.drawn = 0;
    this.log = [];
    this.records = [];
    this.histories = [];
    this.instances = [];
    this.timers = [];
    this.jobs = [];
    this.queue = [];
    this.parked = [];
    this.locks = {};
  }

  id(prefix) {
    this.drawn += 1;
    return `${prefix}-${this.drawn}`;
  }

  arm(key, timer) {
    this.disarm(key);
    const due = timer.cron ? next(timer.cron, this.now) : this.now + timer.ms;
    this.timers.push({ key, ...timer, due });
  }

  disarm(key) {
    this.timers = this.timers.filter((one) => one.key !== key);
  }

  record(ws, type, id) {
    return this.records.find((one) => one.ws === ws && one.type === type && one.id === id);
  }

  found({ ws, type, query, sort }) {
    const own = this.records.filter((one) => one.ws === ws && one.type === type && holds(query, one.content));
    return sorted(own, Object.fromEntries(sort ?? [])).map(shown);
  }

  history(ws, type, id) {
    return this.histories.find((one) => one.ws === ws && one.type === type && one.id === id);
  }

  remove(isGone) {
    const before = this.records.length;
    this.records = this.records.filter((one) => !isGone(one));
    return before - this.records.length;
  }
}

function shown({ id, type, createdAt, content }) {
  return structuredClone({ id, type, createdAt, content });
}

/** The calls by name; each gets the world, its arguments and the engine. */
const calls = {
  create(world, { ws, type, content }) {
    const record = { ws, type, id: world.id("record"), createdAt: world.now, content };
    world.records.push(record);
    return shown(record);
  },
  save(world, { ws, type, id, content }) {
    const known = world.record(ws, type, id);
    if (known) known.content = content;
    else world.records.push({ ws, type, id, createdAt: world.now, content });
    return shown(world.record(ws, type, id));
  },
  get: (world, { ws, type, id }) => {
    const known = world.record(ws, type, id);
    return known ? shown(known) : null;
  },
  find: (world, args) => world.found(args),
  page(world, args) {
    const all = world.found(args);
    return { total: all.length, entries: paged(all, args.page, args.size) };
  },
  delete(world, { ws, type, id }) {
    world.remove((one) => one.ws === ws && one.type === type && one.id === id);
    return null;
  },
  deleteMany: (world, { ws, type, query }) =>
    world.remove((one) => one.ws === ws && one.type === type && holds(query, one.content)),
  purge(world) {
    world.records = [];
    world.histories = [];
    world.instances = [];
    world.timers = world.timers.filter((one) => !one.saga);
    return null;
  },
  clear(world) {
    world.log = [];
    world.queue = [];
    return null;
  },
  emit(world, { stream, events }, engine) {
    return events.map((event) => {
      if (!event.type) throw new EngineError("TransactionError", "An event needs a type.");
      const whole = { ...event, id: event.id ?? world.id("event"), stream, createdAt: event.createdAt ?? world.now };
      whole.source ??= engine.source;
      const cause = engine.handled;
      if (cause && whole.causedById === undefined) Object.assign(whole, { causedById: cause.id, causedByType: cause.type });
      world.log.push(whole);
      engine.offer(whole);
      return structuredClone(whole);
    });
  },
  history(world, { stream, after, limit }) {
    const streams = [stream].flat();
    const all = world.log.filter((event) => streams.includes(event.stream));
    const events = structuredClone(all.slice(after, after + limit));
    return { events, next: after + limit < all.length ? after + limit : null };
  },
  aggHistory: (world, { ws, type, id }) => structuredClone(world.history(ws, type, id)?.events ?? null),
  aggPersist(world, { ws, type, id, events, checkpoint, state }) {
    let known = world.history(ws, type, id);
    if (!known) {
      known = { ws, type, id, events: [], createdAt: world.now };
      world.histories.push(known);
    }
    known.events.push(...events);
    known.state = state;
    if (checkpoint) known.checkpoint = checkpoint;
    return structuredClone(events);
  },
  aggBulk(world, { ws, type, query, sort, page, size }) {
    const own = world.histories.filter((one) => one.ws === ws && one.type === type)
      .map((one) => ({ ...one, content: { domainId: one.id, ...one.checkpoint } }))
      .filter((one) => holds(query, one.content));
    const entries = paged(sorted(own, Object.fromEntries(sort ?? [])), page, size);
    return {
      total: own.length,
      entries: structuredClone(entries.map(({ id, createdAt, events, checkpoint }) => (
        { id, createdAt, history: events, checkpoint: checkpoint ?? null }))),
    };
  },
  sagas: (world, { events }) => structuredClone(world.instances.map((one) => ({
    saga: one.saga, id: one.id, data: one.data, ended: one.ended, createdAt: one.createdAt,
    timers: timersOf(world, one), ...(events && { events: one.events }),
  }))),
  sagaEvents: (world, { saga, id }) =>
    structuredClone(world.instances.find((one) => one.saga === saga && one.id === id)?.events ?? []),
  lock(world, { id, try: isTry }) {
    if (!world.locks[id]) return true;
    if (isTry) return false;
    throw new EngineError("WorldError", `The lock ${id} is taken.`);
  },
  jobAdd(world, { component, name, id, ms, cron, data }) {
    world.arm(jobKey(component, name, id), { job: { component, name, id, data }, ms, cron });
    return null;
  },
  jobRemove(world, { component, name, id }) {
    world.disarm(jobKey(component, name, id));
    return null;
  },
  jobHas: (world, { component, name, id }) =>
    world.timers.some((one) => one.key === jobKey(component, name, id)),
};

function jobKey(...parts) {
  return JSON.stringify(["job", ...parts]);
}

function timersOf(world, { saga, id }) {
  const own = world.timers.filter((one) => one.saga === saga && one.instance === id);
  return Object.fromEntries(own.map((one) => [one.name, one.cron ? "cron" : "timeout"]));
}

module.exports = { World, calls, timersOf, EngineError };
