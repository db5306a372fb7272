// The client as other repositories get it: the tarball that the build packed.
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withoutServer } from "../pack/emit-types.ts";

const room = join(import.meta.dirname, "..");
/** Of the client without tRPC, as a page loads it. */
const GZIP_BYTES_MAX = 12_000;

let tarball: Buffer<ArrayBuffer>;
let folder: string;
beforeAll(async () => {
  const dist = join(room, "dist");
  const [name] = (await readdir(dist)).filter((file) => file.endsWith(".tgz"));
  tarball = await readFile(join(dist, name!));
  folder = await mkdtemp(join(tmpdir(), "scrapersky-packed-"));
  await promisify(execFile)("tar", ["xzf", join(dist, name!), "-C", folder]);
});
afterAll(() => rm(folder, { recursive: true }));

const packed = (path: string): Promise<string> => readFile(join(folder, "package", path), "utf8");

test("publint has nothing to say of it", async () => {
  const { messages } = await publint({ pack: { tarball: Uint8Array.from(tarball).buffer } });
  expect(messages).toEqual([]);
});

test("types and modules are found together by Node.js and by bundlers", async () => {
  const { problems = [] } = (await checkPackage(createPackageFromTarballData(tarball))) as {
    problems?: { kind: string; resolutionKind?: string }[];
  };
  // It is a module: what cannot load modules cannot load it.
  const asModule = problems.filter(
    ({ resolutionKind }) => resolutionKind !== "node10" && resolutionKind !== "node16-cjs",
  );
  expect(asModule).toEqual([]);
});

test("it names nothing of this repository, and brings no server's types", async () => {
  const { name, dependencies } = JSON.parse(await packed("package.json")) as {
    name: string;
    dependencies: Record<string, string>;
  };
  expect(name).toBe("@scrapersky/client");
  expect(Object.keys(dependencies)).toEqual(["@trpc/client", "@trpc/server", "eventsource"]);
  const types = await packed("dist/index.d.ts");
  const taken = new Set(
    Array.from(types.matchAll(/(?:from |import\()"([^"]+)"/g), ([, from]) => from),
  );
  expect(
    [...taken].filter((from) => !/^@trpc\/(?:client|server)(?:\/|$)/.test(from ?? "")),
  ).toEqual([]);
  expect(types).toContain("watchBatch");
});

test("a page can bundle it, and it is small beside tRPC", async () => {
  const code = await packed("dist/index.js");
  expect(gzipSync(code).length).toBeLessThan(GZIP_BYTES_MAX);
  const { outputFiles, errors } = await build({
    stdin: { contents: code, resolveDir: room },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  expect([errors, outputFiles.length]).toEqual([[], 1]);
});

test("a router written in another way than the packing knows is refused", () => {
  expect(() => withoutServer("export declare const appRouter: Router<{ ctx: Other }>;")).toThrow(
    "look at emit-types.ts",
  );
});
