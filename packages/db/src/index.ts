// The only door to the database. No other package opens a connection.
export { createDatabase, type Database } from "./session/database.ts";
export { type DatabaseConfig, type Environment } from "./session/config.ts";
export { type HealthResult, type Pooler } from "./session/health.ts";
export { type Mode } from "./session/mode.ts";
export { adviceFor, type DatabaseErrorReason } from "./session/advice.ts";
export {
  DatabaseError,
  type DatabaseErrorKind,
  driverErrorOf,
  findDatabaseError,
  OutcomeUnknownError,
  type ServerWords,
} from "./session/errors.ts";
export { describeServerWords } from "./session/server-words.ts";
export {
  type Executor,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "./session/raw-sql.ts";
export { copyIn, copyOut, type CopyOptions } from "./session/copy.ts";
export { type StreamOptions } from "./session/stream.ts";
export { type LeasedSession } from "./session/leased-session.ts";
export { type DatabaseHooks } from "./session/hooks.ts";
export { currentTags, type StatementTags, withStatementTags } from "./session/tags.ts";
export { withOptions } from "./session/drizzle.ts";
export { type CallOptions } from "./session/statement.ts";
export { json } from "./session/parameters.ts";
export { parseTimestamp } from "./session/results.ts";
export { type TransactionOptions } from "./session/transaction.ts";
export { type PoolStats } from "./session/pool-options.ts";
export { type Db, type Reader, type Session, type Tx } from "./session/types.ts";
