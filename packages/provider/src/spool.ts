/**
 * Keeps sealed chunks between sealing and sending, so that a broken upload goes on where it
 * stopped, even after a restart. Holds ciphertext only.
 */
export interface Spool {
  put(name: string, sealed: Uint8Array): Promise<void>;
  /** The bytes, or `undefined` if they are not there. */
  get(name: string): Promise<Uint8Array | undefined>;
}

/** A chunk's name in a spool: no two chunks share one, and it is safe as a file name. */
export const chunkName = (node: number, table: string, column: string, chunk: number): string =>
  `${node}-${table}-${column}-${chunk}.sealed`;

/** A spool in memory, for browsers and small lists. */
export function memorySpool(): Spool {
  const kept = new Map<string, Uint8Array>();
  return {
    async put(name, sealed) {
      kept.set(name, sealed);
    },
    async get(name) {
      return kept.get(name);
    },
  };
}
