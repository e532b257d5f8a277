"use strict";
const a = 1;
const x = ;
