import { compareWork } from "./compare.js";
import { defineWork, type Work } from "./work.js";

/** The comparison between towns: 30 ms one way and 100 Mbit/s on each link and direction. */
export const wan: Work = defineWork({
  ...compareWork,
  name: "wan",
  about: "compare over slow links: 30 ms one way, 100 Mbit/s per link and direction",
  link: { latencyMs: 30, mbit: 100 },
  goals: ({ rows, dims }) =>
    rows === 5000 && dims === 512
      ? { in: "seconds", must: 90, aim: 45, references: {} }
      : undefined,
});
