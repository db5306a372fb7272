import type { Permission } from "@scrapersky/api";
import type { BulkActionName } from "@scrapersky/api/lists";
import type { ComponentType } from "react";

/** What a dialog keeps while somebody says how an act is to be done. */
export interface SettingsProps {
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
}

interface Named<Row> {
  key: string;
  /** On its button or in the menu of a row, as in "Run again". */
  label: string;
  permission: Permission;
  /** Whether a row's menu offers it; for every row when left out. */
  fits?: (row: Row) => boolean;
}

/** What one or many rows have done to them, by a bulk action. */
export interface ListAct<Row> extends Named<Row> {
  action: BulkActionName;
  /** As in "12 jobs will be run again." */
  done: string;
  /** What it is done to, where that is not the rows themselves. */
  noun?: { one: string; many?: string };
  /** It cannot be taken back. */
  danger?: true;
  /** What is sent when nobody said anything. */
  settings?: Record<string, unknown>;
  /** How it is done, where that is to be said. */
  Settings?: ComponentType<SettingsProps>;
}

/** Where else the menu of a row leads: to a page, by its path below the tenant, or to a dialog. */
export type RowEntry<Row> = Named<Row> &
  ({ to: (row: Row) => string } | { Dialog: ComponentType<{ row: Row; onClose: () => void }> });

export interface ActWords<Row> {
  /** In the order in which they are offered; the first ones are buttons of their own. */
  acts: readonly ListAct<Row>[];
  more?: readonly RowEntry<Row>[];
}

/** What can be done with the rows of a list. Which it is, is loaded when somebody first wants something done. */
export interface ListActs<Row> {
  /** Any of these rights lets rows be selected. */
  may: readonly Permission[];
  load: () => Promise<ActWords<Row>>;
}

/** What the page of a list is asked for: the menu of a row, or an act on what is selected, else on a row. */
export type Wish = { menu: string } | { act: string; row: string | undefined };
