import type { Archive } from "../archive/archive.js";
import { readXml } from "./xml.js";

/** Undoes the form _x000D_ in which workbooks keep characters that XML cannot. */
export const unescapeText = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** The texts that a workbook's cells refer to by number; hints on how to say them are left out. */
export function readStrings(archive: Archive, part: string): string[] {
  const strings: string[] = [];
  let text = "";
  let isText = false;
  let isPhonetic = false;
  readXml(archive, part, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "t") isText = true;
      else if (name === "rPh") isPhonetic = true;
    },
    text(piece) {
      if (isText && !isPhonetic) text += piece;
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "si") strings.push(unescapeText(text));
    },
  });
  return strings;
}
