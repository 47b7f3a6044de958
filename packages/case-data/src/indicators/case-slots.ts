import type { IndicatorNoteCode } from "../error.js";
import { CASE_INDICATORS_MAX, CASE_SLOTS, type IndicatorKind, slotCode } from "./kinds.js";
import { readIndicator } from "./read-indicator.js";
import type { Reading, ReadingOptions, Unfit } from "./reading.js";
import { type SlotKey, slotKey } from "./slot-key.js";

/** An indicator as it is written down. */
export interface WrittenIndicator {
  /** Absent if its type is missing, or none that there is. */
  readonly kind?: IndicatorKind;
  readonly text: string;
  /** Header or field that it comes from. */
  readonly column?: string;
}

export interface CaseIndicators {
  /** 1-based line of the file on which the case starts. */
  readonly row: number;
  readonly indicators: readonly WrittenIndicator[];
}

/** What of a case connects nothing, and why. Names where and how to cure it, never the value. */
export interface IndicatorNote {
  readonly row: number;
  readonly column?: string;
  readonly code: IndicatorNoteCode;
  /** So many indicators of the case, or forms of them, are meant. */
  readonly count: number;
  readonly cure: string;
}

export interface SlotOptions extends ReadingOptions {
  /** The organisation's own hotline, mail …: they stand in its cases and connect nothing. */
  readonly own?: readonly WrittenIndicator[];
}

/** One filled slot: what kind of key, and the key. */
export interface Slot {
  readonly code: number;
  readonly key: SlotKey;
}

const CURES: Readonly<Record<IndicatorNoteCode, string>> = {
  INDICATOR_TYPE_UNKNOWN: "Say what kind of indicator it is; it was left out.",
  INDICATOR_UNREADABLE: "The value is none of its kind: correct it, or its kind. It was left out.",
  INDICATOR_VAGUE:
    "Too little is known of the value to tell it from strangers': add what is missing (of a " +
    "phone or plate the country, of an address the town). It was left out.",
  INDICATOR_GENERIC: "A placeholder or a word that many write; it was left out.",
  INDICATOR_OWN: "It is the organisation's own; it was left out.",
  INDICATORS_TOO_MANY:
    `A case has at most ${CASE_INDICATORS_MAX} indicators, and the last ones were left out: put ` +
    "those that matter most first, or split the case.",
  INDICATOR_FORMS_TOO_MANY:
    "The case has so many indicators that some are only found if they are written alike: leave " +
    "out those that matter least.",
};
const CODE_OF: Readonly<Record<Unfit, IndicatorNoteCode>> = {
  unreadable: "INDICATOR_UNREADABLE",
  vague: "INDICATOR_VAGUE",
  generic: "INDICATOR_GENERIC",
};

/** The slots of a reading: exact, then the near forms. */
function slotsOf({ kind, exact, near }: Reading): Slot[] {
  const forms = near.flatMap((text, k): Slot[] =>
    text === undefined
      ? []
      : [{ code: slotCode(kind, "near"), key: slotKey(kind, `near ${k}`, text) }],
  );
  if (exact === undefined) return forms;
  return [{ code: slotCode(kind, "exact"), key: slotKey(kind, "exact", exact) }, ...forms];
}

const nameOf = ({ code, key }: Slot): string => `${code} ${key.join(" ")}`;

/** Makes slots of cases; knows what is the organisation's own. */
export class SlotMaker {
  private readonly options: SlotOptions;
  private readonly own: ReadonlySet<string>;

  constructor(options: SlotOptions = {}) {
    this.options = options;
    const { own = [] } = options;
    this.own = new Set(
      own.flatMap(({ kind, text }) => {
        const readings = kind === undefined ? [] : readIndicator(kind, text, options);
        return typeof readings === "string" ? [] : readings.flatMap(slotsOf).map(nameOf);
      }),
    );
  }

  /**
   * At most `CASE_SLOTS` different slots of a case: exact keys of its first `CASE_INDICATORS_MAX`
   * indicators, then near ones, first forms first. What was left out has a note.
   */
  slots({ row, indicators }: CaseIndicators): { slots: Slot[]; notes: IndicatorNote[] } {
    const notes = new Map<string, IndicatorNote>();
    const note = (code: IndicatorNoteCode, column?: string): void => {
      const key = `${code} ${column ?? ""}`;
      const count = (notes.get(key)?.count ?? 0) + 1;
      const where = { row, ...(column !== undefined && { column }) };
      notes.set(key, { ...where, code, count, cure: CURES[code] });
    };
    const kept = new Map<string, Slot[]>();
    for (const { text, kind, column } of indicators) {
      const readings = kind === undefined ? undefined : readIndicator(kind, text, this.options);
      if (readings === undefined) note("INDICATOR_TYPE_UNKNOWN", column);
      else if (typeof readings === "string") note(CODE_OF[readings], column);
      else {
        for (const slots of readings.map(slotsOf)) {
          const name = slots.map(nameOf).join("; ");
          if (slots.some((slot) => this.own.has(nameOf(slot)))) note("INDICATOR_OWN", column);
          else if (kept.has(name)) continue;
          else if (kept.size >= CASE_INDICATORS_MAX) note("INDICATORS_TOO_MANY", column);
          else kept.set(name, slots);
        }
      }
    }
    const depth = Math.max(0, ...[...kept.values()].map(({ length }) => length));
    const inOrder = Array.from({ length: depth }, (_, k) =>
      [...kept.values()].flatMap((slots) => slots.slice(k, k + 1)),
    ).flat();
    const distinct = [...new Map(inOrder.map((slot) => [nameOf(slot), slot])).values()];
    for (const _ of distinct.slice(CASE_SLOTS)) note("INDICATOR_FORMS_TOO_MANY");
    return { slots: distinct.slice(0, CASE_SLOTS), notes: [...notes.values()] };
  }
}
