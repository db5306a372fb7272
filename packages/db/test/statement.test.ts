import { describe, expect, expectTypeOf, test } from "vitest";
import {
  certain,
  type DefinedStatement,
  defineStatement,
  type Executor,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  typed,
} from "../src/index.ts";
import { jobAttempts, jobs, scrapeJobs, users } from "../src/schema/index.ts";
import { definedStatements } from "../src/statement/index.ts";

const CONDITION = "j.job_id = :jobId::uuid";
const fenced = defineStatement(
  `select j.job_id, j.batch_id, j.status, j.created_at, s.attempt, s.error_code, a.bytes, a.timings,
     (j.job_metadata->>'max_pages')::int as max_pages, j.error, u.created_at as since
   from jobs j … where ${CONDITION} and s.attempt = :attempt::int and :jobId::uuid is not null`,
  {
    job_id: jobs.jobId,
    batch_id: jobs.batchId,
    status: typed<"running" | "failed">(jobs.status),
    created_at: jobs.createdAt,
    attempt: nullable(scrapeJobs.attempt),
    error_code: scrapeJobs.errorCode,
    bytes: jobAttempts.bytes,
    timings: jobAttempts.timings,
    max_pages: nullable("int4"),
    error: certain(jobs.error),
    since: users.createdAt,
  },
);
const written = defineStatement("update jobs set error = null");

type RowOf<S> = S extends DefinedStatement<infer Row, string> ? Row : never;
type NamesOf<S> = S extends DefinedStatement<object, infer Names> ? Names : never;

describe("a defined statement", () => {
  test("has rows of the types that its columns are declared with, as raw SQL gives them", () => {
    expectTypeOf<RowOf<typeof fenced>>().toEqualTypeOf<{
      job_id: string;
      batch_id: string | null;
      status: "running" | "failed";
      created_at: string;
      attempt: number | null;
      error_code: string | null;
      bytes: string;
      timings: Record<string, number>;
      max_pages: number | null;
      error: string;
      since: string;
    }>();
    expectTypeOf<RowOf<typeof written>>().toEqualTypeOf<{}>();
  });

  test("knows its parameters, also those of a fragment, and no cast for one", () => {
    expectTypeOf<NamesOf<typeof fenced>>().toEqualTypeOf<"jobId" | "attempt">();
    expectTypeOf<NamesOf<typeof written>>().toEqualTypeOf<never>();
    expect(fenced.named.names).toEqual(["jobId", "attempt"]);
  });

  test("does not compile with a value missing, misspelt or undefined", () => {
    const on = {} as Executor;
    const calls = [
      // @ts-expect-error the attempt is missing
      () => executeRawSql(on, fenced, { jobId: "" }),
      // @ts-expect-error a name is misspelt
      () => executeRawSqlOne(on, fenced, { jobId: "", attempt: 1, worker: "" }),
      // @ts-expect-error NULL is null
      () => executeRawSql(on, fenced, { jobId: undefined, attempt: 1 }),
      // @ts-expect-error parameters are needed
      () => executeRawSql(on, fenced),
      // @ts-expect-error it has none
      () => executeRawSql(on, written, { jobId: "" }),
      () => executeRawSql(on, fenced, { jobId: null, attempt: 1 }, { timeoutMs: 5 }),
      () => executeRawSql(on, written),
    ];
    expect(calls).toHaveLength(7);
  });

  test("is among those of the files that are loaded", () => {
    expect(definedStatements()).toContain(fenced);
    expect(definedStatements()).toContain(written);
  });
});
