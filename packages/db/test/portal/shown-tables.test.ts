import { expect, test } from "vitest";
import { describeDeclared } from "../../src/drift/declared.ts";
import { shownTables } from "../../src/portal/index.ts";

/** What lets somebody in, what may hold anything, what others wrote for themselves, and what is of use to nobody. */
const HIDDEN = [
  "accounts",
  "adopted_rows",
  "audit_openings",
  "forgotten_work",
  "idempotency_keys",
  "network_places",
  "rate_limits",
  "revision_epochs",
  "saved_sql",
  "seeds",
  "server_starts",
  "sessions",
  "sign_in_links",
  "sql_runs",
  "stream_places",
  "verifications",
];

test("every table is shown to platform staff, or said to be hidden", () => {
  const shown = new Set(shownTables().map(({ table }) => table));
  const others = describeDeclared().tables.map(({ table }) => table);
  expect(others.filter((table) => !shown.has(table)).toSorted()).toEqual(HIDDEN);
});

test("columns that hold secrets are masked by their names", () => {
  const masked = shownTables().flatMap(({ table, masked: names }) =>
    names.map((name) => `${table}.${name}`),
  );
  expect(masked).toEqual(["api_keys.secret_hash", "webhooks.secret_number"]);
});
