"use strict";
// A node process with the shim on the other end of three pipes.
const path = require("path");
const { spawn } = require("child_process");
const wire = require("../../../../Sources/EventicleNode/Resources/child/wire.cjs");

const RESOURCES = path.join(__dirname, "../../../../Sources/EventicleNode/Resources");

class Child {
  constructor({ node = process.env.EVENTICLE_NODE || process.execPath, args = [], env = {}, cwd, onMessage }) {
    this.raw = { 1: "", 2: "" };
    this.process = spawn(node, [
      "--enable-source-maps", "--require", path.join(RESOURCES, "child/preload.cjs"), ...args,
      path.join(RESOURCES, "child/main.cjs"),
    ], { stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"], cwd, env: { ...process.env, ...env }, detached: true });
    const reader = new wire.FrameReader();
    this.process.stdio[4].on("data", (chunk) => {
      for (const message of reader.push(chunk)) onMessage(message);
    });
    for (const fd of [1, 2]) this.process.stdio[fd].on("data", (chunk) => { this.raw[fd] += chunk; });
    for (const fd of [3, 5]) this.process.stdio[fd].on("error", () => {});
    this.ended = new Promise((resolve) => {
      this.process.on("close", (code, signal) => resolve({ code, signal, stderr: this.raw[2] }));
    });
  }

  request(message) {
    this.write(3, message);
  }

  answer(message) {
    this.write(5, message);
  }

  write(fd, message) {
    this.process.stdio[fd].write(Buffer.from(wire.frame(JSON.stringify(message))));
  }

  async close() {
    this.process.stdio[3].end();
    return this.ended;
  }

  kill() {
    try {
      process.kill(-this.process.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    return this.ended;
  }
}

module.exports = { Child, RESOURCES };
