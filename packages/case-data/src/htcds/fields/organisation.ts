import { ORGANISATION_TYPES } from "../lists.js";
import { E164, type FieldTable } from "../spec.js";

/** HTCDS 2.0, section "Organization". Attribution: `spec.ts`. */
export const ORGANISATION_FIELDS = {
  org_Name: {
    label: "Organisation Name",
    type: "Text",
    core: false,
    means: "What the organisation is called.",
  },
  org_ShippingCity: {
    label: "Shipping City",
    type: "Text",
    core: false,
    means: "City of the main address.",
  },
  org_ShippingCountry: {
    label: "Shipping Country",
    type: "Picklist or Text",
    core: false,
    system: "iso3166-1",
    means: "Country of the main address.",
  },
  org_ShippingState: {
    label: "Shipping State/Province",
    type: "Picklist or Text",
    core: false,
    means: "State or province of the main address; the standard has no list of them.",
  },
  org_ShippingStreet: {
    label: "Shipping Street",
    type: "Text",
    core: false,
    means: "Street and number of the main address.",
  },
  org_ShippingPostalCode: {
    label: "Shipping Zip/Postal Code",
    type: "Text",
    core: false,
    means: "Postcode of the main address.",
  },
  org_ShippingLongitude: {
    label: "Longitude",
    type: "Geolocation",
    core: false,
    min: -180,
    max: 180,
    means: "Longitude of the main address, in degrees east.",
  },
  org_ShippingLatitude: {
    label: "Latitude",
    type: "Geolocation",
    core: false,
    min: -90,
    max: 90,
    means: "Latitude of the main address, in degrees north.",
  },
  org_Phone: {
    label: "Phone",
    type: "Text",
    core: false,
    pattern: E164,
    means: "Main telephone number, as E.164: +, country code, number.",
  },
  org_Type: {
    label: "Type",
    type: "Picklist",
    core: false,
    codes: ORGANISATION_TYPES,
    means: "What kind of organisation it is.",
  },
} as const satisfies FieldTable;
