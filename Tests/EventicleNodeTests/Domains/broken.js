const { registerCommand } = require("@eventicle/eventiclejs");

registerCommand({ type: "A", streamToEmit: "a" execute: async () => ({ events: [] }) });
