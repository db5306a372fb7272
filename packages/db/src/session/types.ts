import type { WithSubquery } from "drizzle-orm";
import type { Builder } from "./drizzle/drizzle.ts";
import type { OwnConnection } from "./scope/own-connection.ts";
import type { Executor } from "./scope/raw-sql.ts";
import type { TransactionOptions } from "./scope/transaction.ts";

type Selects = "select" | "selectDistinct" | "selectDistinctOn";

/** What may only read: satisfied by pool, session and transaction alike. */
export interface Reader extends Pick<Builder, Selects | "$count" | "$with">, Executor {
  with(...queries: WithSubquery[]): Pick<ReturnType<Builder["with"]>, Selects>;
}

interface Writer extends Reader, Pick<Builder, "insert" | "update" | "delete" | "execute"> {}

declare const insideTransaction: unique symbol;

/** A transaction that somebody else began and will end. It cannot begin another one, and the pool is not one. */
export interface Tx extends Writer {
  readonly [insideTransaction]: true;
  /**
   * Runs `work` in a savepoint: kept when it resolves, undone when it throws; the transaction goes on
   * either way. Until it ends, statements belong to its own handle.
   */
  savepoint<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Where edges begin transactions. Each statement outside one commits by itself. */
export interface Db extends Writer {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws.
   * @throws DatabaseError; `outcome_unknown` when the answer to COMMIT was lost
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** One connection lent for a piece of background work. */
export type Session = Db;

/** A connection of one's own: what is set on it stays until it is released. */
export interface OwnSession extends Db, OwnConnection {}
