/** One version for all packages, in lockstep. */
export const VERSION = "0.1.0";
