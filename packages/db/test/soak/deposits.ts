import { sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { copyIn, copyOut, type Database, executeRawSql, withOptions } from "../../src/index.ts";
import { type Account, call, type Caller, OnPurpose, violate } from "./account.ts";
import { ACCOUNTS, randomTransfer, TOTAL, transferIn } from "./bank.ts";
import { STATEMENT_MS } from "./stand.ts";

/** Rows that come together under one id: all of them are there, or none. */
const deposit = pgTable("deposit", {
  id: integer("id").notNull(),
  n: integer("n").notNull(),
  body: text("body").notNull(),
});

export const openDeposits = ({ db }: Database) =>
  db.execute(
    sql`create table deposit (id int not null, n int not null check (n > 0), body text not null)`,
  );

const ROWS_MAX = 2_000;
/** About what one write of the driver holds and more: the connection may end between two of them. */
const BODY_LENGTH = 100;

/** COPY in, by itself or beside a transfer; its source may give up, or the server refuse a row. */
export async function depositByCopy({ database, random, account }: Caller, id: number) {
  const size = random.between(1, ROWS_MAX);
  const fate = random.pick(["stays", "stays", "stays", "changes its mind", "is refused"] as const);
  const turn = random.between(1, size);
  async function* rows() {
    for (let n = 1; n <= size; n++) {
      if (n === turn && fate === "changes its mind") throw new OnPurpose();
      yield [id, n === turn && fate === "is refused" ? -1 : n, "x".repeat(BODY_LENGTH)];
    }
  }
  const columns = ["id", "n", "body"] as const;
  const options = { stallTimeoutMs: STATEMENT_MS };
  const alone = random.chance(0.6);
  const told = await call(account, alone ? "copy in" : "copy in beside", id, 6, () =>
    alone
      ? copyIn(database.db, deposit, columns, rows(), options)
      : database.db.transaction(async (tx) => {
          await transferIn(tx, randomTransfer(random, id));
          await copyIn(tx, deposit, columns, rows(), options);
        }),
  );
  if (fate !== "stays" && told.outcome === "committed") {
    violate(account, `${told.what} was reported committed, though one row ${fate}`);
  }
  account.deposits.set(id, { ...told, size });
  if (!alone) account.transfers.set(id, told);
}

/** Many rows in one INSERT of the query builder, with options of its own. */
export async function depositByBuilder({ database, random, account }: Caller, id: number) {
  const size = random.between(1, ROWS_MAX / 10);
  const rows = Array.from({ length: size }, (_, at) => ({ id, n: at + 1, body: "y" }));
  const timeoutMs = random.chance(0.3) ? random.between(1, 100) : STATEMENT_MS;
  const told = await call(account, "insert with options", id, 1, async () => {
    const written = await withOptions(database.db, { timeoutMs, name: "deposit" })
      .insert(deposit)
      .values(rows)
      .returning({ id: deposit.id, n: deposit.n });
    if (written.length !== size || written.some((row) => row.id !== id)) {
      violate(account, `insert ${id} got ${written.length} of ${size} rows back, or another's`);
    }
  });
  account.deposits.set(id, { ...told, size });
}

/** COPY out of every balance: all of one moment, and complete when it says so. */
export async function copyBalancesOut({ database, random, account }: Caller, token: number) {
  const rounds = random.between(1, 300);
  const text = `copy (select ${token}, balance from account, generate_series(1, ${rounds})) to stdout`;
  await call(account, "copy out", token, 2, async () => {
    const pieces: Buffer[] = [];
    const options = { stallTimeoutMs: STATEMENT_MS };
    const bytes = await copyOut(database.db, text, (piece) => pieces.push(piece), options);
    const all = Buffer.concat(pieces);
    const lines = all.toString().trimEnd().split("\n");
    const rows = lines.map((line) => line.split("\t").map(Number));
    const total = rows.reduce((sum, [, balance]) => sum + balance!, 0);
    const own = rows.every(([whose]) => whose === token);
    if (bytes === all.length && own && lines.length === rounds * ACCOUNTS) {
      if (total === TOTAL * rounds) return;
    }
    violate(
      account,
      `copy out ${token} said ${bytes} bytes and gave ${all.length}, ${lines.length} of ` +
        `${rounds * ACCOUNTS} rows, ${own ? "its own" : "another's"}, ${total} of ${TOTAL * rounds}`,
    );
  });
}

/** Holds what is stored against what their callers were told. */
export async function checkDeposits({ db }: Database, account: Account): Promise<void> {
  const rows = await executeRawSql<{ id: number; count: number }>(
    db,
    "select id, count(distinct n)::int as count from deposit group by id",
  );
  const stored = new Map(rows.map(({ id, count }) => [id, count]));
  for (const [id, { outcome, what, size }] of account.deposits) {
    const count = stored.get(id) ?? 0;
    if (outcome === "committed" && count === 0) {
      violate(account, `reported committed, and absent: ${what}`);
    }
    if (outcome === "failed" && count > 0) violate(account, `reported failed, and there: ${what}`);
    if (count !== 0 && count !== size) violate(account, `${count} of ${size} rows: ${what}`);
    stored.delete(id);
  }
  for (const id of stored.keys()) violate(account, `deposit ${id} is there, asked by nobody`);
}
