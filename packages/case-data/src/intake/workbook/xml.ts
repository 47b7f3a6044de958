import { SaxesParser } from "saxes";
import { CaseDataError } from "../../error.js";
import type { Archive } from "../archive/archive.js";
import { damaged } from "../archive/damaged.js";

/** What a reader of one part is told; names are without their namespace's prefix. */
export interface XmlHandlers {
  open(name: string, attribute: (name: string) => string | undefined): void;
  close?(name: string): void;
  text?(text: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** An attribute by its name without prefix (`id` finds `r:id`), if no plain one is there. */
function attributeOf(attributes: Readonly<Record<string, string>>, name: string) {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  for (const key in attributes) if (localName(key) === name) return attributes[key];
  return undefined;
}

/** Elements within elements: no table nests so deep. */
const DEPTH_MAX = 256;

/**
 * Reads one part of an archive as XML while it is unpacked. A part with a document type is refused:
 * no workbook has one, and it is what entity bombs are made of. Throws `CaseDataError`
 * FILE_DAMAGED.
 */
export function readXml(archive: Archive, part: string, handlers: XmlHandlers): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  parser.on("doctype", () => {
    throw damaged("one of its parts defines its own entities, which no workbook does");
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > DEPTH_MAX) throw damaged("its elements are nested too deep");
    handlers.open(localName(name), (wanted) => attributeOf(attributes, wanted));
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    handlers.close?.(localName(name));
  });
  const { text } = handlers;
  if (text !== undefined) {
    parser.on("text", (piece) => text.call(handlers, piece));
    parser.on("cdata", (piece) => text.call(handlers, piece));
  }
  try {
    let decoder: TextDecoder | undefined;
    archive.stream(part, (piece) => {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
      parser.write(decoder.decode(piece, { stream: true }));
    });
    parser.write(decoder?.decode() ?? "").close();
  } catch (error) {
    // The parser's own words quote the file.
    if (error instanceof CaseDataError) throw error;
    throw damaged("one of its parts is not XML");
  }
}

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
};
