"use strict";
// Commands: registering, dispatching, carrying out.
const { enter } = require("../child/contexts.cjs");
const { declare, find } = require("./registry.cjs");
const { plainEvent } = require("./events.cjs");
const { transaction } = require("./store.cjs");
const { emit } = require("./client.cjs");
const { AggregateRoot, stateOf } = require("./aggregates.cjs");
const { asJSON } = require("../child/show.cjs");
const errors = require("../child/errors.cjs");

const KEPT = 256;
const returned = new Map();

function parameters(source) {
  const destructured = /^(?:async\s*)?(?:function\b[^(]*|[\w$]+\s*)?\(\s*\{([^}]*)\}/.exec(source);
  if (destructured) {
    return destructured[1].split(",").map((part) => /^\s*([\w$]+)/.exec(part)?.[1]).filter(Boolean);
  }
  const name = /^(?:async\s*)?(?:function\b[^(]*|[\w$]+\s*)?\(?\s*([\w$]+)/.exec(source)?.[1];
  return name ? members(source, name) : [];
}

function members(source, name) {
  const found = new RegExp(`(?<![.\\w$])${name.replace(/\$/g, "\\$&")}(?:\\.data)?\\??\\.([A-Za-z_$][\\w$]*)`, "g");
  const picked = new RegExp(`\\{([^{}]*)\\}\\s*=\\s*${name.replace(/\$/g, "\\$&")}(?:\\.data)?\\b`).exec(source);
  const names = [...source.matchAll(found)].map((one) => one[1]);
  if (picked) names.push(...picked[1].split(",").map((part) => /^\s*([\w$]+)/.exec(part)?.[1]).filter(Boolean));
  return names;
}

/** The members of its data that a handler seems to read; a help for completion, never checked. */
function fieldsOf(execute, isTenant) {
  try {
    const hidden = isTenant ? ["data", "workspaceId", "type", "lock"] : [];
    return [...new Set(parameters(Function.prototype.toString.call(execute)))]
      .filter((name) => !hidden.includes(name)).slice(0, 24);
  } catch {
    return [];
  }
}

function register(command, isTenant) {
  declare(`command:${command.type}`, {
    kind: "command", type: command.type, stream: String(command.streamToEmit ?? ""),
    fields: fieldsOf(command.execute, isTenant), tenant: isTenant,
  }, { command, isTenant });
}

// An aggregate holds its history and its machine; people want to see its state.
function shown(response) {
  return response instanceof AggregateRoot ? stateOf(response) : asJSON(response);
}

/** Carries out a command for the engine. */
async function carryOut({ q, d, type, data, intent }) {
  const { command, isTenant } = find(d);
  const whole = intent || isTenant
    ? { workspaceId: intent?.workspaceId ?? "single", type, ...(intent?.lock && { lock: intent.lock }), data }
    : data;
  const result = await command.execute(whole);
  const events = [...(result?.events ?? [])].map(plainEvent);
  returned.set(q, { result, events });
  if (returned.size > KEPT) returned.delete(returned.keys().next().value);
  const answer = { response: shown(result?.response), events };
  if (result?.webError) answer.webError = errors.describe(result.webError);
  return answer;
}

// The caller in this process gets what the handler returned, not a copy: a response may have methods.
function replyOf(answer) {
  const known = answer.by === undefined ? undefined : returned.get(answer.by);
  if (known) {
    const { result, events } = known;
    const made = answer.events ?? [];
    const own = made.slice(made.length - events.length);
    events.forEach((event, index) => own[index] && Object.assign(event, completed(own[index])));
    return result;
  }
  const reply = { response: answer.response ?? undefined, events: answer.events ?? [] };
  if (answer.webError) reply.webError = errors.revive(answer.webError);
  return reply;
}

function completed({ data, ...rest }) {
  return rest;
}

async function dispatchCommand(intent) {
  return replyOf(await enter("dispatch", { type: intent.type, data: intent.data }));
}

async function dispatchTenantCommand(intent, dataOnly = false) {
  if (dataOnly) return dispatchCommand(intent);
  const { workspaceId, type, lock, data } = intent;
  return replyOf(await enter("dispatch", { type, data, intent: { workspaceId, lock } }));
}

/** Runs a function as a command without a name. */
async function dispatchDirectCommand(command, streamToEmit, options) {
  const result = await transaction("direct command", async () => {
    const made = await command();
    if (made?.events) await emit(made.events, streamToEmit);
    return made;
  }, options);
  if (result?.webError) throw result.webError;
  return result?.response;
}

module.exports = {
  registerCommand: (command) => register(command, false),
  registerTenantCommand: (command) => register(command, true),
  dispatchCommand, dispatchTenantCommand, dispatchDirectCommand, carryOut, fieldsOf,
};
