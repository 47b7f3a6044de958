#!/usr/bin/env node
// `symbolon` from a clone: the same door as `npm run symbolon --`, for those who link the program.
process.argv.splice(2, 0, "symbolon");
await import("./bootstrap.mjs");
