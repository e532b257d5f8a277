import { registerCommand } from "@eventicle/eventiclejs";

registerCommand({
  type: "Typed", streamToEmit: "typed",
  execute: async (data: { text: string }) => ({ response: data.text, events: [] }),
});
