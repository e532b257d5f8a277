"use strict";
// @eventicle/eventicle-utilities: log, locks, tracing that traces nothing.
const { inspect } = require("util");
const { log, logError } = require("../child/console.cjs");
const { call, current } = require("../child/contexts.cjs");
const { brief, here } = require("../child/places.cjs");

function said(message, value) {
  if (value === undefined || value === null || value === "") return String(message);
  let text;
  try {
    text = value instanceof Error ? `${value.name}: ${value.message}` : JSON.stringify(value);
  } catch {
    text = inspect(value, { depth: 3, breakLength: Infinity });
  }
  return `${message}: ${text}`;
}

function at(level) {
  return (message, value) => {
    const error = value instanceof Error ? value : value?.error;
    log(level, said(message, value), undefined, error?.stack);
  };
}

const logger = {
  log: at("info"), info: at("info"), warn: at("warn"), error: at("error"), debug: at("debug"),
  verbose: at("debug"), trace: at("trace"), rainbow: at("info"), close() {},
};

/** Says once from where it is set that something of the team's own is not used. */
function ignored(name, why) {
  return () => {
    const place = here();
    log("info", `${name} is accepted and not used; ${why} (${brief(place)})`, place);
  };
}

const setLogApi = ignored("setLogApi", "lines go to the log of the console");

function isError(value) {
  return Boolean(value && value.stack && value.message);
}

function get(source, field) {
  return String(field).split(".").reduce((value, name) => value?.[name], source);
}

const loggerUtil = {
  isError,
  maybeRenderError(data) {
    if (!isError(data)) return { ...data };
    return { error: { ...data, message: data.message, name: data.name, stack: data.stack } };
  },
  maybeInsertContext(context, source, ...fields) {
    for (const field of fields) {
      const value = get(source, field);
      if (value !== undefined) context[field] = value;
    }
    return context;
  },
  maybeInsertInlineContext(message, source, ...fields) {
    return fields.reduce((text, field) => {
      const value = get(source, field);
      return value === undefined ? text : `${text} [${field}=${value}]`;
    }, message);
  },
  getFileNameAndLineNumber() {
    const [, file, line] = /^(.*):(\d+):\d+$/.exec(here() ?? "") ?? [];
    return { file, lineno: line && Number(line), timestamp: new Date().toISOString() };
  },
  proxyLogger: (inner) => inner,
  handleTopLevelContextualError: (info) => ({ ...info, ...loggerUtil.maybeRenderError(info) }),
  handleNestedContextualError: (info) => ({ ...info, ...loggerUtil.maybeRenderError(info.error) }),
};

const noSpan = {
  rawSpan: () => null, addLabels: () => null, setType: () => null, getCurrentTraceID: () => null, end: () => null,
};
let apm = {
  rawApm: () => null, getCurrentTraceIds: () => ({}), getCurrentSpan: () => noSpan,
  getCurrentTransaction: () => ({ traceparent: null, startSpan: () => noSpan }),
  startTransaction() {}, endTransaction: () => null,
};

async function span(name, labels, body) {
  const one = apm.getCurrentTransaction?.()?.startSpan(name);
  one?.addLabels(labels);
  try {
    return await body(one);
  } finally {
    one?.end();
  }
}

function elasticApmEventicle(raw) {
  return { ...apm, rawApm: () => raw };
}

const locks = {
  async withLock(id, onLock, onLockFailure) {
    return locked(id, false, onLock, onLockFailure);
  },
  async tryLock(id, onLock, onLockFailure) {
    return locked(id, true, onLock, onLockFailure);
  },
};

// Outside handlers there is nothing to hold a lock for: every call is an input of its own.
async function locked(id, isTry, onLock, onLockFailure) {
  if (current() && !(await call("lock", { id: String(id), try: isTry }))) return onLockFailure?.();
  return onLock();
}

function hashCode(text) {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

module.exports = {
  logger, loggerUtil, setLogApi, ignored, logError, span, hashCode, pause, elasticApmEventicle,
  getAPM: () => apm, setEventicleApm: (one) => { apm = one; },
  withAPM: async (body) => body(apm),
  getApmCurrentTraceIds: () => apm.getCurrentTraceIds?.(),
  getApmTraceparent: () => apm.getCurrentSpan?.()?.getCurrentTraceID() ?? undefined,
  lockManager: () => locks,
  setLockManager: ignored("setLockManager", "the engine holds the locks"),
};
