"use client";

import type { AnyList } from "@scrapersky/api/lists";
import { use, useEffect, useRef, useState } from "react";
import { toast } from "#shell/toast.ts";
import { useMe, usePath } from "#shell/me.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import type { MenuEntry } from "#ui/menu.tsx";
import { actsOf } from "./acts-of.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import { bulkTarget } from "./bulk-target.ts";
import { filtersBeside } from "./facet-query.ts";
import type { ListAct, ListActs, RowEntry, Wish } from "./list-act.ts";
import type { AnyLabels } from "./list-labels.ts";
import { RowMenu } from "./row-menu.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import type { Selecting, Selection } from "./use-selection.ts";
import { useStartBulk } from "./use-start-bulk.ts";

interface Asked {
  act: ListAct<never>;
  /** Rows that it is for; those that are selected when left out. */
  rows?: Selection;
}

/** What is done with the rows of a list: the bar of what is selected, the menu of a row, and what both ask first. */
export function ListActing({
  acts,
  list,
  labels,
  input,
  rows,
  selecting,
  wish,
  onDone,
}: {
  acts: ListActs<never>;
  list: AnyList;
  labels: AnyLabels;
  input: Record<string, unknown>;
  rows: ReadonlyMap<string, never>;
  selecting: Selecting;
  wish: Wish | null;
  /** The wish is fulfilled. */
  onDone: () => void;
}) {
  const words = use(actsOf(acts));
  const { permissions } = useMe();
  const path = usePath();
  const { mutate } = useStartBulk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [shown, setShown] = useState<{ entry: RowEntry<never>; row: never } | null>(null);
  const mine = words.acts.filter(({ permission }) => permissions.includes(permission));
  const filters = filtersBeside(list, input, "");
  const actOf = (key: string): ListAct<never> | undefined => mine.find((act) => act.key === key);

  const begin = (act: ListAct<never>, rows: Selection): void => {
    const call = {
      action: act.action,
      target: bulkTarget(list, filters, rows),
      settings: act.settings ?? {},
      idempotencyKey: crypto.randomUUID(),
    };
    mutate(
      { act, noun: act.noun ?? labels, call },
      { onError: (error) => toast({ text: errorFacts(error).message }) },
    );
  };

  const wished = wish !== null && "act" in wish ? askedBy(wish, mine, selecting) : undefined;
  const fulfilled = useRef<Wish | null>(null);
  useEffect(() => {
    if (wish === null || !("act" in wish) || fulfilled.current === wish) return;
    if (wished !== undefined && !isAtOnce(wished)) return;
    fulfilled.current = wish;
    if (wished?.rows !== undefined) begin(wished.act, wished.rows);
    onDone();
  });
  const inDialog = asked ?? (wished === undefined || isAtOnce(wished) ? null : wished);
  const leave = (): void => {
    setAsked(null);
    if (wished !== undefined) onDone();
  };

  const menu = wish !== null && "menu" in wish ? wish.menu : undefined;
  const row = menu === undefined ? undefined : rows.get(menu);
  const fits = ({ fits: isFit }: Pick<RowEntry<never>, "fits">): boolean => isFit?.(row!) ?? true;
  const entries: MenuEntry[] =
    row === undefined
      ? []
      : [
          ...mine.filter(fits).map((act) => ({
            key: act.key,
            label: act.label,
            onSelect: () => {
              const wanted = { act, rows: { ids: [menu!] } };
              if (isAtOnce(wanted)) begin(act, wanted.rows);
              else setAsked(wanted);
            },
          })),
          ...(words.more ?? [])
            .filter((entry) => permissions.includes(entry.permission) && fits(entry))
            .map((entry) =>
              "to" in entry
                ? { key: entry.key, label: entry.label, href: path(entry.to(row)) }
                : {
                    key: entry.key,
                    label: entry.label,
                    onSelect: () => setShown({ entry, row }),
                  },
            ),
        ];
  return (
    <>
      {selecting.isEmpty ? null : (
        <SelectionBar
          list={list}
          labels={labels}
          filters={filters}
          selecting={selecting}
          acts={mine}
          onAct={(key) => {
            const act = actOf(key);
            if (act !== undefined) setAsked({ act });
          }}
        />
      )}
      {menu === undefined ? null : <RowMenu row={menu} entries={entries} onClose={onDone} />}
      {inDialog === null ? null : (
        <BulkDialog
          act={inDialog.act}
          noun={inDialog.act.noun ?? labels}
          list={list}
          filters={filters}
          selection={inDialog.rows ?? selecting.selection}
          onClose={leave}
          onStarted={() => {
            leave();
            if (inDialog.rows === undefined) selecting.clear();
          }}
        />
      )}
      {shown === null || !("Dialog" in shown.entry) ? null : (
        <shown.entry.Dialog row={shown.row} onClose={() => setShown(null)} />
      )}
    </>
  );
}

/** What a key asks for: something with what is selected, else with a row. */
const askedBy = (
  { act: key, row }: Extract<Wish, { act: string }>,
  acts: readonly ListAct<never>[],
  selecting: Selecting,
): Asked | undefined => {
  const act = acts.find((each) => each.key === key);
  if (act === undefined) return undefined;
  if (!selecting.isEmpty) return { act };
  return row === undefined ? undefined : { act, rows: { ids: [row] } };
};

/** One row has done to it at once what can be taken back and needs no more words. */
const isAtOnce = ({ act, rows }: Asked): boolean =>
  rows !== undefined && act.danger !== true && act.Settings === undefined;
