// The only door to the database. No other package opens a connection.
export { createDatabase, type Database, type HealthResult } from "./session/database.ts";
export { type DatabaseConfig } from "./session/config.ts";
export { DatabaseError, type DatabaseErrorKind, findDatabaseError } from "./session/errors.ts";
export {
  type Executor,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "./session/raw-sql.ts";
export { json } from "./session/parameters.ts";
export { parseTimestamp } from "./session/results.ts";
export { type TransactionOptions } from "./session/transaction.ts";
export { type PoolStats } from "./session/pool.ts";
export { type Db, type Reader, type Session, type Tx } from "./session/types.ts";
