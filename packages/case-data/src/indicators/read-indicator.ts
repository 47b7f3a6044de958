import { readAddressIndicator } from "./address-indicator.js";
import { readAdvertIndicator } from "./advert-indicator.js";
import { readAliasIndicator } from "./alias-indicator.js";
import { readEmailIndicator } from "./email-indicator.js";
import { readHandleIndicator } from "./handle-indicator.js";
import type { IndicatorKind } from "./kinds.js";
import { readDocumentIndicator, readPlateIndicator } from "./number-indicators.js";
import { readPhoneIndicator } from "./phone-indicator.js";
import type { ReadingOptions, Readings } from "./reading.js";

/** What a cell of one kind says, in forms that meet where values are the same or near. */
export function readIndicator(
  kind: IndicatorKind,
  cell: string,
  options: ReadingOptions = {},
): Readings {
  switch (kind) {
    case "phone":
      return readPhoneIndicator(cell, options);
    case "email":
      return readEmailIndicator(cell);
    case "handle":
      return readHandleIndicator(cell, options);
    case "document":
      return readDocumentIndicator(cell);
    case "plate":
      return readPlateIndicator(cell, options);
    case "address":
      return readAddressIndicator(cell);
    case "alias":
      return readAliasIndicator(cell);
    case "advert":
      return readAdvertIndicator(cell);
  }
}
