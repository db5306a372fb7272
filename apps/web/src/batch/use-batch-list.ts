"use client";

import type { BatchDraft } from "@scrapersky/api/contract";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ListFile } from "#intake/list-shape.ts";
import type { SortedList } from "#intake/use-list.ts";
import { usePath } from "#shell/me.tsx";
import type { ApiClient } from "#trpc/api.ts";
import { useApi } from "#trpc/client.tsx";
import type { DraftOf } from "./new-batch-from.ts";
import type { Draft } from "./use-draft.ts";

/** A list of another batch that a new one begins with. */
export interface ListOf {
  batchId: string;
  only: DraftOf;
}

/** Lines that are still pleasant in a text field; more of them, or ones with columns, become a file. */
const FIELD_LINES_MAX = 2_000;

const quoted = (cell: string): string =>
  /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const readWhole = async (
  { batches }: ApiClient,
  { batchId, only }: ListOf,
): Promise<BatchDraft> => {
  const whole = await batches.duplicate.query({ batchId, only });
  const rows = [...whole.rows];
  for (let { next } = whole; next !== null;) {
    const part = await batches.duplicate.query({ batchId, only, after: next });
    rows.push(...part.rows);
    next = part.next;
  }
  return { ...whole, rows };
};

/**
 * Puts the list of another batch and its settings into the draft, once; what is there is put away before. `state` says how
 * that goes.
 */
export const useBatchList = (
  from: ListOf | undefined,
  { keeper }: Pick<SortedList, "keeper">,
  onList: (draft: Partial<Draft>) => void,
): { state: "none" | "reading" | "failed"; error: unknown } => {
  const api = useApi();
  const path = usePath();
  const router = useRouter();
  const taken = useRef<string | undefined>(undefined);
  const [error, setError] = useState<unknown>(null);
  const [reading, setReading] = useState(from !== undefined);

  const take = useEffectEvent(async (wanted: ListOf): Promise<void> => {
    const { label, maxPages, maxConcurrent, columns, nameColumn, rows } = await readWhole(
      await api(),
      wanted,
    );
    const settings = {
      label,
      maxPages: String(maxPages),
      maxConcurrent: String(maxConcurrent),
    };
    if (columns.length === 0 && rows.length <= FIELD_LINES_MAX) {
      onList({ ...settings, text: rows.flat().join("\n") });
    } else {
      const lines = columns.length === 0 ? rows : [columns, ...rows];
      const text = lines.map((cells) => cells.map(quoted).join(",")).join("\n");
      const name = `${label ?? "List"}.csv`;
      const file = new File([text], name, { type: "text/csv" });
      const id = crypto.randomUUID();
      const refused = await (await keeper()).add(id, name, file);
      if (refused !== null) throw new Error(refused);
      const added: ListFile = { id, name, bytes: file.size, column: nameColumn, mends: [] };
      onList({ ...settings, files: [added] });
    }
    router.replace(path("/batches/new"));
  });
  const key = from && `${from.batchId} ${from.only}`;
  useEffect(() => {
    if (from === undefined || key === taken.current) return;
    taken.current = key;
    setReading(true);
    void take(from).then(
      () => setReading(false),
      (failure: unknown) => {
        setReading(false);
        setError(failure);
      },
    );
  }, [from, key]);
  return { state: error !== null ? "failed" : reading ? "reading" : "none", error };
};
