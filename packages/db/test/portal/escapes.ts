/** A way that somebody tried out of reading. */
interface Escape {
  what: string;
  sql: string;
  /** What the refusal says; undefined where it runs and is harmless, as the other test shows. */
  refused?: string;
}

const call = (name: string, args = ""): Pick<Escape, "what" | "sql"> => ({
  what: `calling ${name}`,
  sql: `select ${name}(${args})`,
});

/** Known ways out of "read-only" SQL, of other products and our own tries. */
export const ESCAPES: readonly Escape[] = [
  { what: "writing again", sql: "set transaction read write", refused: "SET changes settings" },
  {
    what: "writing again, first of two",
    sql: "set transaction read write; select 1",
    refused: "One statement at a time",
  },
  {
    what: "an end and a beginning",
    sql: "commit; delete from jobs",
    refused: "One statement at a time",
  },
  { what: "an end", sql: "rollback", refused: "transactions are begun and ended here" },
  { what: "two statements", sql: "select 1; select 2", refused: "One statement at a time" },
  {
    what: "two statements behind a comment",
    sql: "select 1 /* ; */ -- ;\n; drop table jobs",
    refused: "One statement at a time",
  },
  { what: "nothing", sql: "", refused: "There is no statement" },
  { what: "a comment only", sql: "-- select 1", refused: "There is no statement" },
  { what: "a NUL that hides the rest", sql: "select 1\0; drop table jobs", refused: "NUL" },
  { what: "another role", sql: "set role postgres", refused: "SET changes settings" },
  { what: "the first role", sql: "reset role", refused: "SET changes settings" },
  { ...call("set_config", "'role', 'postgres', true"), refused: "it changes settings" },
  {
    ...call("set_config", "'transaction_read_only', 'off', false"),
    refused: "it changes settings",
  },
  {
    ...call("pg_catalog.set_config", "'statement_timeout', '0', false"),
    refused: "it changes settings",
  },
  { ...call("current_setting", "'app.secret'"), refused: "it reads the server's settings" },
  {
    what: "settings as rows",
    sql: "select * from pg_settings",
    refused: "pg_settings is not among those",
  },
  { what: "settings by SHOW", sql: "show all", refused: "SHOW reads the server's settings" },
  { ...call("pg_sleep", "600"), refused: "it holds a connection" },
  { ...call("PG_SLEEP_FOR", "'1 hour'"), refused: "it holds a connection" },
  {
    what: "a name of escapes",
    sql: `select U&"pg\\005fsleep"(600)`,
    refused: "it holds a connection",
  },
  { what: "a name in quotes", sql: `select "pg_sleep"(600)`, refused: "it holds a connection" },
  {
    what: "a name of escapes with its own sign",
    sql: `select U&"pg!005fsleep" uescape '!' (600)`,
    refused: "",
  },
  {
    what: "a call in nested comments",
    sql: "select /* /* x */ */ pg_sleep/**/(600)",
    refused: "it holds a connection",
  },
  {
    what: "a call as a part of a value",
    sql: "select (600::float8).pg_sleep",
    refused: "Parts of a value",
  },
  {
    what: "a call as a column of a function",
    sql: "select g.pg_sleep from generate_series(5.0, 5.0) g",
    refused: "may be a call of the function pg_sleep",
  },
  {
    what: "a call as a column of a function without a name",
    sql: "select unnest.current_setting from unnest(array['role'])",
    refused: "may be a call of the function current_setting",
  },
  {
    what: "a call as a column of a function whose name has that column outside",
    sql: "select (select g.current_setting from unnest(array['role']) g) from unnest(array[1]) g(current_setting)",
    refused: "may be a call of the function current_setting",
  },
  {
    what: "a call as a column of a function whose name has that column inside",
    sql: "select g.current_setting, (select g.current_setting from unnest(array[1]) g(current_setting)) from unnest(array['role']) g",
    refused: "may be a call of the function current_setting",
  },
  {
    what: "a call as a column that is called otherwise",
    sql: "select current_setting.current_setting from unnest(array['role']) as current_setting(x)",
    refused: "may be a call of the function current_setting",
  },
  {
    what: "a call as a column that the server calls otherwise",
    sql: `select current_setting.current_setting from jsonb_array_elements_text('["role"]') as current_setting`,
    refused: "may be a call of the function current_setting",
  },
  {
    what: "a call as a column of a word in FROM",
    sql: `select "coalesce".pg_sleep from coalesce(5.0::float8)`,
    refused: "needs a name",
  },
  {
    what: "a call as a column of a cast in FROM",
    sql: "select float8.pg_sleep from cast('5' as float8)",
    refused: "needs a name",
  },
  {
    what: "a call as a column of a cast of a call in FROM",
    sql: "select float8.pg_sleep from cast(abs(5) as float8)",
    refused: "needs a name",
  },
  {
    what: "a call in ORDER BY",
    sql: "select 1 from jobs order by pg_sleep(1)",
    refused: "it holds a connection",
  },
  {
    what: "a call in LIMIT",
    sql: "select 1 limit (select 1 from pg_sleep(1))",
    refused: "it holds a connection",
  },
  {
    what: "a call in FILTER",
    sql: "select count(*) filter (where pg_sleep(1) is null) from jobs",
    refused: "it holds a connection",
  },
  {
    what: "a call in a window",
    sql: "select count(*) over (order by pg_sleep(1)) from jobs",
    refused: "it holds a connection",
  },
  { what: "a call in FROM", sql: "select * from pg_sleep(1)", refused: "it holds a connection" },
  {
    what: "a call in ROWS FROM",
    sql: "select * from rows from (pg_sleep(1), generate_series(1, 2)) x",
    refused: "it holds a connection",
  },
  {
    what: "a call in a join",
    sql: "select * from jobs a join jobs b on pg_sleep(1) is null",
    refused: "it holds a connection",
  },
  { what: "a call in VALUES", sql: "values (pg_sleep(1))", refused: "it holds a connection" },
  { ...call("pg_notify", "'channel', 'x'"), refused: "it tells other programs" },
  { what: "telling others", sql: "notify channel, 'x'", refused: "Only SELECT" },
  { what: "listening", sql: "listen channel", refused: "Only SELECT" },
  { ...call("dblink", "'host=evil', 'select 1'"), refused: "it opens other connections" },
  {
    what: "an extension's call by its schema",
    sql: "select public.dblink_connect('host=evil')",
    refused: "it opens other connections",
  },
  {
    what: "a program",
    sql: "copy (select 1) to program 'sh'",
    refused: "COPY reads and writes files and runs programs",
  },
  { what: "a file written", sql: "copy jobs to '/tmp/x'", refused: "COPY" },
  { ...call("lo_import", "'/etc/passwd'"), refused: "large objects" },
  { ...call("lo_from_bytea", "0, 'x'"), refused: "large objects" },
  { ...call("lo_unlink", "1"), refused: "large objects" },
  { ...call("pg_read_file", "'/etc/passwd'"), refused: "the server's files" },
  { ...call("pg_ls_dir", "'.'"), refused: "the server's files" },
  {
    ...call("query_to_xml", "'delete from jobs', true, true, ''"),
    refused: "it runs SQL of its own",
  },
  { ...call("pg_advisory_lock", "1"), refused: "it takes locks" },
  { ...call("pg_try_advisory_xact_lock", "1"), refused: "it takes locks" },
  { ...call("pg_terminate_backend", "1"), refused: "it ends what others run" },
  { ...call("pg_cancel_backend", "1"), refused: "it ends what others run" },
  { ...call("nextval", "'jobs_id_seq'"), refused: "it moves sequences" },
  { ...call("setval", "'jobs_id_seq', 1"), refused: "it moves sequences" },
  { ...call("app.open_audit_log"), refused: "app.open_audit_log cannot be called" },
  { ...call("app.prune_audit_log", "interval '0', 1000"), refused: "cannot be called" },
  { ...call("pg_reload_conf"), refused: "cannot be called" },
  { ...call("pg_current_xact_id"), refused: "cannot be called" },
  { ...call("ts_stat", "'delete from jobs returning null'"), refused: "cannot be called" },
  { ...call("gen_random_uuid"), refused: "cannot be called" },
  { ...call("repeat", "'x', 100000000"), refused: "values of any size" },
  { ...call("lpad", "'x', 100000000"), refused: "values of any size" },
  {
    what: "an operator of somebody's",
    sql: "select 1 operator(public.+) 2",
    refused: "Operators are named without a schema",
  },
  {
    what: "an operator of somebody's, with ANY",
    sql: "select 1 operator(public.=) any (array[1])",
    refused: "Operators are named without a schema",
  },
  {
    what: "an operator of somebody's, with a query",
    sql: "select 1 operator(public.=) all (select 1)",
    refused: "Operators are named without a schema",
  },
  {
    what: "an order by an operator",
    sql: "select id from jobs order by id using operator(public.<)",
    refused: "an order is ascending",
  },
  {
    what: "a cast that looks up",
    sql: "select 'app.accounts'::regclass",
    refused: "Nothing is cast to regclass",
  },
  {
    what: "a cast to a type of ours",
    sql: "select 'x'::public.task_status",
    refused: "Nothing is cast to public.task_status",
  },
  {
    what: "a cast to a row of secrets",
    sql: "select null::app.accounts",
    refused: "Nothing is cast to app.accounts",
  },
  { what: "the columns of a cast", sql: "select (null::jobs).*", refused: "Parts of a value" },
  {
    what: "secrets by name",
    sql: "select password from app.accounts",
    refused: "without a schema",
  },
  {
    what: "secrets without a schema",
    sql: "select * from accounts",
    refused: "accounts is not among those",
  },
  { what: "tokens", sql: "table sessions", refused: "sessions is not among those" },
  { what: "accounts of Supabase", sql: "select * from auth.users", refused: "without a schema" },
  {
    what: "passwords of roles",
    sql: "select rolpassword from pg_authid",
    refused: "pg_authid is not among those",
  },
  {
    what: "what others do",
    sql: "select query from pg_stat_activity",
    refused: "pg_stat_activity is not among those",
  },
  {
    what: "what others do, by a name that WITH gave elsewhere",
    sql: "select (with pg_stat_activity as (select 1) select 1), query from pg_stat_activity",
    refused: "does not begin with pg_",
  },
  {
    what: "what others do, by the function behind it",
    sql: "select * from pg_stat_get_activity(null)",
    refused: "it tells what others do",
  },
  { what: "another database", sql: "select * from other.public.jobs", refused: "" },
  {
    what: "statistics that hold values",
    sql: "select * from pg_catalog.pg_stats",
    refused: "without a schema",
  },
  {
    what: "a writing WITH",
    sql: "with gone as (delete from jobs returning *) select * from gone",
    refused: "it changes rows",
  },
  {
    what: "a writing WITH inside",
    sql: "select * from (with x as (insert into jobs default values returning 1) select * from x) y",
    refused: "it changes rows",
  },
  {
    what: "MERGE in WITH",
    sql: "with x as (merge into jobs using jobs j on true when matched then delete returning 1) select 1",
    refused: "it changes rows",
  },
  { what: "a table made", sql: "select * into copied from jobs", refused: "INTO makes a table" },
  { what: "a temporary table made", sql: "select 1 into temp x", refused: "INTO makes a table" },
  { what: "a table made as", sql: "create table x as select 1", refused: "Only SELECT" },
  { what: "rows locked", sql: "select * from jobs for update", refused: "lock rows" },
  {
    what: "rows locked inside",
    sql: "select * from (select * from jobs for no key update skip locked) j",
    refused: "lock rows",
  },
  { what: "rows locked, shared", sql: "select * from jobs for key share", refused: "lock rows" },
  {
    what: "a program in the server",
    sql: "do $$ begin delete from jobs; end $$",
    refused: "DO runs a program",
  },
  { what: "a procedure", sql: "call something()", refused: "CALL runs a procedure" },
  {
    what: "a plan that runs",
    sql: "explain analyze delete from jobs",
    refused: "ask for the plan with Explain",
  },
  { what: "a prepared statement", sql: "prepare x as delete from jobs", refused: "Only SELECT" },
  { what: "a cursor", sql: "declare c cursor with hold for select 1", refused: "Only SELECT" },
  { what: "a lock", sql: "lock table jobs", refused: "Only SELECT" },
  { what: "a parameter", sql: "select $1", refused: "there are no parameters" },
  {
    what: "who is connected",
    sql: "select current_user, session_user",
    refused: "Who is connected",
  },
  { what: "XML that fetches", sql: "select xmlparse(document '<x/>')", refused: "not offered" },
  {
    what: "an endless WITH",
    sql: "with recursive n as (select 1 as i union all select i + 1 from n) select max(i) from n",
  },
  {
    what: "an endless series",
    sql: "select count(*) from generate_series(1, 1000000000) a, generate_series(1, 1000000000) b",
  },
  {
    what: "a huge answer",
    sql: "select g, md5(g::text) || md5(g::text) || md5(g::text) || md5(g::text) from generate_series(1, 100000000) g",
  },
  {
    what: "one huge value",
    sql: "select string_agg(md5(g::text), '') from generate_series(1, 3500000) g",
  },
];
