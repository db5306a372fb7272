"use client";

import { useState } from "react";

interface Held<Row> {
  scope: string;
  rows: Row[];
}

export interface HeldRows<Row> {
  /** The rows in the order they had when shown, each with its newest values. */
  rows: Row[];
  /** Rows that arrived since, waiting to be asked for. */
  arrived: number;
  /** Shows the newest list as it is now. */
  accept: () => void;
}

/**
 * Keeps a list still under the hand: known rows change in place, new ones wait, and those the newest answer no longer
 * holds go, for what they said is not true any more. `scope` names the question the rows answer (filters and page);
 * another question starts afresh. `undefined` means the answer is still that of the last one.
 */
export const useHeldRows = <Row>(
  rows: Row[],
  scope: string | undefined,
  rowKey: (row: Row) => string,
): HeldRows<Row> => {
  const [held, setHeld] = useState<Held<Row>>({ scope: scope ?? "", rows });
  const newest = new Map(rows.map((row) => [rowKey(row), row]));
  const kept = held.rows.flatMap((row) => newest.get(rowKey(row)) ?? []);
  const afresh =
    scope !== undefined && (held.scope !== scope || (kept.length === 0 && rows.length > 0));
  if (afresh) setHeld({ scope, rows });
  const shown = scope === undefined ? held.rows : afresh ? rows : kept;
  return {
    rows: shown,
    arrived: scope === undefined ? 0 : rows.length - shown.length,
    accept: () => setHeld({ scope: scope ?? held.scope, rows }),
  };
};
