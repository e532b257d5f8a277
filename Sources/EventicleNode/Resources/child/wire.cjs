"use strict";
// Frames on the three pipes: four bytes of length, little-endian, then JSON.
const fs = require("fs");
const numbers = require("./numbers.cjs");

const OUT = 4;
const ANSWERS = 5;
const HEAD = 4;

const pause = new Int32Array(new SharedArrayBuffer(4));
let scratch = Buffer.allocUnsafe(1 << 16);

/** Collects chunks into whole messages. */
class FrameReader {
  constructor() {
    this.buffer = Buffer.allocUnsafe(1 << 16);
    this.used = 0;
    this.wanted = HEAD;
  }

  push(chunk) {
    const total = this.used + chunk.length;
    if (total > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(total, this.wanted, this.buffer.length * 2));
      this.buffer.copy(grown, 0, 0, this.used);
      this.buffer = grown;
    }
    chunk.copy(this.buffer, this.used);
    this.used = total;
    const messages = [];
    let start = 0;
    this.wanted = HEAD;
    while (this.used - start >= HEAD) {
      const length = this.buffer.readUInt32LE(start);
      if (this.used - start < HEAD + length) {
        this.wanted = HEAD + length;
        break;
      }
      const from = start + HEAD;
      messages.push(parse(this.buffer.toString("utf8", from, from + length)));
      start = from + length;
    }
    if (start > 0) {
      this.buffer.copyWithin(0, start, this.used);
      this.used -= start;
      if (this.used === 0 && this.buffer.length > 1 << 20) this.buffer = Buffer.allocUnsafe(1 << 16);
    }
    return messages;
  }
}

function parse(text) {
  const message = JSON.parse(text);
  numbers.check(text, message, (said) => send({ log: { level: "warn", text: said } }));
  return message;
}

function frame(text) {
  const most = text.length * 3 + HEAD;
  let buffer = scratch;
  if (most > scratch.length) buffer = Buffer.allocUnsafe(HEAD + Buffer.byteLength(text));
  const length = buffer.write(text, HEAD);
  buffer.writeUInt32LE(length, 0);
  return buffer.subarray(0, HEAD + length);
}

// Something in the process may have made the pipe non-blocking, so both partial writes and EAGAIN occur.
function writeAll(fd, bytes) {
  let from = 0;
  while (from < bytes.length) {
    try {
      from += fs.writeSync(fd, bytes, from, bytes.length - from);
    } catch (error) {
      if (error.code === "EAGAIN") Atomics.wait(pause, 0, 0, 1);
      else if (error.code === "EPIPE") leave();
      else throw error;
    }
  }
}

function readSome(fd, buffer, from, length) {
  for (;;) {
    try {
      return fs.readSync(fd, buffer, from, length, null);
    } catch (error) {
      if (error.code === "EAGAIN") Atomics.wait(pause, 0, 0, 1);
      else if (error.code === "EOF") return 0;
      else throw error;
    }
  }
}

// Nobody is left to answer; handlers of the domain must not run on.
function leave() {
  process.kill(process.pid, "SIGKILL");
}

function send(message) {
  writeAll(OUT, frame(JSON.stringify(message)));
}

/** Sends a message that is JSON text already. */
function sendText(text) {
  writeAll(OUT, frame(text));
}

let answer = Buffer.allocUnsafe(1 << 16);

/** Waits for the answer to the one nested call that is open. */
function receiveAnswer() {
  let used = 0;
  let wanted = HEAD;
  while (used < wanted) {
    const got = readSome(ANSWERS, answer, used, answer.length - used);
    if (got === 0) leave();
    used += got;
    if (used >= HEAD) {
      wanted = HEAD + answer.readUInt32LE(0);
      if (wanted > answer.length) {
        const grown = Buffer.allocUnsafe(wanted);
        answer.copy(grown, 0, 0, used);
        answer = grown;
      }
    }
  }
  const message = parse(answer.toString("utf8", HEAD, wanted));
  if (answer.length > 1 << 22) answer = Buffer.allocUnsafe(1 << 16);
  return message;
}

module.exports = { FrameReader, frame, send, sendText, receiveAnswer };
