import { Inflate } from "fflate";
import { CaseDataError } from "../../error.js";
import type { IntakeLimits } from "../limits.js";
import { crc32 } from "./crc.js";
import { damaged } from "./damaged.js";
import { Cursor, type ZipEntry, zipIndex } from "./zip-index.js";

const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** Packed bytes that are unpacked at a time: a bomb is noticed within a thousand times it. */
const PIECE = 8 * 1024;

/** What all parts of one file have unpacked to so far. */
interface Spent {
  bytes: number;
}

/**
 * A zip file, in memory. Nothing that it declares is believed: parts are unpacked piece by piece
 * and counted, against a limit for all of them together and against one for their ratio. Throws
 * `CaseDataError` FILE_DAMAGED, FILE_ENCRYPTED, FILE_UNPACKS_TOO_LARGE.
 */
export class Archive {
  /** In the order of the file; without folders. */
  readonly names: readonly string[];
  private readonly entries: ReadonlyMap<string, ZipEntry>;
  private readonly bytes: Uint8Array;
  private readonly limits: IntakeLimits;
  private readonly spent: Spent;

  /** `within`: the archive that this one is a part of; both have one allowance. */
  constructor(bytes: Uint8Array, limits: IntakeLimits, within?: Archive) {
    this.bytes = bytes;
    this.limits = limits;
    this.spent = within?.spent ?? { bytes: 0 };
    const entries = zipIndex(bytes, limits.entriesMax);
    if (entries.length > limits.entriesMax) {
      throw new CaseDataError(
        "FILE_UNPACKS_TOO_LARGE",
        `the file has more than ${limits.entriesMax} parts`,
        { entriesMax: limits.entriesMax },
        "Unpack it yourself and give only the table that you need.",
      );
    }
    const files = entries.filter(({ name }) => !name.endsWith("/"));
    this.entries = new Map(files.map((entry) => [entry.name, entry]));
    this.names = files.map(({ name }) => name);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** A whole part that is small or wanted as a file. */
  read(name: string): Uint8Array {
    const pieces: Uint8Array[] = [];
    let size = 0;
    this.stream(name, (piece) => {
      pieces.push(piece.slice());
      size += piece.length;
    });
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** Unpacks a part into `take`, piece by piece. */
  stream(name: string, take: (piece: Uint8Array) => void): void {
    const entry = this.entries.get(name);
    if (entry === undefined) throw damaged("a part is missing");
    if (entry.isEncrypted) throw encryptedZip();
    if (entry.method !== STORED && entry.method !== DEFLATED) {
      throw new CaseDataError(
        "FILE_BINARY",
        "the file is packed in a way that is not known here",
        { method: entry.method },
        "Unpack it yourself, and give the table that is inside.",
      );
    }
    // What it admits to is refused before anything is unpacked.
    this.checkSize(entry.unpacked);
    this.unpack(entry, take);
  }

  private unpack(entry: ZipEntry, take: (piece: Uint8Array) => void): void {
    const packed = this.packedOf(entry);
    let size = 0;
    let crc = 0;
    const count = (piece: Uint8Array): void => {
      size += piece.length;
      this.checkSize(piece.length);
      this.spent.bytes += piece.length;
      const isSuspicious = size > this.limits.unpackedFree;
      if (isSuspicious && size > packed.length * this.limits.unpackRatioMax) throw this.bomb();
      crc = crc32(crc, piece);
      take(piece);
    };
    if (entry.method === STORED) count(packed);
    else inflate(packed, count);
    if (size !== entry.unpacked || crc !== entry.crc) throw damaged("a part was changed or cut");
  }

  private packedOf(entry: ZipEntry): Uint8Array {
    const cursor = new Cursor(this.bytes);
    if (cursor.u32(entry.at) !== LOCAL) throw damaged("a part is not where it should be");
    const start = entry.at + 30 + cursor.u16(entry.at + 26) + cursor.u16(entry.at + 28);
    if (start + entry.packed > this.bytes.length) throw damaged("it ends too early");
    return this.bytes.subarray(start, start + entry.packed);
  }

  private checkSize(more: number): void {
    if (this.spent.bytes + more > this.limits.unpackedBytesMax) throw this.bomb();
  }

  private bomb(): CaseDataError {
    const { unpackedBytesMax, unpackRatioMax } = this.limits;
    return new CaseDataError(
      "FILE_UNPACKS_TOO_LARGE",
      "the file unpacks to far more than a list of people needs",
      { unpackedBytesMax, unpackRatioMax },
      "Do not open it if you do not know who made it. If it is your list: delete empty rows and " +
        "columns that are formatted, or save it as CSV.",
    );
  }
}

function inflate(packed: Uint8Array, take: (piece: Uint8Array) => void): void {
  const inflater = new Inflate((piece) => take(piece));
  try {
    for (let at = 0; at < packed.length || at === 0; at += PIECE) {
      inflater.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (error) {
    if (error instanceof CaseDataError) throw error;
    throw damaged("a part cannot be unpacked");
  }
}

const encryptedZip = (): CaseDataError =>
  new CaseDataError(
    "FILE_ENCRYPTED",
    "the file is a zip file with a password",
    {},
    "Unpack it with its password on this computer, give the table that is inside, and delete the " +
      "unpacked copy afterwards.",
  );
