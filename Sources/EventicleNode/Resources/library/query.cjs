"use strict";
// Queries of the library: as the engine reads them, and over values that only this process has.
const SPELLED = /[.[\]"\\]|^(AND|OR|NOT|AT)$|^$/;

function condition(name, said) {
  if (said === undefined) return { NOT: at(name, { op: "EXISTS", value: true }) };
  if (typeof said === "object" && said !== null && said.op === "OBJECT" && typeof said.value === "string") {
    return at(name, { op: "OBJECT", value: JSON.parse(said.value) });
  }
  return at(name, said);
}

function at(name, said) {
  if (!SPELLED.test(name)) return { [name]: said };
  const isOperation = typeof said === "object" && said !== null && said.op !== undefined;
  const operation = isOperation ? said : { op: "EQ", value: said };
  return { AT: { path: [name], ...operation } };
}

/** A query as the engine reads it. */
function formOf(query) {
  const parts = Object.keys(query ?? {}).map((name) => condition(name, query[name]));
  const names = new Set(parts.flatMap(Object.keys));
  if (names.size === parts.length) return Object.assign({}, ...parts);
  return { AND: parts };
}

/** A sort order as the engine reads it. */
function sortOf(sorting) {
  const order = Object.entries(sorting ?? {});
  return order.map(([name, way]) => [name, way === "DESC" ? "DESC" : "ASC"]);
}

function includes(whole, part) {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((one) => whole.some((item) => includes(item, one)));
  }
  if (typeof part === "object" && part !== null) {
    if (typeof whole !== "object" || whole === null) return false;
    return Object.keys(part).every((name) => name in whole && includes(whole[name], part[name]));
  }
  return whole === part;
}

function isLike(value, steps, text) {
  for (const step of steps) value = value?.[step];
  if (Array.isArray(value)) return value.some((one) => typeof one === "string" && one.includes(text));
  return value !== undefined && value !== null && typeof value !== "object" && `${value}`.includes(text);
}

const OPERATORS = {
  EQ: (has, value) => has === value,
  GT: (has, value) => has > value,
  GTE: (has, value) => has >= value,
  LT: (has, value) => has < value,
  LTE: (has, value) => has <= value,
  BETWEEN: (has, [low, high]) => has >= low && has <= high,
  IN: (has, value) => Array.isArray(value) && value.includes(has),
  OBJECT: (has, value, content) => includes(content, typeof value === "string" ? JSON.parse(value) : value),
  LIKE: (has, value, content) => isLike(content, value.path, value.like),
  ARRAY_CONTAINS: (has, value) => Array.isArray(has) && has.some((one) => includes(one, value)),
};

/** Whether content is what a query asks for. */
function matches(query, content) {
  return Object.entries(query ?? {}).every(([name, said]) => {
    if (typeof said !== "object" || said === null) return content[name] === said;
    const operator = OPERATORS[said.op];
    if (!operator) throw new Error(`There is no query operator "${said.op}"; there are ${Object.keys(OPERATORS).join(" ")}.`);
    return operator(content[name], said.value, content);
  });
}

/** Records in the order that was asked for. */
function sorted(records, sorting) {
  const order = sortOf(sorting);
  if (order.length === 0) return records;
  return [...records].sort((a, b) => {
    for (const [name, way] of order) {
      const [one, other] = [a.content[name], b.content[name]];
      if (one === other) continue;
      return (one > other) === (way === "DESC") ? -1 : 1;
    }
    return 0;
  });
}

/** One page of a list, counted from 1; all of it without a page or a size. */
function paged(list, page, size) {
  if (size === undefined || size === null || page === undefined || page === null) return list;
  const start = Math.max(0, size * page - size);
  return list.slice(start, start + size);
}

module.exports = { formOf, sortOf, matches, sorted, paged };
