import { PARTIES } from "@symbolon/base/id";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { orderOf } from "@symbolon/mpc/table/shuffle";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { describe, expect, it } from "vitest";
import { type Fate, fateWith, honestRun, isFailure } from "./judged-run.js";
import { PIECES, pieceCalled } from "./pieces/pieces.js";
import {
  addTo,
  eachLiarChanges,
  eachLiarSends,
  mirrorCoins,
  ORDERS,
  openedTooEarly,
  openLast,
  xorWords,
} from "./strategies.js";

const matrix = pieceCalled("matrix product");
const MATRIX = Array<Fate>(3).fill("abort MATRIX_CHECK_FAILED");
const PRODUCT = Array<Fate>(3).fill("abort PRODUCT_CHECK_FAILED");
const failures = (fates: readonly Fate[]): Fate[] => fates.filter(isFailure);

describe("errors added to a matrix product", () => {
  it.each([1, -1, 2 ** 15, 2 ** 14, 257])("of %d in one cell", async (error) => {
    const lie = (message: Uint8Array) => addTo(message, 5, 2, error);
    expect(await eachLiarChanges(matrix, /tile\/message$/, lie)).toEqual(MATRIX);
  });

  // Cells are numbered column · 8 + row.
  const patterns: Record<string, [number, number][]> = {
    "in one column": [
      [1, 3],
      [6, -3],
    ],
    "in one row": [
      [1, 3],
      [9, -3],
    ],
    "in all four corners": [
      [1, 2 ** 15],
      [6, 2 ** 15],
      [9, 2 ** 15],
      [14, 2 ** 15],
    ],
    "with row and column sums of zero": [
      [1, 7],
      [6, -7],
      [9, -7],
      [14, 7],
    ],
  };
  it.each(Object.entries(patterns))("that cancel out %s", async (_, cells) => {
    const lie = (message: Uint8Array) => {
      for (const [cell, error] of cells) addTo(message, cell, 2, error);
    };
    expect(await eachLiarChanges(matrix, /tile\/message$/, lie)).toEqual(MATRIX);
  });
});

describe("errors added to products", () => {
  it.each([1, -1, 2 ** 31, 2 ** 16])("of %d in an inner product over Z_2^32", async (error) => {
    const lie = (message: Uint8Array) => addTo(message, 1, 4, error);
    const fates = await eachLiarChanges(pieceCalled("dot and mul"), /attack\/dot\/message$/, lie);
    expect(fates).toEqual(PRODUCT);
  });

  it("that cancel out between two rows of an inner product", async () => {
    const lie = (message: Uint8Array) => {
      addTo(message, 0, 4, 9);
      addTo(message, 1, 4, -9);
    };
    const fates = await eachLiarChanges(pieceCalled("dot and mul"), /attack\/dot\/message$/, lie);
    expect(fates).toEqual(PRODUCT);
  });

  it("in two gates, in all gates, and in the same bit of every slot", async () => {
    const lies = [[1, 0, 0, 1], Array(4).fill(0xffffffff), [1, 1, 1, 1], [1 << 31, 0, 0, 0]];
    for (const words of lies) {
      const lie = (message: Uint8Array) => xorWords(message, 0, words);
      expect(await eachLiarChanges(pieceCalled("and"), /attack\/and\/message$/, lie)).toEqual(
        PRODUCT,
      );
    }
  });

  it("the same in a claim and in the polynomial that should catch it", async () => {
    const honest = await honestRun(pieceCalled("inner product, field"));
    for (const liar of PARTIES) {
      // G(0) := c − G(1), so an equal error in c and in G(1) leaves G(0) right.
      const fate = await fateWith(pieceCalled("inner product, field"), honest, liar, {
        tamper: (message, { from, channel }) => {
          const isHit = /claim\/message$|halve-0\/g\/message$/.test(channel);
          if (from === liar && isHit) xorWords(message, 0, [4, 0, 0, 0]);
          return message.slice();
        },
      });
      expect(fate).toBe("abort PRODUCT_CHECK_FAILED");
    }
  });

  it("the same in a claim and in the sacrificed product, as if the coin were one", async () => {
    const honest = await honestRun(matrix);
    for (const liar of PARTIES) {
      const fate = await fateWith(matrix, honest, liar, {
        tamper: (message, { from, channel }) => {
          if (from === liar && channel.endsWith("tile/message")) addTo(message, 0, 2, 1);
          if (from === liar && channel.endsWith("product/message")) addTo(message, 0, 4, 1);
          return message.slice();
        },
      });
      expect(fate).toBe("abort MATRIX_CHECK_FAILED");
    }
  });
});

