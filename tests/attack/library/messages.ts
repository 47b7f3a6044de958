import type { PartyIndex } from "@symbolon/base/id";
import type { Target } from "../byte-flips.js";
import type { Honest, Place } from "../judged-run.js";

/** What a message is for. */
export type Role = "commitment" | "coin" | "agreed" | "opening" | "share";

/** Told from the channel's name, and openings from shares by whether both peers get something. */
export function roleOf(honest: Honest, { from, channel }: Place): Role {
  if (/coin\/commit\/message$/.test(channel)) return "commitment";
  if (/coin\/open\/message$/.test(channel)) return "coin";
  if (/(agree-[^/]*|same-[^/]*|verdict)\/message$/.test(channel)) return "agreed";
  if (/pair-\d\/rows-\d+\/message$/.test(channel)) return "share";
  const sent = honest.places.filter((one) => one.from === from && one.channel === channel);
  return sent.length > 1 ? "opening" : "share";
}

/** Messages of one sender in one role, in the order in which they are sent. */
export const messagesOf = ({ honest }: Target, liar: PartyIndex, ...roles: Role[]): Place[] =>
  honest.places.filter((place) => place.from === liar && roles.includes(roleOf(honest, place)));

/** At most `count` of many: the first, the last, and some between at equal distances. */
export function some<T>(many: readonly T[], count: number): T[] {
  if (many.length <= count) return [...many];
  const step = (many.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, k) => many[Math.round(k * step)]);
}

/** What an honest run sends at a place. */
export function messageAt({ honest }: Target, place: Place): Uint8Array {
  const index = honest.places.indexOf(place);
  return honest.messages[index].slice();
}

/** Bytes of one element of a message: as many as fit of 8, 4, 2. */
export const elementSize = (size: number): 1 | 2 | 4 | 8 =>
  size % 8 === 0 ? 8 : size % 4 === 0 ? 4 : size % 2 === 0 ? 2 : 1;

/** Adds to a little-endian number of `bytes` bytes; what overflows is lost. */
export function addAt(message: Uint8Array, at: number, bytes: number, error: number): void {
  let carry = error;
  for (let k = at; k < at + bytes; k += 1) {
    const sum = message[k] + (carry & 0xff);
    message[k] = sum & 0xff;
    carry = (carry >> 8) + (sum >> 8);
  }
}
