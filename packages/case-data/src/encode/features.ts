import type { FieldName } from "./fields.js";
import { SEPARATOR } from "./values.js";
import { skeletonView, vowelView } from "./views.js";

/**
 * What a value consists of. A group has a share of the block's energy; within it, each feature
 * gets energy in proportion to its inverse frequency on the own list.
 */
export interface FeatureGroup {
  readonly share: number;
  readonly features: readonly string[];
}

/** Several people's names in one field share its energy; each part is a value of its own. */
export interface FieldFeatures {
  readonly groups: readonly FeatureGroup[];
  /** True if absent features leave their energy out, as in a date without a day. */
  readonly partial: boolean;
}

/** "_m", "ma", …, "a_" of each token; a bigram that occurs again is a feature of its own. */
export function bigrams(tokens: readonly string[], prefix: string): string[] {
  const seen = new Map<string, number>();
  const grams: string[] = [];
  for (const token of tokens) {
    const padded = `_${token}_`;
    for (let k = 0; k + 1 < padded.length; k += 1) {
      const gram = padded.slice(k, k + 2);
      const times = (seen.get(gram) ?? 0) + 1;
      seen.set(gram, times);
      grams.push(times === 1 ? prefix + gram : `${prefix}${gram}#${times}`);
    }
  }
  return grams;
}

const positions = (value: string): string[] => [...value].map((sign, k) => `@${k}${sign}`);

const split = (value: string): string[] => value.split(" ").filter((token) => token !== "");

function nameGroups(name: string): FeatureGroup[] {
  const tokens = split(name);
  if (tokens.length === 0) return [];
  return [
    { share: 0.67, features: bigrams(tokens, "g:") },
    { share: 0.08, features: [`=${[...tokens].sort().join(" ")}`] },
    { share: 0.125, features: bigrams(tokens.map(vowelView), "v:") },
    { share: 0.125, features: bigrams(tokens.map(skeletonView), "s:") },
  ];
}

const textGroups = (text: string): FeatureGroup[] => [
  { share: 0.92, features: bigrams(split(text), "g:") },
  { share: 0.08, features: [`=${text}`] },
];

/** Numbers and codes: characters by position (either end), neighbours, the whole. */
const codeGroups = (code: string): FeatureGroup[] => [
  { share: 0.5, features: positions(code) },
  { share: 0.35, features: bigrams([code], "g:") },
  { share: 0.15, features: [`=${code}`] },
];

const one = (share: number, feature: string): FeatureGroup => ({ share, features: [feature] });

/** Shares of a full date: 1. The first two digits of a year say next to nothing. */
function dateGroups(date: string): FeatureGroup[] {
  const [year, month, day] = date.split("-");
  const groups = [
    one(0.18, `y${year}`),
    one(0.07, `y3${year[2]}`),
    one(0.09, `y4${year[3]}`),
    one(0.03, `y12${year.slice(0, 2)}`),
  ];
  if (month === undefined) return groups;
  groups.push(one(0.12, `m${month}`), one(0.05, `m2${month[1]}`));
  // Month and day in one namespace: a swapped date still shares these two.
  groups.push(one(0.1, `x${month}`));
  if (day === undefined) return groups;
  groups.push(one(0.12, `d${day}`), one(0.03, `d1${day[0]}`), one(0.06, `d2${day[1]}`));
  groups.push(one(day === month ? 0.05 : 0.1, `x${day}`), one(0.05, `=${date}`));
  return groups;
}

function phoneGroups(phone: string): FeatureGroup[] {
  const tail = phone.replace(/\D/g, "").slice(-9);
  const fromEnd = [...tail].map((digit, k) => `@${tail.length - k}${digit}`);
  return [
    { share: 0.35, features: fromEnd },
    { share: 0.35, features: bigrams([tail], "g:") },
    { share: 0.3, features: [`=${tail}`] },
  ];
}

function emailGroups(email: string): FeatureGroup[] {
  const at = email.lastIndexOf("@");
  return [
    { share: 0.5, features: bigrams([email.slice(0, at)], "g:") },
    { share: 0.1, features: [`d${email.slice(at + 1)}`] },
    { share: 0.4, features: [`=${email}`] },
  ];
}

/** The groups of several equal-ranking values, side by side. */
const each = (value: string, groups: (part: string) => FeatureGroup[]): FeatureGroup[] =>
  value.split(SEPARATOR).flatMap((part) => (part === "" ? [] : groups(part)));

/**
 * Features of a field's canonical value. Given name and surname have the same features in the
 * block `names`, so that names that were swapped, or that stand in one field, meet there.
 */
export function fieldFeatures(name: FieldName, value: string): FieldFeatures {
  const whole = (groups: FeatureGroup[]): FieldFeatures => ({ groups, partial: false });
  switch (name) {
    case "given":
    case "surname":
      return whole(nameGroups(value));
    case "names":
      return whole(each(value, nameGroups));
    case "birth-date":
      return { groups: dateGroups(value), partial: true };
    case "sex":
    case "region":
    case "nationality":
      return whole(each(value, (part) => [one(1, `=${part}`)]));
    case "place":
    case "address":
    case "address-2":
      return whole(textGroups(value));
    case "postcode":
    case "street-number":
    case "identifier":
      return whole(codeGroups(value));
    case "phone":
      return whole(each(value, phoneGroups));
    case "email":
      return whole(emailGroups(value));
  }
}
