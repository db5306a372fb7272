"use client";

import { INVALID_DOMAIN } from "@scrapersky/api/wire";
import type { BatchDeleted, BatchProgress } from "@scrapersky/api/contract";
import { MoreHorizontal } from "lucide-react";
import { Suspense, useState } from "react";
import { useHotkey } from "#shell/hotkey.ts";
import { useMay, usePath } from "#shell/me.tsx";
import { buttonClass } from "#ui/button.tsx";
import { Menu, type MenuEntry } from "#ui/menu.tsx";
import { isOver } from "./is-over.ts";
import { newBatchFrom } from "./new-batch-from.ts";
import { late } from "#ui/late.ts";

const RenameDialog = late(async () => ({
  default: (await import("./rename-dialog.tsx")).RenameDialog,
}));
const AgainDialog = late(async () => ({
  default: (await import("./again-dialog.tsx")).AgainDialog,
}));
const DeleteDialog = late(async () => ({
  default: (await import("./delete-dialog.tsx")).DeleteDialog,
}));

type Asked = "rename" | "again" | "delete";

/** What else can be done with a batch, behind one button; each entry is there for those who may. */
export function BatchActs({
  batch,
  onDeleted,
}: {
  batch: BatchProgress;
  onDeleted: (deleted: BatchDeleted) => void;
}) {
  const path = usePath();
  const [asked, setAsked] = useState<Asked | null>(null);
  const may = {
    rename: useMay("batches:write"),
    again: useMay("jobs:retry"),
    duplicate: useMay("batches:create"),
    delete: useMay("batches:delete"),
  };
  const canAgain =
    batch.status !== "cancelled" &&
    !batch.cancelling &&
    batch.failures.some(({ code }) => code !== INVALID_DOMAIN);
  const mayRunAgain = may.again && canAgain;
  useHotkey("again", mayRunAgain ? () => setAsked("again") : undefined);
  const entries: MenuEntry[] = [
    { key: "again", label: "Run failed again…", is: mayRunAgain },
    { key: "rename", label: "Rename…", is: may.rename },
    {
      key: "duplicate",
      label: "New batch from this list",
      is: may.duplicate,
      href: path(newBatchFrom(batch.batchId, "all")),
    },
    {
      key: "failed",
      label: "New batch of what failed",
      is: may.duplicate && batch.counts.failed > 0,
      href: path(newBatchFrom(batch.batchId, "failed")),
    },
    {
      key: "delete",
      label: "Delete…",
      is: may.delete && (isOver(batch.status) || batch.cancelling),
    },
  ].flatMap(({ is, href, key, label }) =>
    is
      ? [
          href === undefined
            ? { key, label, onSelect: () => setAsked(key as Asked) }
            : { key, label, href },
        ]
      : [],
  );
  if (entries.length === 0) return null;
  const close = () => setAsked(null);
  return (
    <>
      <Menu
        label="More for this batch"
        trigger={
          <>
            <MoreHorizontal aria-hidden className="size-4" />
            <span className="sr-only">More for this batch</span>
          </>
        }
        triggerClass={buttonClass("secondary", "px-2")}
        entries={entries}
      />
      <Suspense>
        {asked === "rename" ? <RenameDialog batch={batch} open onClose={close} /> : null}
        {asked === "again" ? <AgainDialog batch={batch} open onClose={close} /> : null}
        {asked === "delete" ? (
          <DeleteDialog batch={batch} open onClose={close} onDeleted={onDeleted} />
        ) : null}
      </Suspense>
    </>
  );
}
