import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Harness, openHarness } from "./harness.ts";
import { ended, type SpawnedWorker, spawnWorker } from "./spawn-worker.ts";

/** Real workers to be killed, in a database of their own, and sites at which they stand still. */
export interface KillGround {
  readonly harness: Harness;
  /** Names of the sites, in their order. */
  names(): string[];
  /** Ends with the test, whatever becomes of it. */
  startWorker(): SpawnedWorker;
  /** Sites that are held answer from now on, until the next test. */
  release(): void;
}

/** Kills a process as `kill -9` does, and waits until it is gone. */
export async function killNow(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await ended(child);
}

/** Makes the ground of a file's tests. Sites for which `isHeld` say nothing until they are released: who gets there stands still. */
export function useKillGround(of: {
  sites: number;
  concurrency: number;
  seed: number;
  isHeld?: (at: number) => boolean;
}): KillGround {
  const { concurrency, isHeld = () => true } = of;
  let harness: Harness;
  let folder: string;
  let sitesFile: string;
  let sites: Awaited<ReturnType<typeof startSites>>;
  let held: PromiseWithResolvers<void>;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    harness = await openHarness();
    folder = await mkdtemp(join(tmpdir(), "scrapersky-worker-"));
    sitesFile = join(folder, "sites.json");
    sites = await startSites({
      sites: generateSites({ count: of.sites, pages: 2, seed: of.seed }).map((site, at) =>
        isHeld(at)
          ? { ...site, answer: (request) => ({ ...site.answer(request), after: held.promise }) }
          : site,
      ),
      https: false,
    });
    sites.writeAllowFile(sitesFile);
  });
  beforeEach(() => void (held = Promise.withResolvers()));
  afterEach(async () => {
    held.resolve();
    for (const child of processes.splice(0)) await killNow(child);
  });
  afterAll(async () => {
    await harness.close();
    await sites.close();
    await rm(folder, { recursive: true });
  });

  return {
    get harness() {
      return harness;
    },
    names: () => sites.sites.map(({ name }) => name),
    startWorker() {
      const worker = spawnWorker({ url: harness.url, sitesFile, concurrency });
      processes.push(worker.child);
      return worker;
    },
    release: () => held.resolve(),
  };
}
