"use strict";
// Numbers that JavaScript cannot hold: exact in the log, rounded here.
const LONG = /[:[,]\s*-?\d{16,}(?=[\s,\]}])/;
const warned = new Set();

function find(value, type, path, tell) {
  if (typeof value === "number") {
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER && Math.abs(value) < 1e21) tell(type, path);
  } else if (Array.isArray(value)) {
    value.forEach((one, index) => find(one, type, `${path}[${index}]`, tell));
  } else if (value !== null && typeof value === "object") {
    const own = typeof value.type === "string" ? value.type : undefined;
    for (const name of Object.keys(value)) {
      find(value[name], own ?? type, own || !path ? name : `${path}.${name}`, tell);
    }
  }
}

/** Says once for each type that some of its numbers are rounded. */
function check(text, message, say) {
  if (!LONG.test(text)) return;
  find(message, "a message", "", (type, path) => {
    if (warned.has(type)) return;
    warned.add(type);
    say(`${path} of ${type} has more digits than JavaScript's numbers hold and is rounded here; the log keeps it as it is`);
  });
}

module.exports = { check };
