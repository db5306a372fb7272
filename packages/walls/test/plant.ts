import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ARROWS } from "../src/arrows.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);

/** A copy of the workspace's outline (configuration and manifests) with further files planted in. */
export async function plant(files: Record<string, string>): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "scrapersky-walls-"));
  const manifests = Object.keys(ARROWS);
  const outline = [".gitignore", ".oxlintrc.json", "package.json", "pnpm-workspace.yaml"];
  const settings = ["tsconfig.base.json", "tsconfig.json", "turbo.json"];
  await Promise.all([
    ...[...outline, ...settings, "packages/walls/src"].map((path) =>
      cp(join(root, path), join(copy, path), { recursive: true }),
    ),
    ...manifests.flatMap((folder) =>
      ["package.json", "turbo.json"].map((name) =>
        cp(join(root, folder, name), join(copy, folder, name)),
      ),
    ),
  ]);
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  return copy;
}

/** Runs a program of the workspace in a folder. */
export async function runTool(folder: string, program: string, args: string[]) {
  const path = [join(root, "node_modules/.bin"), dirname(process.execPath), process.env["PATH"]];
  const options = {
    cwd: folder,
    env: { ...process.env, PATH: path.join(":"), DO_NOT_TRACK: "1", TURBO_TELEMETRY_DISABLED: "1" },
    maxBuffer: 10_000_000,
  };
  try {
    const { stdout, stderr } = await run(program, args, options);
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return {
      exitCode: failed.code ?? 1,
      output: `${failed.stdout ?? ""}${failed.stderr ?? ""}`,
    };
  }
}
