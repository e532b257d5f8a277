"use strict";
// What the domain declared, by key.
const wire = require("../child/wire.cjs");
const { current } = require("../child/contexts.cjs");
const { here } = require("../child/places.cjs");

const declared = new Map();
const groups = new Map();

/** Announces a declaration and keeps what it runs. */
function declare(d, said, body) {
  const { kind, ...rest } = said;
  const message = { declare: { kind, d, ...rest, at: here() } };
  const q = current()?.q;
  if (q !== undefined) message.q = q;
  if (body !== undefined) declared.set(d, body);
  wire.send(message);
}

/** What a request's key names; throws when the domain of this process does not have it. */
function find(d) {
  const body = declared.get(d);
  if (body === undefined) throw new Error(`${d} is not declared by what was loaded.`);
  return body;
}

/** Takes a consumer group, of which there may be one only. */
function takeGroup(group) {
  if (!groups.has(group)) return;
  throw new Error(`Consumer Group has subscribed multiple times, this is a bug, error ${group}`);
}

/** Declares a consumer of events and returns what closes it. */
function subscribe(d, said, body) {
  takeGroup(said.group);
  declare(d, said, body);
  groups.set(said.group, d);
  return {
    close: async () => {
      if (groups.get(said.group) !== d || declared.get(d) !== body) return;
      groups.delete(said.group);
      declared.delete(d);
      wire.send({ close: { d } });
    },
  };
}

/** Closes every consumer. */
function closeAll() {
  for (const d of groups.values()) {
    declared.delete(d);
    wire.send({ close: { d } });
  }
  groups.clear();
}

function streamsOf(streams) {
  if (streams === undefined || streams === null) return [];
  return (Array.isArray(streams) ? streams : [streams]).map(String);
}

module.exports = { declare, find, subscribe, closeAll, streamsOf };
