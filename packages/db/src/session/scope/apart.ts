import type { SlotOptions } from "../config/pool-options.ts";
import { leavesOutStartup } from "../pool/opener.ts";
import type { StatementResult } from "../sql/results.ts";
import { Slot } from "../wire/slot.ts";
import type { StatementOptions } from "../wire/statement.ts";

/** A connection that nobody had before and nobody gets afterwards. */
export interface Apart {
  /** One statement, or a script of several; rows are arrays of values. @throws DatabaseError */
  run(
    text: string,
    options?: Pick<StatementOptions, "timeoutMs" | "signal" | "single" | "bytesMax" | "name">,
  ): Promise<StatementResult<unknown[]>>;
}

export async function runApart<T>(
  options: SlotOptions,
  work: (connection: Apart) => Promise<T>,
): Promise<T> {
  const slot = await open(options);
  slot.own = true;
  try {
    return await work({
      run: async (text, how) => {
        const rows = await slot.run(text, [], { ...how, rows: "arrays" });
        return rows as unknown as StatementResult<unknown[]>;
      },
    });
  } finally {
    await slot.close();
  }
}

async function open(options: SlotOptions): Promise<Slot> {
  const slot = new Slot(options);
  try {
    await slot.open();
    return slot;
  } catch (error) {
    if (leavesOutStartup(options, error)) return open(options);
    throw error;
  }
}
