import type { Context } from "./context.js";

/**
 * Begins `count` tasks in order, at most `limit` at once, and joins the steps that they return.
 * A task that waited for an earlier one gets that one's step: its rounds come after.
 */
export async function inFlight(
  ctx: Context,
  limit: number,
  count: number,
  task: (index: number, after: Context) => Promise<Context>,
): Promise<void> {
  let index = 0;
  const line = async (): Promise<Context> => {
    let last = ctx;
    while (index < count) {
      const mine = index;
      index += 1;
      last = await task(mine, last);
    }
    return last;
  };
  const lines = Array.from({ length: Math.min(limit, count) }, line);
  ctx.join(...(await Promise.all(lines)));
}
