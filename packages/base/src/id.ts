/** Identifiers that cannot be mixed up. All are public. */
export type SpaceId = string & { readonly brand: "SpaceId" };
export type MemberId = string & { readonly brand: "MemberId" };
export type DatasetId = string & { readonly brand: "DatasetId" };
export type RunId = string & { readonly brand: "RunId" };

/** Identifiers are short, lower case, and safe in a file name, a URL and a channel name. */
export const isIdentifier = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(text);

/** A party of the computation. Indices are taken mod 3. */
export type PartyIndex = 0 | 1 | 2;
export const PARTIES: readonly PartyIndex[] = [0, 1, 2];
export const next = (party: PartyIndex): PartyIndex => ((party + 1) % 3) as PartyIndex;
export const previous = (party: PartyIndex): PartyIndex => ((party + 2) % 3) as PartyIndex;
