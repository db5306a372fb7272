// What an operator takes from deploy/, as far as this machine has what judges it.
import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  preparePromtool,
  prepareSystemdAnalyze,
  PROMTOOL,
  SYSTEMD_ANALYZE,
} from "@scrapersky/embedded/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../src/env.ts";

const deploy = join(root, "deploy");
const canAnalyze = await prepareSystemdAnalyze();
const canJudgeRules = await preparePromtool();
/** Of ten; a unit that is not hardened has 9.6. */
const EXPOSURE_MAX = 2;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrapersky-deploy-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.runIf(canAnalyze)("systemd takes the units, and finds little to take hold of", async () => {
  for (const name of ["bin/scrapersky", "lib/node"]) {
    const program = join(folder, name);
    await mkdir(dirname(program));
    await writeFile(program, "#!/bin/sh\n");
    await chmod(program, 0o755);
  }
  const names = (await readdir(join(deploy, "systemd"))).filter(
    (name) => !name.endsWith(".example"),
  );
  for (const name of names) {
    const text = await readFile(join(deploy, "systemd", name), "utf8");
    await writeFile(join(folder, name), text.replaceAll("/opt/scrapersky/current", folder));
  }
  const units = names.map((name) => join(folder, name.replace("@.", "@4000.")));
  for (const name of names.filter((one) => one.includes("@."))) {
    await writeFile(join(folder, name.replace("@.", "@4000.")), await readFile(join(folder, name)));
  }
  const verified = spawnSync(SYSTEMD_ANALYZE, ["verify", "--man=no", ...units], {
    encoding: "utf8",
  });
  expect([verified.status, verified.stderr]).toEqual([0, ""]);
  for (const unit of units.filter((one) => one.endsWith(".service"))) {
    const judged = spawnSync(
      SYSTEMD_ANALYZE,
      ["security", "--offline=true", `--threshold=${EXPOSURE_MAX * 10}`, unit],
      { encoding: "utf8" },
    );
    expect(judged.stdout).toMatch(/exposure level/);
    expect([unit, judged.status]).toEqual([unit, 0]);
  }
});

test("a migration that is run again takes no program along, as Requires= would", async () => {
  for (const name of ["api@", "worker@", "web"]) {
    const unit = await readFile(join(deploy, `systemd/scrapersky-${name}.service`), "utf8");
    expect(unit).toMatch(/^Wants=scrapersky-migrate\.service\nAfter=scrapersky-migrate\.service$/m);
    expect(unit).not.toMatch(/^(Requires|BindsTo|Requisite)=/m);
  }
});

test("the compose file says of its database that it speaks no TLS, and of what is missing which file has it", async () => {
  const compose = await readFile(join(deploy, "compose.yaml"), "utf8");
  const urls = [...compose.matchAll(/postgresql:.*/g)].map(([url]) => url);
  expect(urls.length).toBe(2);
  for (const url of urls) expect(url).toMatch(/\?sslmode=disable$/);
  // Without a message podman-compose reads the whole as a name.
  expect(compose).not.toMatch(/:\?\}/);
});

test.runIf(canJudgeRules)(
  "Prometheus takes its settings and rules, and alerts ring when they have to",
  () => {
    const prometheus = join(deploy, "prometheus");
    for (const words of [
      // The token's file is the operator's.
      ["check", "config", "--syntax-only", "prometheus.yml"],
      ["check", "rules", "alerts.yml"],
      ["test", "rules", "alerts.test.yml"],
    ]) {
      const { status, stdout, stderr } = spawnSync(PROMTOOL, words, {
        cwd: prometheus,
        encoding: "utf8",
      });
      expect(status, `${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
    }
  },
);

test("alerts ask for metrics that are told, and lead to sections of the runbook", async () => {
  const read = (path: string) => readFile(join(root, path), "utf8");
  const [rules, metrics, runbook] = await Promise.all(
    ["deploy/prometheus/alerts.yml", "docs/metrics.md", "docs/runbook.md"].map(read),
  );
  const asked = new Set(rules!.match(/\b(?:scrapersky|nodejs|process)_\w+/g));
  expect(asked.size).toBeGreaterThan(8);
  for (const name of asked)
    expect(metrics).toContain(`\`${name.replace(/_(count|sum|bucket)$/, "")}\``);
  const titles = [...runbook!.matchAll(/^## (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^a-z\d -]/g, "")
      .replaceAll(" ", "-"),
  );
  for (const [, anchor] of rules!.matchAll(/runbook\.md#([\w-]+)/g))
    expect(titles).toContain(anchor);
});
