import { CaseDataError } from "../../error.js";

/** A file that begins as it should and does not go on so. `what` quotes nothing from the file. */
export const damaged = (what: string): CaseDataError =>
  new CaseDataError(
    "FILE_DAMAGED",
    `the file is damaged: ${what}`,
    {},
    "Get the file again, it may have been cut off; or open it in the program that it comes from " +
      "and save it anew.",
  );
