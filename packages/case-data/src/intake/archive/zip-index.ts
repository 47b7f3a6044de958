import { damaged } from "./damaged.js";

/** What the index at the end of a zip file says of one part. Sizes are its claims. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its local header is. */
  readonly at: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const COMMENT_MAX = 0xffff;

/** Little-endian numbers of a file; beyond its end, the file is damaged. */
export class Cursor {
  private readonly view: DataView;
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u16(at: number): number {
    this.check(at, 2);
    return this.view.getUint16(at, true);
  }

  u32(at: number): number {
    this.check(at, 4);
    return this.view.getUint32(at, true);
  }

  u64(at: number): number {
    this.check(at, 8);
    const value = this.view.getBigUint64(at, true);
    if (value > BigInt(this.view.byteLength) * 1_000_000n) throw damaged("a size is impossible");
    return Number(value);
  }

  private check(at: number, size: number): void {
    if (at < 0 || at + size > this.view.byteLength) throw damaged("it ends too early");
  }
}

/** Where the index starts and how many entries it has. */
function findIndex(bytes: Uint8Array, cursor: Cursor): { at: number; count: number } {
  const last = bytes.length - 22;
  for (let end = last; end >= Math.max(0, last - COMMENT_MAX); end -= 1) {
    if (cursor.u32(end) !== END) continue;
    const count = cursor.u16(end + 10);
    const at = cursor.u32(end + 16);
    if (count !== 0xffff && at !== 0xffffffff) return { at, count };
    if (end < 20 || cursor.u32(end - 20) !== LOCATOR_64) return { at, count };
    const end64 = cursor.u64(end - 12);
    if (cursor.u32(end64) !== END_64) throw damaged("its index is not where it should be");
    return { at: cursor.u64(end64 + 48), count: cursor.u64(end64 + 32) };
  }
  throw damaged("its index is missing");
}

/** Sizes that do not fit 32 bits stand in an extra field. */
function wide(cursor: Cursor, from: number, length: number, values: number[]): number[] {
  if (!values.includes(0xffffffff)) return values;
  for (let at = from; at + 4 <= from + length; at += 4 + cursor.u16(at + 2)) {
    if (cursor.u16(at) !== 1) continue;
    let next = at + 4;
    return values.map((value) => {
      if (value !== 0xffffffff) return value;
      next += 8;
      return cursor.u64(next - 8);
    });
  }
  return values;
}

/**
 * The parts of a zip file, at most `entriesMax` + 1 of them. Two parts of one name are damage: two
 * programs would read two different files.
 */
export function zipIndex(bytes: Uint8Array, entriesMax: number): ZipEntry[] {
  const cursor = new Cursor(bytes);
  const { at: start, count } = findIndex(bytes, cursor);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let k = 0; k < Math.min(count, entriesMax + 1); k += 1) {
    if (cursor.u32(at) !== ENTRY) throw damaged("its index is not where it should be");
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => cursor.u16(at + field));
    const nameEnd = at + 46 + nameLength;
    if (nameEnd > bytes.length) throw damaged("it ends too early");
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)).replaceAll("\\", "/");
    if (names.has(name)) throw damaged("two of its parts have the same name");
    names.add(name);
    const claims = [24, 20, 42].map((field) => cursor.u32(at + field));
    const [unpacked, packed, header] = wide(cursor, nameEnd, extra, claims);
    entries.push({
      name,
      method: cursor.u16(at + 10),
      isEncrypted: (cursor.u16(at + 8) & 1) === 1,
      crc: cursor.u32(at + 16),
      packed,
      unpacked,
      at: header,
    });
    at = nameEnd + extra + comment;
  }
  return entries;
}
