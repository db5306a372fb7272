// Judged by the compiler alone: a line marked as an error that is none any more fails the check.
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database, Db, OwnSession, Reader, Session, Tx } from "../../src/index.ts";

declare const table: PgTable;
declare const database: Database;
declare const db: Db;
declare const tx: Tx;
declare const reader: Reader;
declare const session: Session;
declare const own: OwnSession;

const nothing = async () => {};
const read = (executor: Reader) => executor;
const insideOnly = (executor: Tx) => executor;
const edgeOnly = (executor: Db) => executor;

/** A rule's transaction was begun by an edge: it cannot begin one, and nothing but one will do. */
export function transactionsBeginAtEdges() {
  void db.transaction(async (inner) => void insideOnly(inner));
  void session.transaction(async (inner) => void insideOnly(inner));
  void own.transaction(async (inner) => void insideOnly(inner));
  void database.withSession(async (lent) => void edgeOnly(lent));
  // @ts-expect-error a transaction cannot begin another one
  void tx.transaction(nothing);
  // @ts-expect-error nor can a reader
  void reader.transaction(nothing);
  // @ts-expect-error nor can a savepoint
  void tx.savepoint(async (inner) => inner.transaction(nothing));
  // @ts-expect-error the pool is no transaction
  insideOnly(db);
  // @ts-expect-error nor is a lent connection
  insideOnly(session);
  // @ts-expect-error nor is a connection of one's own
  insideOnly(own);
  // @ts-expect-error nor is what may only read
  insideOnly(reader);
  // @ts-expect-error nor is something that has all of its methods
  insideOnly({ ...db, savepoint: tx.savepoint });
  // @ts-expect-error a transaction is no pool
  edgeOnly(tx);
  // @ts-expect-error the pool has no savepoints: there is no transaction around them
  void db.savepoint(nothing);
}

/** The transaction of a savepoint is one like any other, and savepoints nest. */
export function savepointsAreTransactions() {
  void tx.savepoint(async (inner) => {
    insideOnly(inner);
    await inner.savepoint(async (innermost) => insideOnly(innermost));
    await inner.insert(table).values({});
  });
}

/** Whatever there is may be read with; what may only read writes nothing. */
export function readersOnlyRead() {
  for (const executor of [db, tx, session, own, reader]) read(executor);
  void reader.select().from(table);
  void reader.selectDistinct().from(table);
  void reader.$count(table);
  void reader.with().select().from(table);
  // @ts-expect-error it cannot insert
  void reader.insert(table);
  // @ts-expect-error nor update
  void reader.update(table);
  // @ts-expect-error nor delete
  void reader.delete(table);
  // @ts-expect-error nor run any statement
  void reader.execute("select 1");
  // @ts-expect-error nor delete after a WITH
  void reader.with().delete(table);
  // @ts-expect-error nor update after one
  void reader.with().update(table);
  // @ts-expect-error nor insert after one
  void reader.with().insert(table);
  // @ts-expect-error nor write through the pool it may be
  edgeOnly(reader);
  void tx.insert(table).values({});
  void db.delete(table);
}
