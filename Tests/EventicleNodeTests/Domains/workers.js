// Threads of its own do not disturb the conversation with the engine.
const { Worker } = require("worker_threads");
const { AsyncResource } = require("async_hooks");
const { dataStore, registerCommand } = require("@eventicle/eventiclejs");

const source = 'const { parentPort } = require("worker_threads"); parentPort.on("message", (n) => parentPort.postMessage(n * 2));';
const worker = new Worker(source, { eval: true });
worker.unref();

// What code runs that was made before any handler has lost the handler's context.
const lose = AsyncResource.bind((body) => body());

registerCommand({
  type: "Lose", streamToEmit: "x",
  execute: async () => ({ response: await lose(() => dataStore().findEntity("system", "x", {})), events: [] }),
});
registerCommand({
  type: "Double", streamToEmit: "x",
  execute: ({ n }) => new Promise((resolve) => {
    worker.once("message", (response) => resolve({ response, events: [] }));
    worker.postMessage(n);
  }),
});
