import { execFile } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { APPS } from "../api-process.ts";
import { measured } from "../env.ts";

const ROOT = join(APPS, "..");
const FOLDER = join(ROOT, ".data/bench/next");
const WEB = join(APPS, "web");
const HANDLER = join(import.meta.dirname, "next-handler.ts");

const FILES = {
  "package.json": '{ "private": true, "type": "module" }',
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(ROOT)} }, poweredByHeader: false };`,
  "app/layout.jsx":
    "export default function Layout({ children }) { return <html><body>{children}</body></html>; }",
  "app/api/trpc/[trpc]/route.js": `
export const dynamic = "force-dynamic";
let handler;
export async function GET(request) {
  handler ??= import(/* turbopackIgnore: true */ ${JSON.stringify(HANDLER)}).then(
    ({ createHandler }) => createHandler(process.env.DATABASE_URL),
  );
  return (await handler)(request);
}
`,
};

/** A Next application with one route handler, built for production. */
export interface NextApp {
  folder: string;
  /** Arguments of Node.js that start it at a port. */
  start(port: number): string[];
}

export async function buildNextApp(): Promise<NextApp> {
  const next = createRequire(join(WEB, "package.json")).resolve("next/dist/bin/next");
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(join(FOLDER, "app/api/trpc/[trpc]"), { recursive: true });
  for (const [file, text] of Object.entries(FILES)) await writeFile(join(FOLDER, file), text);
  await symlink(join(WEB, "node_modules"), join(FOLDER, "node_modules"));
  console.log("Building the route handler of Next.");
  await promisify(execFile)(process.execPath, [next, "build"], {
    cwd: FOLDER,
    env: { PATH: measured["PATH"], NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  return {
    folder: FOLDER,
    start: (port) => [next, "start", "--port", String(port), "--hostname", "127.0.0.1"],
  };
}
