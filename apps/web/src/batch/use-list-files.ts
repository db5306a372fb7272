"use client";

import { useState } from "react";
import { formatBytes } from "#format/bytes.ts";
import type { ListFile } from "#intake/list-shape.ts";
import type { SortedList } from "#intake/use-list.ts";
import { PASTED_NAME } from "./suggest-label.ts";
import type { KeptDraft } from "./use-draft.ts";

export interface ListFiles {
  /** What was said last about the files: what is done, and what was refused. */
  said: string;
  refusals: string[];
  add: (files: readonly File[]) => Promise<void>;
  /** Takes a text too large for a field as a file. */
  addText: (text: string) => Promise<void>;
  remove: (id: string) => void;
  /** Takes back what was said. */
  hush: () => void;
}

/** Forgets what the browser keeps of files that no draft names any more. */
export const forgetFiles = (keeper: SortedList["keeper"], ids: readonly string[]): void => {
  if (ids.length === 0) return;
  void keeper()
    .then((open) => Promise.all(ids.map((id) => open.forget(id))))
    .catch(() => undefined);
};

/** The files of a draft: each is read and kept by the worker, and named in the draft once that was possible. */
export const useListFiles = (
  { keeper }: Pick<SortedList, "keeper">,
  change: KeptDraft["change"],
): ListFiles => {
  const [said, setSaid] = useState("");
  const [refusals, setRefusals] = useState<string[]>([]);
  const addFile = async (file: File): Promise<void> => {
    const id = crypto.randomUUID();
    setSaid(`Reading ${file.name} (${formatBytes(file.size)})…`);
    const refused = await keeper().then(
      (open) => open.add(id, file.name, file),
      () => `${file.name} could not be read: reload the page and add it again.`,
    );
    if (refused !== null) {
      setSaid("");
      setRefusals((before) => [...before, refused]);
      return;
    }
    const added: ListFile = { id, name: file.name, bytes: file.size, column: null, mends: [] };
    change(({ files }) => ({ files: [...files, added] }));
    setSaid(`Added ${file.name}.`);
  };
  const add = async (files: readonly File[]): Promise<void> => {
    setRefusals([]);
    for (const file of files) await addFile(file);
  };
  return {
    said,
    refusals,
    add,
    addText: async (text) => await add([new File([text], PASTED_NAME, { type: "text/plain" })]),
    remove: (id) => {
      change(({ files }) => ({ files: files.filter((file) => file.id !== id) }));
      setSaid("");
      forgetFiles(keeper, [id]);
    },
    hush: () => {
      setSaid("");
      setRefusals([]);
    },
  };
};
