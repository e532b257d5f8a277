"use strict";
// Aggregates with a state machine of the team's own xstate.
const path = require("path");
const { createRequire } = require("module");
const { AggregateRoot, STATUS } = require("./aggregates.cjs");
const { logger } = require("./utilities.cjs");

let library;
let entry = process.cwd();

class XStateWorkflowError extends Error {}

/** The events without those that record the status of machines. */
function removeXstateEvents(events) {
  return events.filter((event) => event.type !== STATUS);
}

function xstate() {
  if (library) return library;
  const own = createRequire(path.join(entry, "domain.js"));
  const places = [entry, process.cwd()];
  for (const place of [entry, process.cwd()]) {
    places.push(path.join(place, "node_modules", "@eventicle", "eventiclejs"));
  }
  let found;
  try {
    found = own.resolve("xstate", { paths: places });
  } catch {
    throw new Error(
      "XStateAggregate needs the package xstate, version 4, and none is installed for this domain: npm install xstate@4");
  }
  const loaded = own(found);
  if (typeof loaded.interpret !== "function" || typeof loaded.createActor === "function") {
    throw new Error(`XStateAggregate needs xstate 4, but ${found} is another version: npm install xstate@4`);
  }
  library = loaded;
  return library;
}

function serialised(aggregate, state) {
  state.context.aggregate = null;
  try {
    return JSON.stringify(state);
  } finally {
    state.context.aggregate = aggregate;
  }
}

class XStateAggregate extends AggregateRoot {
  constructor(typeOrConfig, machineFactory) {
    super(typeof typeOrConfig === "string" ? { type: typeOrConfig, storeCheckpoint: true } : typeOrConfig);
    this.machineFactory = machineFactory;
    this.initStateMachineService();
  }

  currentCheckpoint() {
    const { value, context } = this.service.state;
    const { aggregate, ...rest } = context ?? {};
    return { state: value, context: rest };
  }

  raiseEvent(event) {
    if (!event.causedByType) event.causedByType = "";
    if (!event.causedById) event.causedById = "";
    return super.raiseEvent(event);
  }

  initStateMachineService(initialState) {
    if (initialState) {
      initialState.context.aggregate = this;
      // They ran when they were new; xstate would run them again.
      initialState.actions = [];
    }
    this.service = xstate().interpret(this.machineFactory(this), { logger: (...said) => logger.debug(said.join(" ")) })
      .onTransition((state, event) => {
        if (this.replaying || event.type === "xstate.init") return;
        if (!state.changed) {
          throw new XStateWorkflowError(`Cannot apply event ${event.type}: Not permitted`);
        }
        this.raiseEvent({ type: STATUS, data: serialised(this, state) });
      })
      .start(initialState);
  }

  handleEvent(event) {
    if (!this.replaying || event.type !== STATUS) return super.handleEvent(event);
    this.service?.stop();
    this.initStateMachineService(JSON.parse(event.data));
  }

  shutdown() {
    this.service?.stop();
  }

  xsend(message) {
    this.service?.send(message);
  }
}

module.exports = {
  XStateAggregate, XStateWorkflowError, removeXstateEvents, XSTATE_STATE_EVENTICLE_EVENT: STATUS,
  setEntry: (folder) => { entry = folder; },
};
