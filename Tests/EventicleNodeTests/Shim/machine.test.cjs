"use strict";
const { test } = require("node:test");
const assert = require("node:assert");
const { running, STAND_INS } = require("./support/domains.cjs");
const { assign, createMachine, interpret } = require(process.env.EVENTICLE_XSTATE || `${STAND_INS}/xstate`);

// What XStateAggregate needs of xstate 4. EVENTICLE_XSTATE names a real package to try instead of the stand-in.
const config = {
  id: "light", initial: "off", context: { count: 0 },
  states: {
    off: { on: { ON: { target: "on", actions: assign({ count: (context) => context.count + 1 }) }, STAY: { actions: "note" } }, exit: "leave" },
    on: {
      entry: "arrive", initial: "dim",
      states: { dim: { on: { MORE: { target: "bright", cond: (context, event) => event.by > 1 } } }, bright: {} },
      on: { OFF: "off", BREAK: "#light.broken" },
    },
    broken: { type: "final" },
  },
};
const parallel = {
  id: "p", initial: "both",
  states: {
    both: {
      type: "parallel", onDone: "done",
      states: {
        a: { initial: "x", states: { x: { on: { A: "y" } }, y: { type: "final" } } },
        b: { initial: "x", states: { x: { on: { B: "y", BACK: ".z" }, initial: "w", states: { w: {}, z: {} } }, y: { type: "final" } } },
      },
    },
    done: { type: "final" },
  },
};

function started(said = config, saved) {
  const ran = [];
  const actions = Object.fromEntries(["note", "leave", "arrive"].map((name) => [name, () => { ran.push(name); }]));
  const seen = [];
  const service = interpret(createMachine(structuredCloneFunctions(said), { actions }), { logger: () => {} })
    .onTransition((state, event) => seen.push([event.type, state.changed])).start(saved);
  return { service, ran, seen };
}
const structuredCloneFunctions = (said) => said;

test("xstate: the first event is xstate.init and changes nothing", () => {
  const { service, seen } = started();
  assert.strictEqual(seen[0][0], "xstate.init");
  assert.ok(!seen[0][1]);
  assert.strictEqual(service.state.value, "off");
});
test("xstate: a transition changes value and context", () => {
  const { service, seen } = started();
  service.send({ type: "ON" });
  assert.deepStrictEqual([service.state.value, service.state.context, seen[1]], [{ on: "dim" }, { count: 1 }, ["ON", true]]);
});
test("xstate: events may be texts", () => {
  const { service } = started();
  service.send("ON");
  assert.strictEqual(service.state.event.type, "ON");
});
test("xstate: an event without a transition is unchanged", () => {
  const { service, seen } = started();
  service.send("MORE");
  assert.deepStrictEqual([service.state.value, seen[1]], ["off", ["MORE", false]]);
});
test("xstate: a guard that says no is unchanged, one that says yes goes on", () => {
  const { service, seen } = started();
  service.send("ON");
  service.send({ type: "MORE", by: 1 });
  assert.deepStrictEqual(seen[2], ["MORE", false]);
  service.send({ type: "MORE", by: 2 });
  assert.deepStrictEqual(service.state.value, { on: "bright" });
});
test("xstate: actions alone are a change", () => {
  const { service, seen, ran } = started();
  service.send("STAY");
  assert.deepStrictEqual([service.state.value, seen[1], ran], ["off", ["STAY", true], ["note"]]);
});
test("xstate: exit comes before entry", () => {
  const { service, ran } = started();
  service.send("ON");
  assert.deepStrictEqual(ran, ["leave", "arrive"]);
});
test("xstate: a parent's transition leaves its children", () => {
  const { service } = started();
  service.send("ON");
  service.send("OFF");
  assert.strictEqual(service.state.value, "off");
});
test("xstate: a state is found by its id", () => {
  const { service } = started();
  service.send("ON");
  service.send("BREAK");
  assert.deepStrictEqual([service.state.value, service.state.done], ["broken", true]);
});
test("xstate: the next events are those of all active states", () => {
  const { service } = started();
  service.send("ON");
  assert.deepStrictEqual([...service.state.nextEvents].sort(), ["BREAK", "MORE", "OFF"]);
});
test("xstate: parallel states move on their own", () => {
  const { service } = started(parallel);
  assert.deepStrictEqual(service.state.value, { both: { a: "x", b: { x: "w" } } });
  service.send("A");
  assert.deepStrictEqual(service.state.value, { both: { a: "y", b: { x: "w" } } });
  service.send("BACK");
  assert.deepStrictEqual(service.state.value, { both: { a: "y", b: { x: "z" } } });
});
test("xstate: a parallel state is done when all its states are", () => {
  const { service } = started(parallel);
  service.send("A");
  service.send("B");
  assert.strictEqual(service.state.value, "done");
});
test("xstate: a state as JSON can be started from", () => {
  const { service } = started();
  service.send("ON");
  const saved = JSON.parse(JSON.stringify(service.state));
  saved.actions = [];
  const { service: other, ran } = started(config, saved);
  assert.deepStrictEqual([other.state.value, other.state.context, ran], [{ on: "dim" }, { count: 1 }, []]);
  other.send({ type: "MORE", by: 2 });
  assert.deepStrictEqual(other.state.value, { on: "bright" });
});
test("xstate: what a listener throws reaches the sender; after stop nothing moves", () => {
  const { service } = started();
  service.onTransition((state) => { if (!state.changed && state.event.type === "MORE") throw new Error("refused"); });
  assert.throws(() => service.send("MORE"), /refused/);
  service.stop();
  assert.strictEqual(service.state.value, "off");
});

