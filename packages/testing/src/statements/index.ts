// Raw statements and declared expressions, held against what a migrated database says of them.
export { findMisdeclared, findMisdeclaredQueries } from "./find-misdeclared.ts";
export { loadSources } from "./load-sources.ts";
export { recordQueries } from "./record-queries.ts";
export { failStatements, type FailingStatements } from "./fail-statement.ts";
