import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Envelope, parseEnvelope } from "@symbolon/governance/envelope";
import type { Spool } from "@symbolon/provider/spool";
import { diskSpool } from "@symbolon/provider/spool-disk";
import { resumeSubmission, type Submission } from "@symbolon/provider/submission";
import { CliError } from "../error.js";
import { pretty, readWith } from "../files.js";

/** An upload that was sealed but not yet acknowledged: ciphertext and row numbers, no names. */
export interface Upload {
  readonly submission: Submission;
  readonly lines: readonly number[];
}

interface UploadFile {
  /** SHA-256 of the list that was sealed. */
  readonly list: string;
  readonly manifest: unknown;
  readonly offer: unknown;
  readonly lines: readonly number[];
}

/**
 * The folder beside the receipt in which sealed parts wait until all nodes have them, so that a
 * broken upload goes on where it stopped, even after a restart.
 */
export class UploadFolder {
  readonly path: string;

  constructor(receiptPath: string) {
    this.path = `${receiptPath}.upload`;
  }

  get #file(): string {
    return join(this.path, "upload.json");
  }

  spool(): Promise<Spool> {
    return diskSpool(join(this.path, "parts"));
  }

  /** What is left of an upload of the same list, or `undefined` if there is nothing to resume. */
  async resume(list: string): Promise<Upload | undefined> {
    if (!existsSync(this.#file)) {
      // Sealing was cut off: the parts were never named to anybody.
      rmSync(this.path, { recursive: true, force: true });
      return undefined;
    }
    const file = readWith(this.#file, "upload file", (text) => JSON.parse(text) as UploadFile);
    if (file.list !== list) {
      throw new CliError(
        "FILE_INVALID",
        `${this.path} holds an unfinished upload of another list`,
        {},
        "finish that upload first, or delete the folder and use a new dataset name",
      );
    }
    const manifest = parseEnvelope(file.manifest, "$.manifest");
    const offer = parseEnvelope(file.offer, "$.offer");
    const submission = await resumeSubmission(manifest, offer, await this.spool());
    return { submission, lines: file.lines };
  }

  /** Remembers an upload, whole or not at all, before the first byte is sent. */
  save(list: string, submission: Submission, lines: readonly number[]): void {
    const { manifest, offer }: { manifest: Envelope; offer: Envelope } = submission;
    const file: UploadFile = { list, manifest, offer, lines };
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    // A file that was cut off in the writing would name parts that nobody can go on with.
    const unfinished = `${this.#file}.unfinished`;
    writeFileSync(unfinished, pretty(file), { mode: 0o600 });
    renameSync(unfinished, this.#file);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
