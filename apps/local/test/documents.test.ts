// Every command of the operator's pages is run: here, in the order in which somebody would come to it, or in a test that is
// named. The words of the pages are taken as they are; npm and a release's command lead to the built programs.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { type EmbeddedPostgres, findFreePort, startTemporaryPostgres } from "@scrapersky/embedded";
import { prepareDebianPostgres } from "@scrapersky/embedded/fixtures";
import { waitFor } from "@scrapersky/machine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../src/env.ts";
import { NEEDS_SYSTEMD, readCommands, RUN_ELSEWHERE } from "./documented-commands.ts";

const PAGES = ["docs/server.md", "docs/runbook.md"];
const SUPABASE = "DATABASE_URL=postgresql://postgres.PROJECT:PASSWORD@HOST:5432/postgres";
const BACKUPS = "/var/backups/scrapersky";
const AUTH = '-H "Authorization: Bearer $KEY" -H "Content-Type: application/json"';

/** On a database that is empty at first, in this order. */
const FIRST = [
  "npm run db -- migrate",
  "npm run db -- leads",
  'npm run staff -- tenant create "Your company"',
  "npm run staff -- add you@example.com --tenant your-company --role owner",
  "npm run staff -- first",
  "npm run db -- health",
  "npm run db -- doctor",
  "npm run db -- doctor --json",
  "npm run db -- drift",
  "openssl rand -base64 48",
];
/** These go on. */
const PROGRAMS = {
  api: "(cd apps/api && node dist/main.js)",
  worker: "(cd apps/worker && node dist/main.js)",
  web: "(cd apps/web && npx next start --hostname 127.0.0.1)",
};
const WHILE_THEY_RUN = [
  "curl --silent http://127.0.0.1:4000/health/ready",
  "curl --silent http://127.0.0.1:4100/health",
  `psql "$DATABASE_URL" --command "select pid, state, now() - query_start as since, left(query, 80) from pg_stat_activity where query like '%request_id=%'"`,
  `curl -X POST "$URL/api/v3/suppressions/preview" ${AUTH} -d '{"subject": "example.com"}'`,
  `curl -X POST "$URL/api/v3/suppressions/erase" ${AUTH} -d '{"subject": "example.com"}'`,
  ...["today", "before", "move"].map(
    (name) => `npm run db -- backup --out ${BACKUPS}-${name}.sql.gz`,
  ),
];
/** Each on an empty database. */
const RESTORES = [
  `npm run db -- restore --from ${BACKUPS}-today.sql.gz`,
  `npm run db -- restore --from ${BACKUPS}-before.sql.gz`,
  `${SUPABASE} npm run db -- restore --from ${BACKUPS}-move.sql.gz`,
];
const AFTER_THEM = [`${SUPABASE} npm run db -- doctor`];

test("every command of the operator's pages runs in a test that is named", async () => {
  const told = new Set((await Promise.all(PAGES.map(readCommands))).flat());
  expect(told.size).toBeGreaterThan(30);
  const here = [
    ...FIRST,
    ...Object.values(PROGRAMS),
    ...WHILE_THEY_RUN,
    ...RESTORES,
    ...AFTER_THEM,
  ];
  const known = new Set([...here, ...Object.keys(RUN_ELSEWHERE)]);
  const open = [...told].filter((command) => !known.has(command) && !NEEDS_SYSTEMD.test(command));
  expect(open, "run in no test").toEqual([]);
  expect(
    [...known].filter((command) => !told.has(command)),
    "told on no page",
  ).toEqual([]);
  for (const [command, { where, text }] of Object.entries(RUN_ELSEWHERE))
    expect(await readFile(join(root, where), "utf8"), command).toContain(text);
  for (const unit of [...told].join("\n").matchAll(/scrapersky-(\w+)@\d+/g))
    await expect(
      readFile(join(root, `deploy/systemd/scrapersky-${unit[1]}@.service`)),
    ).resolves.toBeDefined();
});

