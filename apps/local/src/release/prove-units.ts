// The units of a release, started by systemd with what docs/server.md and docs/runbook.md say to type.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startTemporaryPostgres } from "@scrapersky/embedded";
import { setTimeout as delay } from "node:timers/promises";
import { waitFor } from "@scrapersky/machine";
import { check } from "./bare.ts";
import { bootSystemd } from "./systemd.ts";
import { usePerson } from "./use-person.ts";

/** Of the page. */
const TENANT = "your-company";
const OWNER = "you@example.com";
const PATIENCE_MS = 120_000;
const ENVIRONMENT = "etc/scrapersky/scrapersky.env";
const UNITS = [
  "scrapersky-migrate",
  "scrapersky-api@4000",
  "scrapersky-api@4001",
  "scrapersky-worker@4100",
  "scrapersky-worker@4101",
  "scrapersky-web",
];
const WELL = [
  "4000/health/ready",
  "4001/health/ready",
  "4100/health",
  "4101/health",
  "3000/health/ready",
].map((at) => `http://127.0.0.1:${at}`);

/** The blocks of commands below a title. */
function readBlocks(page: string, title: string): string[][] {
  const [, after = ""] = page.split(`\n${title}\n`);
  const [section = ""] = after.split(/^#+ /m);
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines = ""]) =>
    lines.trim().split("\n"),
  );
}

/**
 * @param place a root with systemd, with the release's file in /opt
 * @param site what a batch is made of; `env` leads the workers to it
 */
export async function proveUnits(
  place: string,
  name: string,
  { site, env }: { site: string; env: Record<string, string> },
): Promise<void> {
  const server = await startTemporaryPostgres({ database: "units", password: true, onDisk: true });
  const booted = await bootSystemd(place);
  try {
    const latest = async () =>
      (await booted.type("journalctl --no-pager --lines 60 --unit 'scrapersky-*'")).said;
    const here = (line: string) => line.replaceAll("scrapersky-VERSION-linux-x64", name);
    const read = (page: string) =>
      readFileSync(join(place, "opt/scrapersky/current", page), "utf8");
    const pages = join(import.meta.dirname, "../../../../docs");
    const [install = [], people = [], upgrade = []] = readBlocks(
      readFileSync(join(pages, "server.md"), "utf8"),
      "### As services of systemd",
    );
    check("docs/server.md says how to install and how to upgrade", upgrade.length > 3);
    for (const line of install) {
      if (line.startsWith("systemctl")) {
        const given = readFileSync(join(place, ENVIRONMENT), "utf8");
        const settings = {
          DATABASE_URL: server.url,
          DATABASE_MIGRATION_URL: server.url,
          WEB_URL: "http://localhost:3000",
          AUTH_SECRET: randomBytes(32).toString("base64"),
          WEBHOOKS_KEY: randomBytes(32).toString("base64"),
          ...env,
        };
        const filled = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
        writeFileSync(join(place, ENVIRONMENT), `${given}\n${filled.join("\n")}\n`);
      }
      const { isWell: ended, said } = await booted.type(here(line));
      check(line, ended, ended ? "" : said + (await latest()));
    }
    const answers = async () => (await Promise.all(WELL.map(isWell))).every(Boolean);
    const allWell = async () => {
      const are = await waitFor(answers, PATIENCE_MS, 200);
      check("two APIs, two workers and the dashboard answer", are, are ? "" : await latest());
    };
    await allWell();
    const made = await booted.run(people.join("\n"));
    const [link = ""] = /http:\S+#\S+/.exec(made) ?? [];
    const person = await usePerson("http://localhost:3000", link, OWNER);
    await person.openPage(TENANT);
    await person.scrape(site);

    const runbook = read("docs/runbook.md");
    const lines = runbook.split("\n").filter((line) => /^(systemctl|journalctl) /.test(line));
    check("docs/runbook.md looks at units and their logs", lines.length > 2);
    const [, id = ""] = /grep ([\da-f-]{36})/.exec(lines.join("\n")) ?? [];
    await fetch("http://127.0.0.1:4000/api/v3/profiles", { headers: { "x-request-id": id } });
    for (const line of lines) {
      const { isWell: ended, said } = await booted.type(line);
      check(line, ended && said.includes("scrapersky"), said);
    }

    const watch = watchApis();
    for (const line of upgrade) await booted.run(line);
    check("an API answered at every moment of the upgrade", (await watch.stop()) > 10);
    await allWell();
    await person.signIn();
    await booted.run("systemctl stop scrapersky.target");
    for (const unit of UNITS) {
      const shown = await booted.run(`systemctl show ${unit} --property=Result,NRestarts`);
      check(
        `${unit} ended well, and never by itself`,
        /Result=success/.test(shown) && !/NRestarts=[1-9]/.test(shown),
        shown,
      );
    }
    check("nothing of it is left", await answersNothing());
  } finally {
    await booted.stop();
    await server.stop();
  }
}

const isWell = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );

const answersNothing = async (): Promise<boolean> =>
  !(await Promise.all(WELL.map(isWell))).includes(true);

/** Asks both APIs all the time, as a proxy that asks the other one when one does not answer. */
function watchApis(): { stop(): Promise<number> } {
  const over = new AbortController();
  const looking = (async () => {
    let looks = 0;
    for (; !over.signal.aborted; looks++) {
      const either = await Promise.any(
        [4000, 4001].map(async (port) => (await fetch(`http://127.0.0.1:${port}/health`)).text()),
      ).catch(() => undefined);
      check("an API answers", either !== undefined, `after ${looks} looks`, true);
      await delay(50);
    }
    return looks;
  })();
  // Told by `stop`.
  looking.catch(() => {});
  return {
    stop() {
      over.abort();
      return looking;
    },
  };
}