describe("coins", () => {
  it.each(PIECES)(
    "a two-faced party changes nothing in $name",
    { timeout: 60_000 },
    async (piece) => {
      const honest = await honestRun(piece);
      const hasCoins = honest.places.some(({ channel }) => channel.includes("coin"));
      for (const liar of PARTIES) {
        const fate = await fateWith(piece, honest, liar, { isTwoFaced: true });
        expect(fate).toBe(hasCoins ? "abort COIN_EQUIVOCATION" : "same output");
      }
    },
  );

  it("opening last gains nothing: the coin is what it was, or the run is over", async () => {
    for (const piece of [pieceCalled("coin"), matrix]) {
      const honest = await honestRun(piece);
      for (const liar of PARTIES) {
        const quiet = await fateWith(piece, honest, liar, {
          liarTransport: openLast((message) => message),
        });
        expect(quiet).toBe("same output");
        const other = await fateWith(piece, honest, liar, {
          liarTransport: openLast((message) => {
            message[7] ^= 1;
            return message;
          }),
        });
        expect(other).toBe("abort COIN_COMMITMENT");
      }
    }
  });

  it("nobody can commit with another's commitment and open with its opening", async () => {
    const honest = await honestRun(pieceCalled("coin"));
    for (const liar of PARTIES) {
      const fate = await fateWith(pieceCalled("coin"), honest, liar, {
        liarTransport: mirrorCoins,
      });
      expect(fate).toMatch(/^abort COIN_/);
    }
  });

  it.each(ORDERS)(
    "in $piece no coin is opened before $challenged has come",
    { timeout: 60_000 },
    async (order) => {
      expect(await openedTooEarly(pieceCalled(order.piece), order)).toEqual([]);
    },
  );
});

describe("messages", () => {
  const long = new RegExp(
    [
      "pick|validity|none match|count|all and|join|tags|cipher|group|first row|candidates|look",
      "match weight|compact|bands|link|one to one|cluster|weight histogram|shared keys",
      "group totals|counted table|person counts|table of persons|codes of persons|edits|levels",
    ].join("|"),
  );
  const small = PIECES.filter(({ name }) => !long.test(name));

  it.each(small)("of a wrong length end $name", { timeout: 60_000 }, async (piece) => {
    const cut = [
      (message: Uint8Array) => message.subarray(0, message.length - 1),
      (message: Uint8Array) => Uint8Array.of(...message, 0),
      () => new Uint8Array(0),
    ];
    for (const instead of cut) {
      const fates = await eachLiarSends(piece, /./, instead);
      expect([...new Set(fates)]).toEqual(["abort MESSAGE_LENGTH"]);
    }
  });

  it.each(small)("that never come leave $name without a wrong output", async (piece) => {
    const fates = new Set(await eachLiarSends(piece, /./, () => undefined));
    // Somebody waits (a transport's time limit ends that), or the message was not missed.
    expect([...fates].filter((fate) => fate !== "HANG" && fate !== "same output")).toEqual([]);
  });

  it.each(small)("of zeros, ones or another channel never bend $name", async (piece) => {
    const replay = (
      message: Uint8Array,
      place: { size: number; channel: string },
      h: { places: readonly { size: number; channel: string }[]; messages: readonly Uint8Array[] },
    ) => {
      const other = h.places.findIndex(
        ({ size, channel }) => size === place.size && channel !== place.channel,
      );
      return other < 0 ? message : h.messages[other].slice();
    };
    const all = [
      ...(await eachLiarSends(piece, /./, (message) => new Uint8Array(message.length))),
      ...(await eachLiarSends(piece, /./, (message) => new Uint8Array(message.length).fill(255))),
      ...(await eachLiarSends(piece, /./, replay)),
    ];
    expect(failures(all)).toEqual([]);
  });

  it("sent twice end the run", async () => {
    const piece = pieceCalled("and");
    const honest = await honestRun(piece);
    for (const liar of PARTIES) {
      const fate = await fateWith(piece, honest, liar, {
        liarTransport: (transport) => ({
          ...transport,
          send: (to, channel, message) => {
            transport.send(to, channel, message.slice());
            transport.send(to, channel, message);
          },
        }),
      });
      expect(fate).toBe("abort MESSAGE_DUPLICATE");
    }
  });

  it("with something in the bytes of an element that mean nothing change nothing", async () => {
    for (const name of ["field product", "inner product, field", "shuffle"]) {
      const lie = (message: Uint8Array) => {
        for (let at = 12; at < message.length; at += 16) message[at] ^= 0xa5;
      };
      const channel = /(g|product|field-mul|pair-\d\/rows-\d+)\/message$/;
      expect(failures(await eachLiarChanges(pieceCalled(name), channel, lie))).toEqual([]);
    }
  });
});

describe("shuffle", () => {
  it("notices two rows exchanged by the known difference of their words", async () => {
    const rows = [0x1000, 0x2000, 0x3000];
    const order = (j: 0 | 1 | 2) => orderOf(nodeCrypto, selectionSeeds(1, j).own, rows.length);
    const first = [...order(0)].map((k) => rows[k]);
    const lie = (message: Uint8Array) => {
      // In step 0 the order is the pair's, so both know which word is where: [word, tag, tag, tag].
      xorWords(message, 0, [first[0] ^ first[1], 0, 0, 0]);
      xorWords(message, 4, [first[0] ^ first[1], 0, 0, 0]);
    };
    const fates = await eachLiarChanges(pieceCalled("shuffle"), /pair-0\/rows-0\/message$/, lie);
    expect(fates).toEqual(["abort SHUFFLE_CHECK_FAILED", "abort SHUFFLE_CHECK_FAILED"]);
  });
});
