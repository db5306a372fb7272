import type { Column, GetColumnData, SQL } from "drizzle-orm";

/** A row that holds what these columns and expressions select. */
export type RowOf<Selected extends Record<string, Column | SQL>> = {
  [Key in keyof Selected]: Selected[Key] extends Column
    ? GetColumnData<Selected[Key]>
    : Selected[Key] extends SQL<infer Value>
      ? Value
      : never;
};
