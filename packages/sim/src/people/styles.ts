import type { DateStyle, Habits, RecordField } from "./observe.js";

/** How one organisation keeps its list: headings in its language, delimiter, dates, slips. */
export interface ListStyle {
  readonly referenceHeading: string;
  readonly referencePrefix: string;
  readonly notesHeading: string;
  /** Remarks that stay home: nothing maps them. One has a line break, as remarks do. */
  readonly notes: readonly string[];
  /** Columns in this order. */
  readonly headings: Readonly<Partial<Record<RecordField, string>>>;
  /** The list's own words for values of ours. */
  readonly words: Readonly<Record<string, string>>;
  readonly delimiter: "," | ";" | "\t";
  readonly dates: DateStyle;
  readonly habits: Habits;
}

const CAREFUL: Habits = {
  nativeScript: 0,
  otherSpelling: 0.1,
  misspelling: 0.03,
  misheard: 0.01,
  nickname: 0.02,
  title: 0.01,
  namesSwapped: 0.01,
  secondNameDropped: 0.15,
  secondNameMoved: 0.02,
  truncated: 0.005,
  birthDateMissing: 0.03,
  birthYearOnly: 0.02,
  dayMonthSwapped: 0.01,
  dateDigitWrong: 0.01,
  moved: 0.05,
  newPhone: 0.1,
  missing: {
    sex: 0.01,
    nationality: 0.03,
    address: 0.08,
    postcode: 0.08,
    place: 0.03,
    region: 0.05,
    phone: 0.2,
    document: 0.15,
    email: 0.4,
  },
};

export const POLICE_STYLE: ListStyle = {
  referenceHeading: "case number",
  referencePrefix: "P-",
  notesHeading: "remarks",
  notes: ["see file", "reported by a relative", 'called "Mia" by witnesses;\r\nto be confirmed'],
  headings: {
    surname: "surname",
    given: "given name",
    birthDate: "date of birth",
    sex: "sex",
    nationality: "nationality",
    address: "address",
    postcode: "postcode",
    place: "city",
    region: "province",
    phone: "phone",
    document: "document number",
    email: "email",
  },
  words: { female: "F", male: "M" },
  delimiter: ",",
  dates: "year-month-day",
  habits: CAREFUL,
};

export const HURRIED: Habits = {
  ...CAREFUL,
  otherSpelling: 0.3,
  misspelling: 0.05,
  misheard: 0.03,
  nickname: 0.04,
  title: 0.03,
  namesSwapped: 0.03,
  secondNameDropped: 0.3,
  secondNameMoved: 0.05,
  truncated: 0.01,
  birthDateMissing: 0.06,
  birthYearOnly: 0.03,
  dayMonthSwapped: 0.02,
  dateDigitWrong: 0.02,
  moved: 0.1,
  newPhone: 0.15,
};

export const NGO_STYLES: readonly ListStyle[] = [
  {
    referenceHeading: "client id",
    referencePrefix: "S",
    notesHeading: "intake notes",
    notes: ["prefers a female worker", "arrived at night", "follow-up; see diary"],
    headings: {
      given: "first name",
      surname: "last name",
      sex: "gender",
      birthDate: "birth date",
      nationality: "country of citizenship",
      place: "town",
      postcode: "zip",
      address: "street address",
      region: "state",
      phone: "mobile",
      document: "passport number",
      email: "e-mail",
    },
    words: {},
    delimiter: ";",
    dates: "day/month/year",
    habits: HURRIED,
  },
  {
    referenceHeading: "expediente",
    referencePrefix: "EXP-",
    notesHeading: "observaciones",
    notes: ["habla español e inglés", "derivada por otra entidad"],
    headings: {
      given: "nombre",
      surname: "apellidos",
      birthDate: "fecha de nacimiento",
      sex: "sexo",
      nationality: "nacionalidad",
      phone: "teléfono",
      email: "correo electrónico",
      address: "dirección",
      postcode: "código postal",
      place: "ciudad",
      region: "provincia",
      document: "pasaporte",
    },
    words: { female: "mujer", male: "hombre" },
    delimiter: "\t",
    dates: "day/month/year",
    habits: HURRIED,
  },
  {
    referenceHeading: "ref",
    referencePrefix: "H/",
    notesHeading: "comments",
    notes: ["called the helpline twice", "wishes no contact by phone"],
    headings: {
      surname: "family name",
      given: "given names",
      birthDate: "dob",
      nationality: "nationality",
      sex: "sex",
      phone: "telephone",
      email: "email address",
      address: "address",
      place: "city",
      postcode: "postal code",
      region: "region",
      document: "id number",
    },
    words: { female: "f", male: "m" },
    delimiter: ",",
    dates: "year-month-day",
    habits: { ...HURRIED, nativeScript: 0.25 },
  },
];
