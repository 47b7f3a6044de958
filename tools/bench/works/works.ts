import { and } from "./and.js";
import { compare } from "./compare.js";
import { count } from "./count.js";
import { equal } from "./equal.js";
import { join } from "./join.js";
import { lessThan } from "./less-than.js";
import { link } from "./link.js";
import { lookUpOne } from "./look-up.js";
import { mul } from "./mul.js";
import { persons } from "./persons.js";
import { sort } from "./sort.js";
import { wan } from "./wan.js";
import type { Work } from "./work.js";

/** Every bench of three parties, in the order of the help. */
export const WORKS: readonly Work[] = [
  compare,
  and,
  mul,
  lessThan,
  equal,
  sort,
  join,
  wan,
  link,
  lookUpOne,
  persons,
  count,
];

export const workCalled = (name: string): Work | undefined =>
  WORKS.find((work) => work.name === name);
