import "@eventicle/eventiclejs";
throw new Error("thrown while loading");
