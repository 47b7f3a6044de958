import { recordCopies, type Stored } from "@symbolon/mpc/protocol/copies";
import { type Refreshed, refresh } from "@symbolon/mpc/protocol/refresh";
import { replaceParty } from "@symbolon/mpc/protocol/replace";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { type Piece, type PieceResult, piece, words } from "./piece.js";

const stored = (shares: Shares): Stored => ({
  name: "list",
  epoch: 1,
  columns: [{ shares, adding: "add" }],
});

const result = ({ stored: { columns } }: Refreshed): PieceResult => columns[0];

/** Who sits in the seat that a newcomer takes. */
const SEAT = 1;

/** Fresh shares of what is stored, among the same three or with a newcomer. */
export const epochs: readonly Piece[] = [
  piece("refresh", ["protocol/refresh", "protocol/copies"], (dealer) => {
    const x = dealer.share(words(8, 1), "add");
    return async (ctx, self) => result(await refresh(ctx, stored(x[self])));
  }),
  piece("replace", ["protocol/replace", "protocol/copies"], (dealer) => {
    const x = dealer.share(words(8, 2), "add");
    const columns = [{ like: new Uint32Array(0), length: 8, adding: "add" }] as const;
    return async (ctx, self) => {
      const record = await recordCopies(ctx, stored(x[self]));
      const shape = { name: "list", epoch: 1, columns };
      const holding = self === SEAT ? shape : { stored: stored(x[self]), record };
      return result(await replaceParty(ctx, SEAT, holding));
    };
  }),
];
