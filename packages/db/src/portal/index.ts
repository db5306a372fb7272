// The door for platform staff who look into the database: what they may read, and by which statements.
export { judgeSql, SQL_LENGTH_MAX, type Verdict } from "./judge-sql.ts";
export { findPortalState, type PortalState } from "./portal-state.ts";
export {
  PORTAL_LIMITS,
  type PortalAnswer,
  type PortalColumn,
  type PortalLimits,
  runPortalSql,
} from "./run-sql.ts";
export { type ShownTable, shownTables } from "./shown-tables.ts";
export {
  type DescribedTable,
  describeTable,
  type ListedTable,
  listTables,
  SAMPLE_CELL_LENGTH_MAX,
  sampleTable,
  type TableSample,
} from "./read-tables.ts";
