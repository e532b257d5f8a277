"use strict";
// What each request of the engine runs.
const { find } = require("../library/registry.cjs");
const { inTransaction, runBody, bodyContext } = require("../library/store.cjs");
const commands = require("../library/commands.cjs");
const consumers = require("../library/consumers.cjs");
const sagas = require("../library/sagas.cjs");
const scheduler = require("../library/scheduler.cjs");
const aggregates = require("../library/aggregates.cjs");
const errors = require("./errors.cjs");

/** Tells a declaration's own error handler that its work failed. */
async function failed(request) {
  const body = find(request.d);
  const error = errors.revive(request.error);
  if (body.kind) await body.failed(request.event, error);
  else await sagas.failed(body, request, error);
  return null;
}

/** The context whose handler asked for a transaction of its own. */
function bodyOwner({ n }) {
  return bodyContext(n);
}

const handlers = {
  command: (request) => inTransaction(() => commands.carryOut(request)),
  deliver: (request) => inTransaction(() => consumers.deliver(request)),
  failed: (request) => inTransaction(() => failed(request)),
  route: sagas.route,
  step: (request) => inTransaction(() => sagas.step(request)),
  fold: aggregates.fold,
  job: (request) => inTransaction(() => scheduler.job(request)),
  body: ({ n }) => runBody(n).then(() => null),
  ping: () => null,
};

module.exports = { handlers, bodyOwner };
