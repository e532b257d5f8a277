"use strict";
// Domains of the tests, run by the stand-in engine.
const path = require("path");
const { withDomain } = require("./engine.cjs");

const DOMAINS = path.join(__dirname, "../../Domains");
const STAND_INS = path.join(__dirname, "../../StandIns/node_modules");

function domain(name) {
  return path.join(DOMAINS, name);
}

/** Runs a body with a loaded domain. */
function running(name, body, options = {}) {
  const paths = [process.env.EVENTICLE_XSTATE && path.dirname(process.env.EVENTICLE_XSTATE), STAND_INS].filter(Boolean);
  const env = { NODE_PATH: paths.join(path.delimiter), ...options.env };
  return withDomain(path.isAbsolute(name) ? name : domain(name), body, { ...options, env });
}

module.exports = { running, domain, STAND_INS };
