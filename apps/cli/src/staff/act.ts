import type { Db } from "@scrapersky/db";
import type { Env } from "../env.ts";

/** What was typed: the words behind the command, and its flags. */
export interface Typed {
  words: string[];
  flags: Partial<Record<Flag, string>>;
}

export type Flag = "name" | "role" | "scopes" | "slug" | "tenant";

export interface Told {
  /** For people. */
  text: string;
  /** For programs, exactly what `--json` prints. */
  json: object;
  /** What else a person must know, said aside from the result. */
  warning?: string | undefined;
}

/** One thing that can be typed. */
export interface Act {
  /** Names of the words it needs, as its usage shows them. */
  words: string[];
  /** The flags it takes; true for those it needs. */
  flags: Partial<Record<Flag, boolean>>;
  run(db: Db, typed: Typed, env: Env): Promise<Told>;
}

/** A flag that the act needs: the command line has seen that it is there. */
export const flagOf = ({ flags }: Typed, name: Flag): string => flags[name] ?? "";

export const wordOf = ({ words }: Typed): string => words[0] ?? "";

/** Rows as lines with columns of one width; the first row is the head. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
