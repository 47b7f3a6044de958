import { z } from "zod";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const RunIdText = z.string().regex(/^[0-9a-f]{32}$/);
const ROOTS_MAX = 65;
/** Lists of one asker that are remembered against one list, in an epoch. */
export const ASKED_LISTS_MAX = 32;

const Mark = z.strictObject({ size: z.int().min(0), root: Hash });

/** Where a node stands in a run, as it tells its peers. */
const RunHello = z.strictObject({
  kind: z.literal("hello"),
  /** The hash of the request that this node decided on, and the roots of the datasets it holds. */
  request: Hash,
  datasets: z.array(Hash).max(ROOTS_MAX),
  /** `ready`: will begin `attempt` once all three are; `finished`: has its result of `attempt`. */
  phase: z.enum(["ready", "finished"]),
  attempt: z.int().min(1).max(1_000),
  /** Hash of what this node checks about values in this run. */
  inputRules: Hash,
  /** Roots of the datasets whose values this node has found to keep just these rules. */
  checked: z.array(Hash).max(ROOTS_MAX),
  /** Runs and roots of what the asker has asked about before, as this node remembers it. */
  asked: z.array(z.strictObject({ run: RunIdText, root: Hash })).max(ROOTS_MAX * ASKED_LISTS_MAX),
  wantsReply: z.boolean(),
  /** How far this node's disclosure ledger has come, and the listener's when last heard of. */
  ledger: Mark,
  seen: Mark.nullable(),
});

/** The run will not begin at this node. */
const RunRefuse = z.strictObject({
  kind: z.literal("refuse"),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
  reason: z.string().max(500),
});

const RunMessage = z.discriminatedUnion("kind", [RunHello, RunRefuse]);
export type RunHello = z.infer<typeof RunHello>;
export type RunMessage = z.infer<typeof RunMessage>;

/** A message about a run from a peer, or `undefined` if it is none. */
export const parseRunMessage = (body: unknown): RunMessage | undefined =>
  RunMessage.safeParse(body).data;
