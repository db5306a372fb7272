import { readableName } from "../domain/readable-name.ts";
import type { GivenList } from "./read-given.ts";

/** Domains that are known already, as a list of a line each. */
export const listOfDomains = (domains: readonly string[]): GivenList => ({
  entries: domains.map((domain, at) => ({
    line: at + 1,
    input: readableName(domain),
    kind: "valid",
    domain,
    reason: null,
    note: null,
    of: null,
    lastScanAt: null,
  })),
  columns: [],
  nameColumn: null,
  cells: new Map(),
  refusedFail: false,
});
