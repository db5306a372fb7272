import type { BatchProgress } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { PROGRESS } from "../gallery/batch-fixtures.ts";
import { ME, PLACES } from "../gallery/fixture-base.ts";
import { InRouter } from "../gallery/in-router.tsx";
import { MeProvider } from "../shell/me.tsx";
import { ApiProvider } from "../trpc/client.tsx";
import { AgainDialog } from "./again-dialog.tsx";
import { BatchActs } from "./batch-acts.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { DeletedBatch } from "./deleted-batch.tsx";
import { BatchHero } from "./batch-hero.tsx";
import { CancelBatch } from "./cancel-batch.tsx";
import { PauseBatch } from "./pause-batch.tsx";
import { RenameDialog } from "./rename-dialog.tsx";

const nothing = (): void => undefined;

const draw = (children: ReactNode, permissions: typeof ME.permissions = ME.permissions): string =>
  renderToStaticMarkup(
    <InRouter>
      <ApiProvider tenant="skyline">
        <MeProvider me={{ ...ME, permissions }} places={PLACES}>
          {children}
        </MeProvider>
      </ApiProvider>
    </InRouter>,
  );

const running: BatchProgress = { ...PROGRESS, status: "running", paused: false };
const over: BatchProgress = { ...PROGRESS, status: "partial", paused: false };

test("a batch is paused while it runs, resumed while it is paused, and neither once it is over", () => {
  expect(draw(<PauseBatch batch={running} />)).toContain(">Pause<");
  expect(draw(<PauseBatch batch={{ ...running, paused: true }} />)).toContain(">Resume<");
  expect(draw(<PauseBatch batch={over} />)).toBe("");
});

test("a batch that is cancelling says how much is left, and offers neither pausing nor cancelling", () => {
  const counts = { ...running.counts, pending: 57_057, running: 0, cancelled: 42_000 };
  const cancelling = { ...running, cancelling: true, counts, etaSeconds: null };
  expect(draw(<PauseBatch batch={cancelling} />)).toBe("");
  expect(draw(<CancelBatch batch={cancelling} />)).toBe("");
  expect(draw(<BatchHero batch={cancelling} />)).toMatch(
    /nothing of it runs any more; 57[,\s]057 domains left to cancel/,
  );
});

test("who may do nothing with a batch is shown no button", () => {
  const reading: typeof ME.permissions = ["batches:read", "jobs:read"];
  expect(draw(<PauseBatch batch={running} />, reading)).toBe("");
  expect(draw(<BatchActs batch={over} onDeleted={nothing} />, reading)).toBe("");
  expect(draw(<BatchActs batch={over} onDeleted={nothing} />)).toContain("More for this batch");
});

test("a batch is renamed from the label that it has", () => {
  const drawn = draw(<RenameDialog batch={{ ...over, label: "Bakers" }} open onClose={nothing} />);
  expect(drawn).toContain('value="Bakers"');
});

test("failed domains run again by reason, but for lines that name no site", () => {
  const failures = [
    { code: "timeout", message: "The site took too long.", count: 3, sample: [] },
    { code: "invalid_domain", message: "The line names no web site.", count: 2, sample: [] },
  ];
  const drawn = draw(<AgainDialog batch={{ ...over, failures }} open onClose={nothing} />);
  expect(drawn).toContain("The site took too long.");
  expect(drawn).not.toContain("The line names no web site.");
  expect(drawn).toContain("Run 3 domains again");
});

test("a number is typed before more than a thousand jobs are deleted", () => {
  const ask = (total: number) =>
    draw(<DeleteDialog batch={{ ...over, total }} open onClose={nothing} onDeleted={nothing} />);
  expect(ask(1000)).not.toContain("to go on");
  expect(ask(1001)).toMatch(/Type 1[,\s]001 to go on/);
});

test("a deleted batch can be taken back from where it was", () => {
  const undoUntil = "2026-11-29T10:00:10.000Z";
  const deleted = { batchId: over.batchId, jobs: 2, undoUntil };
  const drawn = draw(<DeletedBatch batch={over} deleted={deleted} onRestored={nothing} />);
  expect(drawn).toContain(">Undo<");
});
