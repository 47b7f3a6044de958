import type { DatasetId, SpaceId } from "@symbolon/base/id";
import {
  type Check,
  hash,
  identifier,
  integer,
  list,
  oneOf,
  record,
  text,
} from "@symbolon/governance/check";
import { type Envelope, parseEnvelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import { ROWS_MAX } from "@symbolon/governance/schema";
import { ProviderError } from "./error.js";

/**
 * What a provider keeps of a submission, on its own computer only: the nodes' receipts, and which
 * line of the source file each (shuffled, padded) row stands for. An answer is a row number; only
 * whoever has this file and the source can tell whose it is.
 */
export interface ReceiptFile {
  readonly version: 1;
  readonly kind: "symbolon-receipt";
  readonly space: SpaceId;
  readonly dataset: DatasetId;
  readonly root: Hash;
  /** The source file's name, for people. */
  readonly source: string;
  /** Line of the source file (from 1) for each row of the dataset; 0 for padding. */
  readonly lines: readonly number[];
  readonly receipts: readonly Envelope[];
}

const receiptFile: Check<ReceiptFile> = record<ReceiptFile>({
  version: oneOf(1),
  kind: oneOf("symbolon-receipt"),
  space: identifier,
  dataset: identifier,
  root: hash,
  source: text(1_000),
  lines: list(integer(0, 2 ** 32), 0, ROWS_MAX),
  receipts: list(parseEnvelope, 0, 3),
});

/** The text of the file. */
export const exportReceipt = (file: ReceiptFile): string => `${JSON.stringify(file)}\n`;

/** Reads the file, or throws `ProviderError` FILE_INVALID. */
export function importReceipt(json: string): ReceiptFile {
  try {
    return receiptFile(JSON.parse(json), "$");
  } catch (error) {
    const reason = error instanceof InvalidDocument ? error.message : "it is not JSON";
    throw new ProviderError(
      "FILE_INVALID",
      `this is not a receipt file: ${reason}`,
      {},
      "use the receipt that was written when the list was submitted",
    );
  }
}

/** The line of the source file for a row of the dataset; `undefined` for padding and beyond. */
export function sourceLine(file: ReceiptFile, row: number): number | undefined {
  const line = file.lines[row];
  return line === undefined || line === 0 ? undefined : line;
}
