"use strict";
// Loaded before everything else. node also runs this in worker threads and in the thread of its
// module hooks, where a second reader of the pipes would swallow requests.
if (require("worker_threads").isMainThread) {
  const clock = require("./clock.cjs");
  clock.install();
  require("./console.cjs").install();
  globalThis[Symbol.for("eventicle.hooks")] = require("./modules.cjs").install();
}
