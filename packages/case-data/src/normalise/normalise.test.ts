import { expect, it } from "vitest";
import { readStreet } from "./address.js";
import { readEmail, readPhones } from "./contact.js";
import { countryCode, readCountries } from "./country.js";
import { readName, splitFullName } from "./name.js";
import { readSex } from "./sex.js";
import { isMissing, plainCode, plainText } from "./text.js";

it.each([
  ["José María", "jose maria"],
  ["  O’Brien-Smith ", "obrien smith"],
  ["Mrs. Nguyễn Thị Hoa", "nguyen thi hoa"],
  ["Владимир", "vladimir"],
  ["محمد", "mhmd"],
  ["김민수", "kimminsu"],
  ["박", "park"],
  ["정숙", "jungsuk"],
  ["현우", "hyunu"],
  ["Παπαδόπουλος", "papadopoulos"],
  ["Ευάγγελος", "evangelos"],
  ["Μπακογιάννης", "bakogiannis"],
  ["فاطمة", "fatma"],
  ["الحسن", "alhsn"],
  ["يوسف", "yusf"],
  ["خديجة", "khdija"],
  ["ศิริพร", "siriphn"],
  ["สมศักดิ์", "smsak"],
  ["ចាន់", "chan"],
  ["ប៉ែន", "paen"],
  ["कमल शर्मा", "kamal sarma"],
  ["संजय", "sanjay"],
  ["মোহাম্মদ", "mohammad"],
  ["ফাতেমা", "fatema"],
  ["Григорій", "hryhoriy"],
  ["Григорий", "grigoriy"],
  ["Smt. Sunita Devi", "sunita devi"],
  ["Ｆｕｌｌｗｉｄｔｈ", "fullwidth"],
  ["Maria (alias Lola)", "maria"],
  ["Dr", "dr"],
  ["valueOf", "valueof"],
  ["constructor", "constructor"],
])("normalises the name %s", (raw, normal) => expect(readName(raw)).toEqual({ raw, normal }));

it.each(["", "-", "N/A", "unknown", "???", "123", "NULL"])("%j names nobody", (cell) => {
  expect(readName(cell)).toBeUndefined();
});

it.each([
  ["Ana Silva", "ana", "silva"],
  ["Silva, Ana Maria", "ana maria", "silva"],
  ["Maria de la Cruz", "maria", "de la cruz"],
  ["Jan van der Berg", "jan", "van der berg"],
  ["王小明", "xiaoming", "wang"],
  ["Amina", "amina", undefined],
])("splits the whole name %s", (cell, given, surname) => {
  const parts = splitFullName(cell);
  expect([parts.given?.normal, parts.surname?.normal]).toEqual([given, surname]);
});

it("tells a missing value from a name", () => {
  for (const cell of [" ", "n/a", "Desconocido", "--", "000", "NaN"])
    expect(isMissing(cell)).toBe(true);
  for (const cell of ["Na", "Null", "Nil Rosa", "10"]) expect(isMissing(cell)).toBe(false);
});

it.each([
  ["F", "female"],
  ["Mujer", "female"],
  ["Feminine", "female"],
  ["male", "male"],
  ["Homme", "male"],
  ["женский", "female"],
  ["Mężczyzna", "male"],
  ["ذكر", "male"],
  ["X", "other"],
  ["non-binary", "other"],
  ["NonSpecifiedUnknown", undefined],
  ["?!", "unreadable"],
])("reads the sex %s", (cell, sex) => expect(readSex(cell)).toBe(sex));

it.each([
  ["NG", 566],
  ["NGA", 566],
  ["566", 566],
  ["Nigeria", 566],
  ["nigerian", 566],
  ["Nigeriana", 566],
  ["Viet Nam", 704],
  ["Vietnam", 704],
  ["Burma", 104],
  ["Côte d'Ivoire", 384],
  ["Côte d’Ivoire", 384],
  ["Albanian", 8],
  ["Ivory Coast", 384],
  ["UK", 826],
  ["Great Britain", 826],
  ["USA", 840],
  ["Filipina", 608],
  ["Россия", 643],
  ["Pays-Bas", 528],
  ["Roumanie", 642],
  ["Niger", 562],
  ["Kosovo", 983],
  ["The Gambia", 270],
])("knows the country %s", (text, code) => expect(countryCode(text)).toBe(code));

it("reads several countries and says if one was not read", () => {
  expect(readCountries("Nigeria and Ghana")).toEqual({ codes: [288, 566], complete: true });
  expect(readCountries("Bosnia and Herzegovina")).toEqual({ codes: [70], complete: true });
  expect(readCountries("NG; Atlantis")).toEqual({ codes: [566], complete: false });
  expect(readCountries("NL PE")).toEqual({ codes: [528, 604], complete: true });
  expect(readCountries("NL XQ")).toEqual({ codes: [528], complete: false });
  expect(readCountries("Atlantis")).toEqual({ codes: [], complete: false });
});

it("reads phone numbers to E.164 where the country is known", () => {
  const numbers = (cell: string, country?: string) => readPhones(cell, country).numbers;
  expect(numbers("06 12345678", "NL")).toEqual(["+31612345678"]);
  expect(numbers("0031 6 12345678")).toEqual(["+31612345678"]);
  expect(numbers("06 12345678; 0031 6 12345679")).toEqual(["+31612345679", "0612345678"]);
  expect(numbers("+31612345678 / 020-5551234", "nl")).toEqual(["+31205551234", "+31612345678"]);
  expect(numbers("0211/123456", "DE")).toEqual(["+49211123456"]);
  expect(numbers("06 12345678\n06 12345679")).toEqual(["0612345678", "0612345679"]);
  expect(numbers("06 12345678")).toEqual(["0612345678"]);
  expect(readPhones("06 12345678 (mother), 112")).toEqual({
    numbers: ["0612345678"],
    isComplete: false,
  });
  for (const none of ["call her", "0000000", "111111111", "112"]) {
    expect(readPhones(none)).toEqual({ numbers: [], isComplete: false });
  }
});

it("reads mail addresses", () => {
  expect(readEmail(" Ana@Mail.Example ")).toBe("ana@mail.example");
  for (const cell of ["ana", "a@b", "a b@c.org", "a@b@c.org"])
    expect(readEmail(cell)).toBeUndefined();
});

it("reads streets, with the number where no column has it", () => {
  expect(readStreet("12 Stanley St", false)).toEqual({ number: "12", street: "stanley street" });
  expect(readStreet("Hauptstraße 7b", false)).toEqual({ number: "7B", street: "hauptstrasse" });
  expect(readStreet("3 Constructor valueOf", false).street).toBe("constructor valueof");
  expect(readStreet("12 Stanley St", true)).toEqual({ street: "12 stanley street" });
});

it("codes and texts keep letters and digits only", () => {
  expect(plainCode(" ab-12.3 ")).toBe("AB123");
  expect(plainText("St. Mary's  (North)")).toBe("st marys north");
});
