import fc from "fast-check";

/**
 * One seed for all property tests, so that a state is as green for the next person as for the last.
 * The long suites draw a new one each time; `SYMBOLON_PROPERTY_SEED` gives any. A failing property
 * prints what it drew.
 */
const FIXED = 20261130;
const given = process.env["SYMBOLON_PROPERTY_SEED"];
const isLong = process.env["SYMBOLON_LONG"] === "1";

if (given !== undefined) fc.configureGlobal({ seed: Number(given) });
else if (!isLong) fc.configureGlobal({ seed: FIXED });
