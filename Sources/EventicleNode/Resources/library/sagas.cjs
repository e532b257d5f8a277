"use strict";
// Sagas: the library's builder and instances; the engine keeps instances and timers.
const { call, callNow, current } = require("../child/contexts.cjs");
const { find, subscribe } = require("./registry.cjs");
const { log, logError } = require("../child/console.cjs");
const { measure } = require("./metrics.cjs");

const RESERVED = ["instanceId", "saga", "ended", "activeTimers", "events", "preserveInstanceData"];
const SAGAS = [];
const intents = Symbol("timer intents");

function instead(name, use) {
  return {
    configurable: true,
    get() {
      throw new Error(`A saga instance has no ${name}; the library has ${use}.`);
    },
    set() {
      throw new Error(`A saga instance has no ${name}; the library has ${use}.`);
    },
  };
}

class SagaInstance {
  constructor(internalData, record) {
    this.internalData = internalData;
    this.record = record;
    this.timersToAdd = [];
    this.timersToRemove = [];
    Object.defineProperty(this, intents, { value: [] });
  }

  get(name) {
    return this.internalData[name];
  }

  set(name, value) {
    if (name === "id") throw new Error("SETTING ID IS FORBIDDEN");
    this.internalData[name] = value;
  }

  lastEvent() {
    return null;
  }

  upsertTimer(name, config) {
    const timer = { name: String(name) };
    if (config?.isCron) timer.cron = String(config.crontab);
    else timer.ms = Number(config?.timeout);
    if (timer.cron === undefined && !(timer.ms >= 0)) {
      throw new Error(
        `The timer ${timer.name} needs {isCron: false, timeout: milliseconds} or {isCron: true, crontab: text}.`);
    }
    this.timersToAdd.push({ name, config });
    this[intents].push(timer);
  }

  removeTimer(name) {
    this.timersToRemove.push(name);
    this[intents].push({ name: String(name), remove: true });
  }

  endSaga(preserveInstanceData = false) {
    this.internalData.ended = true;
    this.internalData.preserveInstanceData = preserveInstanceData;
  }
}

Object.defineProperties(SagaInstance.prototype, {
  data: instead("data", "get(name) and set(name, value)"),
  complete: instead("complete", "endSaga(preserveInstanceData)"),
  scheduleTimer: instead("scheduleTimer", "upsertTimer(name, {isCron: false, timeout: milliseconds})"),
  cancelTimer: instead("cancelTimer", "removeTimer(name)"),
});

function ignoreError(saga, event, error) {
  log("warn", `An untrapped error occurred in saga ${saga.name}`);
  logError(error);
}

class Saga {
  constructor(name) {
    this.name = name;
    this.streams = [];
    this.streamSubs = [];
    this.parallelEventCount = 50;
    this.starts = new Map();
    this.eventHandler = new Map();
    this.timerHandler = new Map();
    this.errorHandler = ignoreError;
  }

  parallelEvents(count) {
    this.parallelEventCount = count;
    return this;
  }

  withHotPredicate(predicate) {
    this.isHotPredicate = predicate;
    return this;
  }

  withHotParallelEvents(count) {
    this.hotLaneParallelEventCount = count;
    return this;
  }

  subscribeStreams(streams) {
    this.streams = streams;
    return this;
  }

  onTimer(name, handle) {
    this.timerHandler.set(name, { handle });
    return this;
  }

  startOn(type, config, handler) {
    if (this.starts.has(type)) {
      throw new Error(`Event has been double registered in Saga startsOn ${this.name}: ${type}`);
    }
    // The book also writes it without the configuration.
    const isShort = typeof config === "function";
    this.starts.set(type, { config: isShort ? {} : config ?? {}, handle: isShort ? config : handler });
    return this;
  }

  on(type, config, handler) {
    if (this.eventHandler.has(type)) {
      throw new Error(`Event has been double registered in Saga.on ${this.name}: ${type}`);
    }
    const isShort = typeof config === "function";
    this.eventHandler.set(type, { config: isShort ? {} : config ?? {}, handle: isShort ? config : handler });
    return this;
  }

  onError(handler) {
    this.errorHandler = handler;
    return this;
  }
}

function isStateless(handler) {
  return typeof handler.config.matchInstance !== "function";
}

// Which property a handler matches by mostly does not depend on the event; so one that answers
// everything with itself finds it out.
function learn(match) {
  const anything = new Proxy(function () {}, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined : anything),
    apply: () => anything,
    has: () => true,
  });
  try {
    const property = match(anything)?.instanceProperty;
    return typeof property === "string" ? property : null;
  } catch {
    return null;
  }
}