describe.runIf(await prepareDebianPostgres())("as they are written", () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  const ports = { api: 0, worker: 0, web: 0 };
  const programs: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "scrapersky-documents-")));
    await symlink(join(root, "apps"), join(folder, "apps"));
    const shim = `#!/bin/sh\n[ "$1 $3" = "run --" ] || exit 64\nname=$2; shift 3; exec node "${root}/apps/cli/dist/$name.js" "$@"\n`;
    await writeFile(join(folder, "npm"), shim);
    await chmod(join(folder, "npm"), 0o755);
    postgres = await startTemporaryPostgres({ database: "first" });
    for (const name of Object.keys(ports) as (keyof typeof ports)[])
      ports[name] = await findFreePort();
  });
  afterAll(async () => {
    for (const { pid } of programs) process.kill(-pid!, "SIGKILL");
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const databaseUrl = (name: string) => postgres.url.replace(/first$/, name);
  const settings = (database: string, more: Record<string, string> = {}) => ({
    PATH: `${folder}:${join(process.execPath, "..")}:${process.env.PATH}`,
    HOME: folder,
    DATABASE_URL: databaseUrl(database),
    ...more,
  });
  /** The line with addresses and folders of here. */
  const placed = (line: string, database: string) =>
    line
      .replaceAll("127.0.0.1:4000", `127.0.0.1:${ports.api}`)
      .replaceAll("127.0.0.1:4100", `127.0.0.1:${ports.worker}`)
      .replaceAll(BACKUPS, join(folder, "scrapersky"))
      .replaceAll(SUPABASE, `DATABASE_URL=${databaseUrl(database)}`);
  /** @throws with all that was said when it does not end with 0 */
  const type = async (
    line: string,
    { database = "first", ...more }: Record<string, string> = {},
  ) => {
    const options = { cwd: folder, env: settings(database, more) };
    return promisify(execFile)("/bin/sh", ["-ec", placed(line, database)], options);
  };

  test("on a new database, beside running programs, and into empty ones", async () => {
    for (const line of FIRST) await type(line);
    const { stdout } = await type(
      "npm run staff -- key create --tenant your-company --name page --scopes suppressions:write --json",
    );
    const { key } = JSON.parse(stdout) as { key: string };

    const env: Record<keyof typeof ports, Record<string, string>> = {
      api: {
        API_PORT: String(ports.api),
        AUTH_SECRET: "a secret of forty characters for the test",
      },
      worker: { WORKER_PORT: String(ports.worker) },
      web: { PORT: String(ports.web), API_URL: `http://127.0.0.1:${ports.api}` },
    };
    for (const name of Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]) {
      const child = spawn("/bin/sh", ["-ec", PROGRAMS[name]], {
        cwd: folder,
        env: settings("first", env[name]),
        stdio: "ignore",
        detached: true,
      });
      await once(child, "spawn");
      programs.push(child);
    }
    const URL = `http://127.0.0.1:${ports.api}`;
    for (const address of [
      `${URL}/health/ready`,
      `http://127.0.0.1:${ports.worker}/`,
      `http://127.0.0.1:${ports.web}/health`,
    ]) {
      const answers = () =>
        fetch(address).then(
          ({ ok }) => ok,
          () => false,
        );
      expect(await waitFor(answers, 100_000), address).toBe(true);
    }
    for (const line of WHILE_THEY_RUN) {
      const said = await type(line, { URL, KEY: key });
      if (line.includes("suppressions"))
        expect(JSON.parse(said.stdout), line).not.toHaveProperty("detail");
    }

    const database = createDatabase({ url: postgres.url, max: 1 });
    for (const [index, line] of RESTORES.entries()) {
      await executeRawSql(database.db, `create database restored${index}`);
      await type(line, { database: `restored${index}` });
    }
    await database.close();
    for (const line of AFTER_THEM) await type(line, { database: `restored${RESTORES.length - 1}` });
  });
});
