import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { plant, root, runTool } from "./plant.ts";

const copies: string[] = [];
afterEach(async () => {
  await Promise.all(copies.splice(0).map((copy) => rm(copy, { recursive: true })));
});

/** The outline of the workspace with an environment and documents that are true. */
async function plantLawful(files: Record<string, string> = {}): Promise<string> {
  const copy = await plant({
    "apps/api/src/env.ts": "export const schema = {\n  API_PORT: 1,\n};\n",
    ".env.example": "# API_PORT=3001\n",
    "README.md": "Run `npm start`, then read `packages/walls/src/arrows.ts`.\n",
    ...files,
  });
  copies.push(copy);
  return copy;
}

async function check(copy: string) {
  return await runTool(copy, process.execPath, [
    "--disable-warning=ExperimentalWarning",
    join(root, "packages/walls/src/main.ts"),
    copy,
  ]);
}

test("an outline without violations keeps to the walls", async () => {
  const { exitCode, output } = await check(await plantLawful());
  expect(output).toContain("keep to the walls");
  expect(exitCode).toBe(0);
});

const slash = "/";
test.each([
  ["a path of one machine", "docs/a.md", `see ${slash}work${slash}main`],
  ["a home folder", "packages/db/src/a.ts", `export const a = "${slash}home${slash}ann${slash}x";`],
  ["a registry's address", ".npmrc", `registry=https:${slash}/${"registry"}.example.org/`],
  [
    "a registry in the lockfile",
    "pnpm-lock.yaml",
    `tarball: https:${slash}/${"npmjs"}.example/a.tgz`,
  ],
])("refused: %s", async (_what, path, text) => {
  const { exitCode, output } = await check(await plantLawful({ [path]: text }));
  expect(output).toContain(`${path}:1`);
  expect(exitCode).toBe(1);
});

test.each([
  [
    "a dependency that no arrow allows",
    { dependencies: { "@scrapersky/db": "workspace:*" } },
    "must not depend on @scrapersky/db",
  ],
  [
    "a test dependency among the product's",
    { dependencies: { "@scrapersky/testing": "workspace:*" } },
    "move it to devDependencies",
  ],
  ["a version range", { dependencies: { undici: "^8.0.0" } }, "pin the exact version"],
])("refused in a manifest: %s", async (_what, manifest, message) => {
  const { exitCode, output } = await check(
    await plantLawful({ "packages/scraper/package.json": JSON.stringify(manifest) }),
  );
  expect(output).toContain(message);
  expect(exitCode).toBe(1);
});

test.each([
  ["a variable that the example lacks", "", "API_PORT is missing"],
  ["a variable that nobody reads", "# API_PORT=3001\nOLD_PORT=1\n", "OLD_PORT is shown"],
])("refused in .env.example: %s", async (_what, example, message) => {
  const { exitCode, output } = await check(await plantLawful({ ".env.example": example }));
  expect(output).toContain(message);
  expect(exitCode).toBe(1);
});

test.each([
  [
    "a path that is gone",
    "Look at `packages/db/src/gone.ts`.",
    "packages/db/src/gone.ts does not exist",
  ],
  ["a link that leads nowhere", "[more](docs/gone.md)", "docs/gone.md leads nowhere"],
  ["a script that is gone", "```sh\nnpm run gone\n```", "no script gone"],
  ["a benchmark that is gone", "Run `pnpm bench gone`.", "no benchmark gone"],
  ["a turbo task that is gone", "Run `turbo gone`.", "no task gone"],
  [
    "a program that is gone",
    "Run `node apps/api/src/gone.ts`.",
    "apps/api/src/gone.ts does not exist",
  ],
])("refused in the documents: %s", async (_what, text, message) => {
  const { exitCode, output } = await check(await plantLawful({ "README.md": text }));
  expect(output).toContain(message);
  expect(exitCode).toBe(1);
});

test.each(["CONTRIBUTING.md", "SECURITY.md", "docs/a.md"])(
  "%s is held to the tree like the README, the changelog is not: it tells what was",
  async (path) => {
    const text = "Look at `packages/db/src/gone.ts`.";
    const { output } = await check(await plantLawful({ [path]: text, "CHANGELOG.md": text }));
    expect(output).toContain(`${path}:1`);
    expect(output).not.toContain("CHANGELOG.md:1");
  },
);

test("turbo boundaries refuses a dependency that its tags deny", async () => {
  const copy = await plantLawful();
  const clean = await runTool(copy, "turbo", ["boundaries"]);
  expect(clean.output).toContain("no issues found");
  const path = join(copy, "packages/scraper/package.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as { dependencies: object };
  manifest.dependencies = { ...manifest.dependencies, "@scrapersky/queue": "workspace:*" };
  await writeFile(path, JSON.stringify(manifest));
  const { exitCode, output } = await runTool(copy, "turbo", ["boundaries"]);
  expect(output).toContain("@scrapersky/queue");
  expect(exitCode).not.toBe(0);
});

test("a folder outside any workspace is no workspace", async () => {
  const empty = await mkdtemp(join(tmpdir(), "scrapersky-empty-"));
  copies.push(empty);
  expect((await check(empty)).exitCode).not.toBe(0);
});

test("refused: a permission that guards nothing, whoever else names it", async () => {
  const registry = "packages/api/src/rbac/permissions.ts";
  const files = {
    [registry]: `export const PERMISSIONS = {\n  "jobs:read": "See jobs",\n  "jobs:retry": "Run jobs again",\n  "jobs:see": "Look",\n} as const;\n`,
    "packages/api/src/job/job.router.ts": `export const jobRouter = permitted("jobs:read");\n`,
    "apps/web/src/app/jobs/page.tsx": `export const may = permissions.includes("jobs:see");\n`,
    // None of these refuses anybody.
    "packages/api/src/feature/feature.contract.ts": `export const FEATURES = [{ permission: "jobs:retry" }];\n`,
    "packages/api/src/demo/people.ts": `export const scopes = ["jobs:retry"];\n`,
    "packages/api/test/matrix.test.ts": `export const permission = "jobs:retry";\n`,
    "apps/web/src/job/job-view.tsx": `export const mayRetry = useMay("jobs:retry");\n`,
  };
  const { exitCode, output } = await check(await plantLawful(files));
  expect(output).toContain(`${registry}  jobs:retry guards nothing`);
  expect(output).toContain("1 refused");
  expect(exitCode).toBe(1);
});

test.each([
  "packages/api/src/batch/batch.service.ts",
  "packages/api/src/utils/time.ts",
  "packages/db/src/session/pool/pool-manager.ts",
  "apps/web/src/batch/batch-helpers.tsx",
  "apps/local/bin/misc.mjs",
])("refused: the name %s", async (path) => {
  const { exitCode, output } = await check(await plantLawful({ [path]: "export {};\n" }));
  expect(output).toContain(`${path}  A name that says nothing`);
  expect(exitCode).toBe(1);
});

test.each(["packages/api/src/services.ts", "packages/api/src/api-key/create-service-key.ts"])(
  "kept: the name %s",
  async (path) => {
    const { output } = await check(await plantLawful({ [path]: "export {};\n" }));
    expect(output).toContain("keep to the walls");
  },
);
