const { registerCommand } = require("@eventicle/eventiclejs");

function fail() {
  throw new TypeError("not today");
}
registerCommand({ type: "A", streamToEmit: "a", execute: async () => ({ events: [] }) });
fail();
