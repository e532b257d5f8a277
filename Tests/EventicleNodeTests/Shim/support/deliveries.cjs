"use strict";
// Who gets an event, and when timers are due: views, then sagas, then adapters, breadth first.
const { timersOf } = require("./world.cjs");
const { next } = require("./cron.cjs");

const ORDER = { view: 0, saga: 1, adapter: 2, subscription: 3 };

class Deliveries {
  offer(event) {
    const consumers = [...this.declared.values()].filter((one) => one.streams?.includes(event.stream));
    consumers.sort((one, other) => ORDER[one.kind] - ORDER[other.kind]);
    for (const { d } of consumers) this.world.queue.push({ d, event });
  }

  async settle() {
    while (this.world.queue.length > 0) {
      const { d, event } = this.world.queue.shift();
      const said = this.declared.get(d);
      if (said) await this.deliver(said, event);
    }
  }

  async deliver(said, event) {
    const h = `${said.kind} ${said.name} / on ${event.type}`;
    const isReal = said.kind === "adapter" || said.mode === "hot";
    try {
      await this.step(async () => {
        this.handled = event;
        if (said.kind === "saga") await this.sagaEvent(said, event);
        else await this.ask({ op: "deliver", d: said.d, h, event, ...(isReal && { real: true }) });
      });
    } catch (error) {
      await this.failed(said, h, error, { event });
    } finally {
      this.handled = undefined;
    }
  }

  async failed(said, h, error, what) {
    this.world.parked.push({ h, error });
    if (!said.onError) return;
    const fields = { op: "failed", d: said.d, h: `${said.kind} ${said.name} / on failure`, error: this.failure(error) };
    await this.step(() => this.ask({ ...fields, ...what })).catch((other) => this.world.parked.push({ h, error: other }));
  }

  async sagaEvent(said, event) {
    const types = [...said.starts, ...said.every, ...said.on.map((one) => one.type)];
    if (!types.includes(event.type)) return;
    const route = await this.ask({ op: "route", d: said.d, h: `saga ${said.name} / route`, event });
    const h = `saga ${said.name} / on ${event.type}`;
    if (route.every) await this.ask({ op: "step", d: said.d, h, every: true, event });
    const wanted = route.match?.value ?? null;
    const found = wanted === null ? [] : this.world.instances.filter((one) =>
      one.saga === said.name && !one.ended && one.data[route.match.property] === wanted);
    for (const instance of found) await this.sagaStep(said, instance, { h, event, start: false });
    if (found.length > 0 || !route.starts) return;
    const instance = {
      saga: said.name, id: event.domainId ?? this.world.id(said.name), data: {}, events: [], ended: false,
      createdAt: this.world.now,
    };
    this.world.instances.push(instance);
    await this.sagaStep(said, instance, { h: `saga ${said.name} / start on ${event.type}`, event, start: true });
  }

  async sagaStep(said, instance, what) {
    const timers = timersOf(this.world, instance);
    const done = await this.ask({ op: "step", d: said.d, id: instance.id, data: instance.data, timers, ...what });
    // A rollback has put another object in the world's place, so it is looked up again.
    const own = this.world.instances.find((one) => one.saga === instance.saga && one.id === instance.id);
    own.data = done.data;
    if (what.event) own.events.push(what.event);
    for (const { name, ms, cron, remove } of done.timers) {
      const key = JSON.stringify([said.name, own.id, name]);
      if (remove) this.world.disarm(key);
      else this.world.arm(key, { saga: said.name, instance: own.id, name, ms, cron });
    }
    if (!done.ended) return;
    own.ended = true;
    this.world.timers = this.world.timers.filter((one) => one.saga !== said.name || one.instance !== own.id);
    if (!done.keep) this.world.instances = this.world.instances.filter((one) => one !== own);
  }

  async advanceTo(instant) {
    for (;;) {
      const due = this.world.timers.filter((one) => one.due <= instant).sort((a, b) => a.due - b.due)[0];
      if (!due) break;
      this.world.now = due.due;
      if (due.cron) due.due = next(due.cron, due.due);
      else this.world.timers = this.world.timers.filter((one) => one !== due);
      await this.fire(due);
      await this.settle();
    }
    this.world.now = instant;
  }

  async fire(timer) {
    const d = timer.job ? `jobs:${timer.job.component}` : `saga:${timer.saga}`;
    const said = this.declared.get(d);
    if (!said) return;
    const h = timer.job ? `job ${timer.job.component}/${timer.job.name}` : `saga ${timer.saga} / timer ${timer.name}`;
    try {
      await this.step(async () => {
        if (timer.job) return this.ask({ op: "job", d, h, ...timer.job });
        const instance = this.world.instances.find((one) => one.saga === timer.saga && one.id === timer.instance);
        return instance && this.sagaStep(said, instance, { h, timer: timer.name, start: false });
      });
    } catch (error) {
      await this.failed(said, h, error, { timer: timer.name });
    }
  }
}

module.exports = { Deliveries };
