import { executeRawSql } from "../../src/index.ts";
import { call, type Caller, OnPurpose, type Told, violate } from "./account.ts";
import { ACCOUNTS, randomTransfer, TOTAL, transferByBuilder, transferIn } from "./bank.ts";

/** One transfer in the transaction and one in a savepoint, which is undone half of the time. */
export async function inSavepoints({ database, random, account, nextId }: Caller, id: number) {
  const inner = nextId();
  const undone = random.chance(0.5);
  const nested = random.chance(0.3);
  const told = await call(account, "savepoint", id, 10, () =>
    database.db.transaction(async (tx) => {
      if (random.chance(0.5)) await transferIn(tx, randomTransfer(random, id));
      else await transferByBuilder(tx, randomTransfer(random, id));
      const work = (scope: typeof tx) =>
        transferIn(scope, randomTransfer(random, inner), async () => {
          if (undone) throw new OnPurpose();
        });
      await tx
        .savepoint((scope) => (nested ? scope.savepoint(work) : work(scope)))
        .catch((error: unknown) => {
          if (!(error instanceof OnPurpose)) throw error;
        });
    }),
  );
  const nothing: Told = { outcome: "failed", what: `undone savepoint of ${told.what}` };
  account.transfers.set(id, told);
  account.transfers.set(inner, undone ? nothing : told);
}

/** Several reads and a transaction on one lent connection. */
export async function inSession({ database, random, account }: Caller, id: number) {
  const reads = random.between(1, 4);
  const forgets = random.chance(0.1);
  let transferred: Told | undefined;
  await call(account, "session", id, reads + 6, () =>
    database.withSession(async (session) => {
      const answers = await Promise.all(
        Array.from({ length: reads }, (_, at) =>
          executeRawSql<{ token: string }>(session, "select :token::text as token", {
            token: `${id}.${at}`,
          }),
        ),
      );
      for (const [at, rows] of answers.entries()) {
        if (rows.length === 1 && rows[0]?.token === `${id}.${at}`) continue;
        violate(account, `session ${id} got another's answer to its read ${at}`);
      }
      transferred = await call(account, "transfer in a session", id, 6, () =>
        session.transaction((tx) => transferIn(tx, randomTransfer(random, id))),
      );
      if (forgets) throw new OnPurpose();
    }),
  );
  if (transferred) account.transfers.set(id, transferred);
}

/** Reads every account many times over in one stream: whoever writes meanwhile must not be seen. */
export async function streamBalances({ database, random, account }: Caller, token: number) {
  const rounds = random.between(1, 60);
  const batchRows = random.between(50, 500);
  const breaksOff = random.chance(0.2) ? random.between(1, 3) : Infinity;
  const statements = Math.ceil((rounds * ACCOUNTS) / batchRows) + 3;
  await call(account, "stream", token, statements, async () => {
    const sums = new Map<number, number>();
    let count = 0;
    let batches = 0;
    const text = `select :token::int as token, round, balance
      from generate_series(1, :rounds::int) round cross join account order by round, id`;
    const rows = database.stream<{ token: number; round: number; balance: number }>(
      text,
      { token, rounds },
      { batchRows },
    );
    for await (const batch of rows) {
      for (const row of batch) {
        if (row.token !== token) violate(account, `stream ${token} got a row of ${row.token}`);
        sums.set(row.round, (sums.get(row.round) ?? 0) + row.balance);
      }
      count += batch.length;
      if (++batches >= breaksOff) return;
    }
    if (count !== rounds * ACCOUNTS) {
      violate(account, `stream ${token} ended after ${count} of ${rounds * ACCOUNTS} rows`);
    }
    const wrong = [...sums.values()].find((total) => total !== TOTAL);
    if (wrong !== undefined) violate(account, `stream ${token} saw balances of ${wrong} together`);
  });
}
