"use strict";
// Jobs that code schedules by itself; the engine keeps the times.
const { call } = require("../child/contexts.cjs");
const { declare, find } = require("./registry.cjs");

class LocalScheduleJobRunner {
  async addScheduleTaskListener(component, exec) {
    const d = `jobs:${component}`;
    let listeners;
    try {
      listeners = find(d);
    } catch {
      listeners = [];
      declare(d, { kind: "jobs", component: String(component) }, listeners);
    }
    listeners.push(exec);
  }

  async addScheduledTask(component, name, id, config, data) {
    const args = { component: String(component), name: String(name), id: String(id), data };
    if (config.isCron) args.cron = String(config.crontab);
    else args.ms = Number(config.timeout);
    await call("jobAdd", args);
  }

  async removeSchedule(component, name, id) {
    await call("jobRemove", { component: String(component), name: String(name), id: String(id) });
  }

  async hasSchedule(component, name, id) {
    return call("jobHas", { component: String(component), name: String(name), id: String(id) });
  }

  // The engine has them all, before and after a start.
  async startup() {}

  clearAllTimers() {}
}

/** Tells the listeners of a component that a job is due. */
async function job({ d, name, id, data }) {
  for (const listener of find(d)) await listener(name, id, data);
  return null;
}

const runner = new LocalScheduleJobRunner();

module.exports = { LocalScheduleJobRunner, scheduler: () => runner, job };
