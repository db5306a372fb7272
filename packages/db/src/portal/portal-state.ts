import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { lendReader, MAKE_READER, READER } from "./make-reader.ts";

/** Whether read-only SQL can run, and what has to be done where it cannot. */
export interface PortalState {
  on: boolean;
  /** Why it is off, in a sentence. */
  why: string | null;
  /** Statements for whoever may make roles there. */
  mend: string | null;
}

/** Asked of the login that would become the reading role. */
export async function findPortalState(executor: Executor): Promise<PortalState> {
  const row = await executeRawSqlOne<{
    user: string;
    role: boolean;
    member: boolean;
    temporary: boolean;
    database: string;
  }>(
    executor,
    `select quote_ident(current_user) as "user", quote_ident(current_database()) as database, r.oid is not null as role,
       coalesce(pg_has_role(current_user, r.oid,
         case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end), false) as member,
       has_database_privilege(current_database(), 'TEMPORARY') as temporary
     from (select 1) one left join pg_roles r on r.rolname = '${READER}'`,
  );
  const { user, database, role, member, temporary } = row!;
  const missing: [is: boolean, why: string, mend: string][] = [
    [!role, `The role ${READER} is not there, and this login may make none.`, MAKE_READER],
    [!member, `This login may not become the role ${READER}.`, lendReader(user)],
    [
      !temporary,
      "This login may make no temporary views.",
      `grant temporary on database ${database} to ${user};`,
    ],
  ];
  const lacks = missing.filter(([is]) => is);
  return {
    on: lacks.length === 0,
    why: lacks[0]?.[1] ?? null,
    mend: lacks.length === 0 ? null : lacks.map(([, , mend]) => mend).join("\n"),
  };
}
