import { setTimeout as pause } from "node:timers/promises";
import {
  executeRawSql,
  executeRawSqlOne,
  findDatabaseError,
  type OwnSession,
} from "../../src/index.ts";
import { type Account, call, type Caller, OnPurpose, violate } from "./account.ts";
import { randomTransfer, transferIn } from "./bank.ts";
import type { Random } from "./random.ts";

const LOCKS = 2;
const STATEMENTS = 20;

/** Takes a connection of its own again and again: lock, temporary table, notifications, a transfer. */
export async function beOwner(caller: Caller, stop: AbortSignal): Promise<void> {
  const { database, random, account, nextId, restMs } = caller;
  while (!stop.aborted) {
    const id = nextId();
    let transferred = false;
    const told = await call(account, "own connection", id, STATEMENTS, async () => {
      const session = await database.session();
      try {
        await useAlone(session, id, random, account);
        transferred = true;
        await session.transaction((tx) => transferIn(tx, randomTransfer(random, id)));
      } catch (error) {
        const { kind } = findDatabaseError(error) ?? {};
        if (kind === "connection_lost" && !session.ended.aborted) {
          violate(account, `own connection ${id} was lost, and nobody told its owner`);
        }
        throw error;
      } finally {
        await session.release();
        if (!session.ended.aborted) violate(account, `own connection ${id} outlives its release`);
      }
    });
    if (transferred) account.transfers.set(id, told);
    await pause(random.between(0, 2 * restMs));
  }
}

async function useAlone(session: OwnSession, id: number, random: Random, account: Account) {
  const blame = (what: string) => violate(account, `own connection ${id} ${what}`);
  if ((await leftBehind(session)) !== 0) blame("found what another one had set");
  await executeRawSql(session, "create temporary table mine as select :id::int as id", { id });
  const key = random.between(1, LOCKS);
  const { locked } = (await executeRawSqlOne<{ locked: boolean }>(
    session,
    "select pg_try_advisory_lock(:key::bigint) as locked",
    { key },
  ))!;
  const heard: string[] = [];
  const forget = await session.listen(`own_${id}`, (payload) => heard.push(payload));
  const said = Array.from({ length: random.between(1, 5) }, (_, at) => `${id}.${at}`);
  for (const payload of said) await notify(session, id, payload);
  // One more answer, and the server has said all that came before it.
  const rows = await executeRawSql<{ id: number }>(session, "select id from mine");
  if (rows.length !== 1 || rows[0]?.id !== id) blame("lost its temporary table");
  if (heard.join() !== said.join()) blame(`heard ${heard.join()} of ${said.join()}`);
  if (random.chance(0.5)) {
    await forget();
    await notify(session, id, "nobody listens");
    if (heard.length !== said.length) blame("heard what it had stopped to listen to");
  }
  if (random.chance(0.3)) await pause(random.between(0, 300));
  if ((await ownLocks(session)) !== Number(locked)) blame("does not hold the lock it was given");
  if (random.chance(0.1)) throw new OnPurpose();
}

const notify = (session: OwnSession, id: number, payload: string) =>
  executeRawSql(session, "select pg_notify(:channel, :payload)", { channel: `own_${id}`, payload });

const countOf = async (session: OwnSession, expression: string) =>
  (await executeRawSqlOne<{ count: number }>(session, `select (${expression})::int as count`))!
    .count;

const OWN_LOCKS =
  "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";

const ownLocks = (session: OwnSession) => countOf(session, OWN_LOCKS);

const leftBehind = (session: OwnSession) =>
  countOf(
    session,
    `(${OWN_LOCKS}) + (select count(*) from pg_listening_channels())
       + (select count(*) from pg_class where oid = to_regclass('pg_temp.mine'))`,
  );
