import { KnownError } from "@symbolon/base/error";

/** A statement, envelope or space file is not what its format asks for. Names the place in it. */
export class InvalidDocument extends KnownError<"DOCUMENT_INVALID"> {
  /** `path` looks like `$.nodes[1].api`; `must` completes the sentence "… must". */
  constructor(path: string, must: string) {
    super("DOCUMENT_INVALID", `${path} must ${must}`, { path }, `correct ${path}`);
  }
}
