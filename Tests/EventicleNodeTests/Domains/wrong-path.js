require("@eventicle/eventiclejs/dist/events/sagas");
