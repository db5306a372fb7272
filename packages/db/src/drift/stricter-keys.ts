import type { Catalogue } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { quoted, rowName, tableKey } from "./naming.ts";

/**
 * What a unique key that the schema does not know does to our rows. One of fewer columns than a key of the
 * schema refuses rows that the schema tells apart; one of more columns refuses none that is not refused already.
 */
export function judgeUnknownKey(
  place: { schema: string; table: string },
  columns: readonly string[],
  declared: Catalogue,
): Pick<Finding, "severity"> & { effect: string } {
  const keys = declared.constraints
    .filter((row) => tableKey(row) === tableKey(place))
    .filter(({ kind }) => kind === "primary key" || kind === "unique")
    .map((row) => row.columns.split(" "));
  const names = columns.map(quoted).join(", ");
  const row = rowName(place.table);
  if (keys.some((key) => key.every((column) => columns.includes(column)))) {
    return { severity: "harmless", effect: "it refuses nothing that is not refused already" };
  }
  const wider = keys.find((key) => columns.every((column) => key.includes(column)));
  if (wider === undefined) {
    return {
      severity: "harmful",
      effect: `a second ${row} with the same ${names} will be refused`,
    };
  }
  const lost = wider.filter((column) => !columns.includes(column));
  return {
    severity: "breaking",
    effect: lost.includes("tenant_id")
      ? `another tenant's ${row} with the same ${names} will be refused, and the job that stores it will fail`
      : `a ${row} with the same ${names} and another ${lost.map(quoted).join(", ")} will be refused, and what stores it will fail`,
  };
}