const claiming = (body) => running("machine.js", async (engine) => {
  const tell = async (message) => (await engine.command("Tell", { id: "c-1", message })).response;
  await engine.command("OpenClaim", { id: "c-1" });
  return body(engine, tell);
});

test("an aggregate with a machine goes from state to state, over loading", () => claiming(async (engine, tell) => {
  assert.deepStrictEqual(await tell("SUBMIT"), { review: { legal: "open", money: "open" } });
  assert.deepStrictEqual(await tell("LEGAL"), { review: { legal: "ok", money: "open" } });
  assert.strictEqual(await tell({ type: "MONEY", amount: 5 }), "closed");
  assert.deepStrictEqual(engine.world.log.map((event) => event.type), ["Opened", "Submitted", "Closed"]);
  const [history] = engine.world.histories;
  assert.strictEqual(history.events.filter((event) => event.type === "xstate-status").length, 3);
  assert.deepStrictEqual(history.state.machine, { value: "closed", nextEvents: [] });
  assert.deepStrictEqual(history.checkpoint, { state: "closed", context: { reviews: 1 } });
  assert.strictEqual(history.state.closings, 1, "an action of the past does not run again");
}));

test("what the machine does not permit is refused", () => claiming(async (engine, tell) => {
  await tell("SUBMIT");
  for (const message of ["SUBMIT", { type: "MONEY", amount: 500 }]) {
    const error = await tell(message).catch((caught) => caught);
    assert.deepStrictEqual([error.name, error.message], ["XStateWorkflowError", `Cannot apply event ${message.type ?? message}: Not permitted`]);
  }
}));

test("the states of a machine at every version", () => claiming(async (engine, tell) => {
  await tell("SUBMIT");
  await tell("LEGAL");
  const { states } = await engine.fold("Claim", "c-1", [1, 2, 3, 4]);
  assert.deepStrictEqual(states.map((state) => state.machine.value), [
    "draft", "draft", { review: { legal: "open", money: "open" } }, { review: { legal: "ok", money: "open" } },
  ]);
  assert.deepStrictEqual(states[1].machine.nextEvents, ["SUBMIT"]);
  assert.ok(engine.declared.get("aggregate:Claim").machine.states.review);
}));

test("restoring 500 times writes nothing to the log", () => claiming(async (engine, tell) => {
  await tell("SUBMIT");
  const [history] = engine.world.histories;
  const status = history.events.at(-1);
  const events = Array.from({ length: 500 }, () => status);
  const { states } = await engine.ask({ op: "fold", type: "Claim", id: "c-1", events, at: [250, 500] });
  assert.deepStrictEqual(states[1].machine.value, { review: { legal: "open", money: "open" } });
  assert.deepStrictEqual(engine.logs, []);
}));
