// Raw statements, held against what a migrated database says of them.
export { findMisdeclared } from "./find-misdeclared.ts";
export { loadSources } from "./load-sources.ts";
