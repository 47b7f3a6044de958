import { pino } from "pino";

/** All that a log line may hold. Names and counts; never content, keys, or what a person typed. */
export interface LogFields {
  readonly run?: string;
  readonly attempt?: number;
  readonly state?: string;
  readonly dataset?: string;
  readonly peer?: string;
  readonly isUp?: boolean;
  readonly code?: string;
  readonly reason?: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly port?: number;
  readonly version?: string;
  readonly count?: number;
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const ALLOWED: readonly (keyof LogFields)[] = [
  "run",
  "attempt",
  "state",
  "dataset",
  "peer",
  "isUp",
  "code",
  "reason",
  "method",
  "route",
  "status",
  "durationMs",
  "port",
  "version",
  "count",
];
const TEXT_MAX = 300;

/** What is left of `fields` for a log line, also if more was smuggled past the types. */
export function allowedFields(fields: LogFields): LogFields {
  const kept: Record<string, unknown> = {};
  for (const name of ALLOWED) {
    const value = fields[name];
    if (value === undefined || typeof value === "object") continue;
    kept[name] = typeof value === "string" ? value.slice(0, TEXT_MAX) : value;
  }
  return kept;
}

/** Lines of JSON on standard error, with allowed fields only. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = { level, base: null };
  const out = pino(options, destination ?? pino.destination(2));
  return {
    info: (event, fields = {}) => out.info(allowedFields(fields), event),
    warn: (event, fields = {}) => out.warn(allowedFields(fields), event),
    error: (event, fields = {}) => out.error(allowedFields(fields), event),
  };
}
