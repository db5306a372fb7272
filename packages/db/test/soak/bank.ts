import { eq, sql } from "drizzle-orm";
import { bigint, integer, pgTable } from "drizzle-orm/pg-core";
import {
  executeRawSql,
  executeRawSqlOne,
  type Database,
  type Reader,
  type Tx,
  withOptions,
} from "../../src/index.ts";
import type { Random } from "./random.ts";

export const ACCOUNTS = 20;
const START = 1_000;

const accounts = pgTable("account", {
  id: integer("id").primaryKey(),
  balance: integer("balance").notNull(),
});
const transfers = pgTable("transfer", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  debit: integer("debit").notNull(),
  credit: integer("credit").notNull(),
  amount: integer("amount").notNull(),
});

export interface Transfer {
  id: number;
  from: number;
  to: number;
  amount: number;
}

/** Accounts that start alike, and every transfer between them with an id of its own. */
export async function openBank({ db }: Database): Promise<void> {
  await executeRawSql(
    db,
    "create table account (id int primary key, balance int not null check (balance >= 0))",
  );
  await executeRawSql(
    db,
    `create table transfer (id bigint primary key, debit int not null references account,
       credit int not null references account, amount int not null check (amount > 0))`,
  );
  await executeRawSql(
    db,
    "insert into account select n, :start::int from generate_series(1, :accounts::int) n",
    { start: START, accounts: ACCOUNTS },
  );
}

export async function transferIn(tx: Reader, transfer: Transfer, between = async () => {}) {
  await executeRawSql(tx, "insert into transfer values (:id, :from, :to, :amount)", {
    ...transfer,
  });
  await executeRawSql(tx, "update account set balance = balance - :amount where id = :from", {
    amount: transfer.amount,
    from: transfer.from,
  });
  await between();
  await executeRawSql(tx, "update account set balance = balance + :amount where id = :to", {
    amount: transfer.amount,
    to: transfer.to,
  });
}

/** The same by the query builder. */
export async function transferByBuilder(tx: Tx, { id, from, to, amount }: Transfer) {
  const named = withOptions(tx, { name: "transfer" });
  await named.insert(transfers).values({ id, debit: from, credit: to, amount });
  const change = (account: number, by: number) =>
    named
      .update(accounts)
      .set({ balance: sql`${accounts.balance} + ${by}` })
      .where(eq(accounts.id, account));
  await change(from, -amount);
  await change(to, amount);
}

export function randomTransfer(random: Random, id: number): Transfer {
  const from = random.between(1, ACCOUNTS);
  const to = ((from + random.between(0, ACCOUNTS - 2)) % ACCOUNTS) + 1;
  return { id, from, to, amount: random.between(1, 5) };
}

/** The same in one statement that commits itself. */
export const TRANSFER_AT_ONCE = `
  with noted as (insert into transfer values (:id, :from, :to, :amount)),
  wanted as (select id from account where id in (:from::int, :to::int) order by id for update)
  update account set balance = balance + case when account.id = :to then :amount::int else -:amount::int end
    from wanted where account.id = wanted.id`;

/** Sum of all balances; never anything but this. */
export const TOTAL = ACCOUNTS * START;

export async function totalOf(reader: Reader): Promise<number> {
  const row = await executeRawSqlOne<{ total: string }>(
    reader,
    "select sum(balance) as total from account",
  );
  return Number(row?.total);
}

/** Accounts whose balance is not what their transfers make of it. */
export async function wrongBalances({ db }: Database): Promise<number[]> {
  const rows = await executeRawSql<{ id: number }>(
    db,
    `select id from account where balance <> :start::int
       + (select coalesce(sum(amount), 0) from transfer where credit = account.id)
       - (select coalesce(sum(amount), 0) from transfer where debit = account.id)`,
    { start: START },
  );
  return rows.map(({ id }) => id);
}

export async function storedTransfers({ db }: Database): Promise<Set<number>> {
  const rows = await executeRawSql<{ id: string }>(db, "select id from transfer");
  return new Set(rows.map(({ id }) => Number(id)));
}
