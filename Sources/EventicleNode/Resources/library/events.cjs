"use strict";
// Events and their transport form.
const { newID } = require("../child/clock.cjs");

let source = "unknown-service";

/** Whether an event is in its transport form. */
function isRawEvent(event) {
  return Object.prototype.hasOwnProperty.call(event, "buffer");
}

function isEncodedEvent(event) {
  return "key" in event;
}

/** The library's JSON codec. */
class EventClientJsonCodec {
  async encode(event) {
    return {
      timestamp: event.createdAt,
      key: event.domainId || event.id,
      headers: {
        type: event.type,
        domainId: event.domainId || "",
        id: event.id || newID(),
        source: event.source || "",
        causedById: event.causedById || "",
        causedByType: event.causedByType || "",
        createdAt: `${event.createdAt}`,
        traceparent: event.apmTrace || "",
      },
      buffer: Buffer.from(JSON.stringify(event), "utf8"),
    };
  }

  async decode(encoded) {
    return decoded(encoded);
  }
}

function decoded(encoded) {
  const event = JSON.parse(Buffer.from(encoded.buffer).toString("utf8"));
  const trace = encoded.headers.traceparent?.toString();
  if (trace) event.apmTrace = trace;
  return event;
}

/** An event as the engine takes it. */
function plainEvent(event) {
  if (event === null || typeof event !== "object") {
    throw new TypeError(`An event is an object with a type, but this is ${event === null ? "null" : typeof event}.`);
  }
  return isRawEvent(event) ? decoded(event) : event;
}

module.exports = {
  EventClientJsonCodec, isRawEvent, isEncodedEvent, plainEvent, codec: new EventClientJsonCodec(),
  eventSourceName: () => source, setSource: (name) => { source = name; },
};
