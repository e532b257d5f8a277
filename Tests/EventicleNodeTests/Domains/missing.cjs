require("./nothing-here");
