"use strict";
// The next instant of a cron expression with five or six fields, in UTC; enough for tests.
function fits(field, value) {
  return field.split(",").some((part) => {
    const [range, step] = part.split("/");
    const [low, high] = range === "*" ? [0, 99] : range.includes("-") ? range.split("-").map(Number) : [Number(range), Number(range)];
    return value >= low && value <= high && (value - low) % Number(step ?? 1) === 0;
  });
}

function next(expression, after) {
  const fields = expression.trim().split(/\s+/);
  const hasSeconds = fields.length === 6;
  const size = hasSeconds ? 1000 : 60000;
  const [second, minute, hour, day, month, weekday] = hasSeconds ? fields : ["0", ...fields];
  for (let at = Math.floor(after / size) * size + size, tries = 0; tries < 600000; at += size, tries += 1) {
    const date = new Date(at);
    if (fits(second, date.getUTCSeconds()) && fits(minute, date.getUTCMinutes()) && fits(hour, date.getUTCHours())
      && fits(day, date.getUTCDate()) && fits(month, date.getUTCMonth() + 1) && fits(weekday, date.getUTCDay())) return at;
  }
  throw new Error(`${expression} is never due.`);
}

module.exports = { next };
