// The only door to the database. No other package opens a connection.
export { createDatabase, type Database } from "./session/database.ts";
export { type Apart } from "./session/scope/apart.ts";
export { type DatabaseConfig, type Environment } from "./session/config/config.ts";
export { type HealthResult, type Pooler } from "./session/pool/health.ts";
export { type Mode } from "./session/config/mode.ts";
export { adviceFor, type DatabaseErrorReason } from "./session/errors/advice.ts";
export {
  DatabaseError,
  type DatabaseErrorKind,
  driverErrorOf,
  findDatabaseError,
  OutcomeUnknownError,
  type ServerWords,
} from "./session/errors/database-error.ts";
export { describeServerWords } from "./session/errors/server-words.ts";
export {
  type Executor,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "./session/scope/raw-sql.ts";
export {
  type DefinedStatement,
  defineStatement,
  type RowFrom,
} from "./statement/define-statement.ts";
export { expression } from "./statement/expression.ts";
export { certain, nullable, typed } from "./statement/row.ts";
export { copyIn } from "./session/drizzle/copy-in.ts";
export { copyOut, type CopyOptions } from "./session/scope/copy.ts";
export { type StreamOptions } from "./session/scope/stream.ts";
export { type DatabaseHooks } from "./session/config/hooks.ts";
export { currentTags, type StatementTags, withStatementTags } from "./session/sql/tags.ts";
export { estimateRows } from "./session/drizzle/estimate-rows.ts";
export { readTexts } from "./session/drizzle/read-texts.ts";
export { TextRows } from "./session/sql/text-rows.ts";
export { withOptions } from "./session/drizzle/drizzle.ts";
export { withDeadline } from "./session/with-deadline.ts";
export { type CallOptions } from "./session/wire/statement.ts";
export { json } from "./session/sql/parameters.ts";
export { parseTimestamp } from "./session/sql/results.ts";
export { type TransactionOptions } from "./session/scope/transaction.ts";
export { type PoolStats } from "./session/config/pool-options.ts";
export { type Db, type OwnSession, type Reader, type Session, type Tx } from "./session/types.ts";
export { createSamples, type Samples, type Spread } from "./observe/samples.ts";
