// Threads of its own do not disturb the conversation with the engine.
const { Worker } = require("worker_threads");
const { registerCommand } = require("@eventicle/eventiclejs");

const source = 'const { parentPort } = require("worker_threads"); parentPort.on("message", (n) => parentPort.postMessage(n * 2));';
const worker = new Worker(source, { eval: true });
worker.unref();

registerCommand({
  type: "Double", streamToEmit: "x",
  execute: ({ n }) => new Promise((resolve) => {
    worker.once("message", (response) => resolve({ response, events: [] }));
    worker.postMessage(n);
  }),
});
