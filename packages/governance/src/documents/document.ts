/** A document for people, before it is Markdown or HTML. */
export interface Document {
  readonly title: string;
  /** What it was made of: a space, and how much of its log. */
  readonly about: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export const text = (value: string): Block => ({ kind: "text", text: value });
export const items = (values: readonly string[]): Block => ({ kind: "list", items: values });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  ...{ kind: "table", head, rows },
});

/** What Markdown gives a meaning to; text from statements must not become a link or a heading. */
const MARKED = /[\\`*_{}[\]()#+\-.!|~>:@]/g;

const plain = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replace(MARKED, "\\$&");
const oneLine = (value: string): string => plain(value.replace(/\s+/gu, " "));

/** The document as Markdown. Whatever text it has stays text. */
export function toMarkdown({ title, about, sections }: Document): string {
  const parts = sections.flatMap(({ heading, blocks }) => [
    `## ${oneLine(heading)}`,
    ...blocks.map(markdownOf),
  ]);
  return `${[`# ${oneLine(title)}`, oneLine(about), ...parts].join("\n\n")}\n`;
}

function markdownOf(block: Block): string {
  if (block.kind === "text") return block.text.split("\n").map(oneLine).join("\n\n");
  if (block.kind === "list") return block.items.map((item) => `- ${oneLine(item)}`).join("\n");
  const row = (cells: readonly string[]): string => `| ${cells.map(oneLine).join(" | ")} |`;
  const rule = `| ${block.head.map(() => "---").join(" | ")} |`;
  return [row(block.head), rule, ...block.rows.map(row)].join("\n");
}

const ESCAPES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);
const escaped = (value: string): string =>
  value.replace(/[&<>"']/g, (sign) => ESCAPES.get(sign) ?? "");

const STYLE =
  "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}" +
  "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3rem .6rem;" +
  "text-align:left;vertical-align:top;overflow-wrap:anywhere}";

/** The document as one page of HTML, without scripts, links and pictures. */
export function toHtml({ title, about, sections }: Document): string {
  const body = sections.map(
    ({ heading, blocks }) => `<h2>${escaped(heading)}</h2>\n${blocks.map(htmlOf).join("\n")}`,
  );
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width">\n<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>\n</head>\n<body>\n<h1>${escaped(title)}</h1>`,
    `<p>${escaped(about)}</p>`,
    ...body,
    "</body>\n</html>\n",
  ].join("\n");
}

function htmlOf(block: Block): string {
  if (block.kind === "text")
    return block.text
      .split("\n")
      .map((line) => `<p>${escaped(line)}</p>`)
      .join("\n");
  if (block.kind === "list")
    return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const rows = block.rows.map((cells) => row(cells, "td")).join("\n");
  return `<table>\n${row(block.head, "th")}\n${rows}\n</table>`;
}