/** Registers a saga; resolves to what closes it. */
async function registerSaga(saga) {
  const d = `saga:${saga.name}`;
  const handlers = [...saga.eventHandler];
  const isHot = typeof saga.isHotPredicate === "function";
  const said = {
    kind: "saga", name: saga.name, group: `saga-${saga.name}`, streams: [...saga.streams].map(String),
    parallel: saga.parallelEventCount, hot: isHot,
    starts: [...saga.starts.keys()],
    on: handlers.filter(([, one]) => !isStateless(one))
      .map(([type, one]) => ({ type, property: learn(one.config.matchInstance) })),
    every: handlers.filter(([, one]) => isStateless(one)).map(([type]) => type),
    timers: [...saga.timerHandler.keys()], onError: saga.errorHandler !== ignoreError,
  };
  if (isHot) said.hotParallel = saga.hotLaneParallelEventCount ?? saga.parallelEventCount;
  const control = subscribe(d, said, saga);
  saga.streamSubs.push(control);
  SAGAS.push(saga);
  return control;
}

async function lane(saga, event) {
  if (typeof saga.isHotPredicate !== "function") return null;
  try {
    return (await saga.isHotPredicate(event)) ? "hot" : "cold";
  } catch (error) {
    logError(error, `the hot predicate of ${saga.name} failed, so ${event.type} counts as cold`);
    return "cold";
  }
}

async function match(saga, event, handler) {
  const found = await handler.config.matchInstance(event);
  if (found === null || found === undefined) return null;
  if (typeof found !== "object" || typeof found.instanceProperty !== "string") {
    throw new Error(
      `matchInstance of ${saga.name} for ${event.type} must return {instanceProperty, value}`);
  }
  return { property: found.instanceProperty, value: found.value ?? null };
}

/** Where an event goes within a saga. */
async function route({ d, event }) {
  const saga = find(d);
  const handler = saga.eventHandler.get(event.type);
  const start = saga.starts.get(event.type);
  const every = handler !== undefined && isStateless(handler);
  return {
    lane: await lane(saga, event),
    match: handler && !every ? await match(saga, event, handler) : null,
    starts: start !== undefined && (!start.config.matches || Boolean(await start.config.matches(event))),
    every,
  };
}

function instanceOf({ id, data, timers }, saga) {
  const internalData = {
    activeTimers: { ...timers }, saga: saga.name, ended: false, instanceId: id, ...data,
  };
  let events;
  Object.defineProperty(internalData, "events", {
    configurable: true, enumerable: true,
    get: () => (events ??= callNow("sagaEvents", { saga: saga.name, id }) ?? []),
    set: (value) => { events = value; },
  });
  const record = { id: `${saga.name}/${id}`, type: "saga-instance", content: internalData };
  return new SagaInstance(internalData, record);
}

function dataOf(instance) {
  const data = {};
  for (const name of Object.keys(instance.internalData)) {
    if (!RESERVED.includes(name)) data[name] = instance.internalData[name];
  }
  return data;
}

async function hold(config, instance, event) {
  const name = config?.withLock?.(instance, event);
  if (name !== undefined && name !== null) await call("lock", { id: String(name), try: false });
}

/** One step of an instance, or of no instance. */
async function step(request) {
  const saga = find(request.d);
  const { event, timer } = request;
  if (request.every) {
    await saga.eventHandler.get(event.type).handle(new SagaInstance({ saga: saga.name }), event);
    measure("saga-latency", saga.name, event);
    return null;
  }
  const instance = instanceOf(request, saga);
  if (timer !== undefined && timer !== null) {
    const handler = saga.timerHandler.get(timer);
    if (handler) await handler.handle(instance);
    else log("warn", `Saga ${saga.name} has no onTimer for ${timer}; the timer was missed.`);
  } else {
    const handler = (request.start ? saga.starts : saga.eventHandler).get(event.type);
    await hold(handler.config, instance, event);
    await handler.handle(instance, event);
    measure("saga-latency", saga.name, event);
  }
  const { ended, preserveInstanceData } = instance.internalData;
  return {
    data: dataOf(instance), timers: instance[intents],
    ended: Boolean(ended), keep: Boolean(preserveInstanceData),
  };
}

/** Tells a saga's own error handler. */
async function failed(saga, { event, timer }, error) {
  await saga.errorHandler(saga, event ?? { type: timer, timer, data: {} }, error);
}

/** All instances that are kept. */
async function allSagaInstances(workspace) {
  const { ofSaga } = require("./store.cjs");
  const said = await call("sagas", { ws: workspace || "system", events: current() === undefined });
  return said.map((one) => {
    const record = ofSaga(one);
    if (one.events) return new SagaInstance({ ...record.content, events: one.events }, record);
    const instance = instanceOf(one, { name: one.saga });
    instance.internalData.ended = one.ended ?? false;
    return instance;
  });
}

async function removeAllSagas() {
  for (const saga of SAGAS.splice(0)) {
    for (const control of saga.streamSubs.splice(0)) await control.close();
  }
}

module.exports = {
  Saga, SagaInstance, SAGAS, registerSaga, allSagaInstances, removeAllSagas, route, step, failed,
  allSagas: async () => SAGAS, saga: (name) => new Saga(name),
};
