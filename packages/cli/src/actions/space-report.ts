import { join } from "node:path";
import { auditReport } from "@symbolon/governance/documents/audit-report";
import { type Document, toHtml, toMarkdown } from "@symbolon/governance/documents/document";
import { impactAssessment } from "@symbolon/governance/documents/impact-assessment";
import { processingRecord, useCaseRegister } from "@symbolon/governance/documents/registers";
import type { Hash } from "@symbolon/governance/hash";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { catalogue } from "@symbolon/queries/catalogue/catalogue";
import { explain, explainHash } from "@symbolon/queries/explain/explain";
import { explanationText } from "@symbolon/queries/explain/explanation-text";
import type { SpaceReportOptions } from "../commands/space.js";
import { writeNew } from "../files.js";
import { LogClient, type ReadLog } from "../log-client.js";
import type { Session } from "../program.js";
import { hashBytes } from "./sha256.js";

/** Writes the papers that follow from the log, and the head that they are made of. */
export async function spaceReport(
  options: SpaceReportOptions,
  { output, signal }: Session,
): Promise<void> {
  const client = new LogClient(options.space, nodeToolbox.signatures, signal);
  try {
    const read = await client.read();
    const made: string[] = [];
    const write = (name: string, text: string) => {
      const path = join(options.out, name);
      writeNew(path, text);
      made.push(path);
      output.line(`Made ${path}`);
    };
    for (const [name, document] of documentsOf(read)) {
      write(`${name}.md`, toMarkdown(document));
      write(`${name}.html`, toHtml(document));
    }
    if (read.head) write("head.txt", read.head.note);
    output.line("These are drafts, for members only: people finish them.");
    output.result({ made, size: read.state.frontier.size });
  } finally {
    await client.close();
  }
}

function documentsOf({ state, entries, refused }: ReadLog): (readonly [string, Document])[] {
  const texts = new Map(
    catalogue.map((query) => [
      explainHash(hashBytes, query) as Hash,
      explanationText(explain(hashBytes, query)),
    ]),
  );
  return [
    ["audit-report", auditReport({ state, entries, refused })],
    ["use-cases", useCaseRegister(state)],
    ["record-of-processing", processingRecord(state)],
    ...[...state.useCases].map(([hash, { name }]): readonly [string, Document] => [
      `impact-assessment-${name}`,
      impactAssessment(state, hash, texts),
    ]),
  ];
}
