import { rowNumbers } from "./table.js";

/** Tells for pairs of rows whether left[k] comes before right[k]: one packed bit a pair. */
export type ComesBefore = (left: Uint32Array, right: Uint32Array) => Promise<Uint32Array>;

/** Segments of up to this many rows are ordered by comparing all pairs. */
const ALL_PAIRS_MAX = 5;

/** So many questions take as long as the rounds of one level more. */
export const LEVEL_QUESTIONS = 1 << 13;

/**
 * No level asks more: what is split finely asks up to (5·4/2)/5 = 2 questions a row, all else at
 * most one, and what is compared outright beside it at most `LEVEL_QUESTIONS` in all.
 */
export const questionsMax = (rows: number): number => Math.max(2 * rows, rows + LEVEL_QUESTIONS);

/**
 * Rows from..from+count−1 of the arrangement, whose place among all others is known. The first
 * `samples` of them are splitters; once they are sorted, `left` more levels find the place of every
 * other row between them.
 */
interface Segment {
  readonly from: number;
  readonly count: number;
  samples: number;
  left: number;
}

/**
 * The order of `count` rows that are all different, by questions of the form "does this row come
 * before that one?", many at a time: result row k is row order[k].
 *
 * A sample sort, all segments side by side. Of m rows the first 2^k − 1 (about √m) are a sample,
 * since the rows come in random order; all pairs of the sample are compared, then every other row
 * is placed among them by k levels of halving. About n·(log2 n + 1) questions in
 * log2(n) + 2·log2(log2(n)) levels. Which questions are asked follows from the answers alone.
 */
export async function findOrder(count: number, comesBefore: ComesBefore): Promise<Uint32Array> {
  const search = new Search(count);
  while (search.isOpen) {
    const [left, right] = search.questions();
    search.learn(await comesBefore(left, right));
  }
  return search.arrangement;
}

class Search {
  /** Row numbers; those of a segment lie together, segments lie in order. */
  readonly arrangement: Uint32Array;
  /** For the row at a place: how many splitters are known to come before it. */
  readonly #before: Uint32Array;
  readonly #next: Uint32Array;
  #segments: Segment[];

  constructor(count: number) {
    this.arrangement = rowNumbers(count);
    this.#before = new Uint32Array(count);
    this.#next = new Uint32Array(count);
    this.#segments = count > 1 ? [segmentOf(0, count)] : [];
    this.#finish();
  }

  get isOpen(): boolean {
    return this.#segments.length > 0;
  }

  /** The pairs of one level, of all segments. */
  questions(): [Uint32Array, Uint32Array] {
    const count = this.#segments.reduce((sum, segment) => sum + questionsOf(segment), 0);
    const left = new Uint32Array(count);
    const right = new Uint32Array(count);
    const rows = this.arrangement;
    let at = 0;
    for (const segment of this.#segments) {
      const { from, samples } = segment;
      if (isUnsorted(segment)) {
        for (let i = 1; i < samples; i += 1) {
          for (let j = 0; j < i; j += 1, at += 1) {
            left[at] = rows[from + i];
            right[at] = rows[from + j];
          }
        }
        continue;
      }
      const half = 1 << (segment.left - 1);
      for (let k = from + samples; k < from + segment.count; k += 1, at += 1) {
        left[at] = rows[k];
        right[at] = rows[from + this.#before[k] + half - 1];
      }
    }
    return [left, right];
  }

  /** Takes the answers to the last questions. */
  learn(answers: Uint32Array): void {
    const segments: Segment[] = [];
    let at = 0;
    for (const segment of this.#segments) {
      const { from, count, samples } = segment;
      if (isUnsorted(segment)) {
        at = this.#sortSamples(segment, answers, at);
        segment.left = Math.log2(samples + 1);
        if (count > samples) segments.push(segment);
        continue;
      }
      segment.left -= 1;
      const half = 1 << segment.left;
      for (let k = from + samples; k < from + count; k += 1, at += 1) {
        const isBefore = (answers[at >>> 5] >>> (at & 31)) & 1;
        if (isBefore === 0) this.#before[k] += half;
      }
      if (segment.left > 0) segments.push(segment);
      else this.#split(segment, segments);
    }
    this.#segments = segments;
    this.#finish();
  }

  /** Compares all pairs of what has just been split, if that is worth the levels it saves. */
  #finish(): void {
    const fresh = this.#segments.filter(isFresh);
    const pairs = fresh.reduce((sum, { count }) => sum + (count * (count - 1)) / 2, 0);
    if (pairs > LEVEL_QUESTIONS) return;
    for (const segment of fresh) {
      segment.samples = segment.count;
      segment.left = 0;
    }
  }

  /** Places the samples by how many of the others come before each. */
  #sortSamples({ from, samples }: Segment, answers: Uint32Array, first: number): number {
    const ranks = new Uint32Array(samples);
    let at = first;
    for (let i = 1; i < samples; i += 1) {
      for (let j = 0; j < i; j += 1, at += 1) {
        const isBefore = (answers[at >>> 5] >>> (at & 31)) & 1;
        ranks[isBefore === 1 ? j : i] += 1;
      }
    }
    const rows = this.arrangement.slice(from, from + samples);
    ranks.forEach((rank, i) => {
      this.arrangement[from + rank] = rows[i];
    });
    return at;
  }

  /** Lays rows between the splitters that they belong between; what is still open goes on. */
  #split({ from, count, samples }: Segment, segments: Segment[]): void {
    const ends = new Uint32Array(samples + 2);
    for (let k = from + samples; k < from + count; k += 1) ends[this.#before[k] + 1] += 1;
    for (let b = 1; b <= samples + 1; b += 1) ends[b] += ends[b - 1];
    // Bucket b begins behind the rows of all buckets before it and b splitters.
    const starts = ends.map((rows, b) => from + rows + b);
    for (let b = 0; b <= samples; b += 1) {
      const rows = ends[b + 1] - ends[b];
      if (rows > 1) segments.push(segmentOf(starts[b], rows));
    }
    for (let b = 0; b < samples; b += 1) {
      this.#next[starts[b + 1] - 1] = this.arrangement[from + b];
    }
    for (let k = from + samples; k < from + count; k += 1) {
      this.#next[starts[this.#before[k]]] = this.arrangement[k];
      starts[this.#before[k]] += 1;
      this.#before[k] = 0;
    }
    this.arrangement.set(this.#next.subarray(from, from + count), from);
  }
}

/** All of them for a few rows, else 2^k − 1, one less than a power of two near √count. */
function segmentOf(from: number, count: number): Segment {
  const samples =
    count <= ALL_PAIRS_MAX ? count : 2 ** Math.max(1, Math.floor(Math.log2(count) / 2)) - 1;
  // A sample of one row is sorted as it is.
  const left = samples === 1 ? 1 : 0;
  return { from, count, samples, left };
}

/** The samples of a segment have not been compared yet. */
const isUnsorted = ({ left }: Segment): boolean => left === 0;

/** Nothing has been asked about it yet. */
const isFresh = (segment: Segment): boolean => isUnsorted(segment) || segment.samples === 1;

const questionsOf = (segment: Segment): number =>
  isUnsorted(segment)
    ? (segment.samples * (segment.samples - 1)) / 2
    : segment.count - segment.samples;
