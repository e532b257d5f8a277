"use strict";
// How long after they happened events were handled, in milliseconds, as the library's metrics() says.
const { now } = require("../child/clock.cjs");

const latencies = { "view-latency": {}, "adapter-latency": {}, "saga-latency": {} };

/** Notes that a consumer has handled an event. */
function measure(kind, name, event) {
  const own = (latencies[kind][name] ??= { latest: 0 });
  own.latest = now() - (event.createdAt ?? event.timestamp);
  if (event.type !== undefined) own[event.type] = own.latest;
}

module.exports = { measure, latencies, metrics: () => ({ ...latencies }) };
