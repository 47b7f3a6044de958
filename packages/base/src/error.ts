/** Facts safe to show anyone: counts, step names, party indices. Never a value from a case file. */
export type PublicDetails = Readonly<Record<string, string | number | boolean>>;

/**
 * An error somebody can react to. One class per reaction, one code per cause; `details` carries
 * public facts only, `cure` says in a sentence what to do.
 */
export abstract class KnownError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: PublicDetails;
  readonly cure: string;
  constructor(code: Code, message: string, details: PublicDetails = {}, cure = "") {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    this.cure = cure;
  }
}
