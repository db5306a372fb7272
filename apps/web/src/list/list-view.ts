import type { AnyList, FilterValues, OrderOf } from "@scrapersky/api/lists";
import type { ComponentType } from "react";
import type { Column } from "#ui/table.tsx";
import type { ListActs } from "./list-act.ts";
import type { Written } from "./list-address.ts";
import type { ListLabels } from "./list-labels.ts";
import type { ItemOf, WebList } from "./list-query.ts";

/** A column of a list's page. */
export interface ListColumn<Row, Order extends string = string> extends Column<Row> {
  /** The order that its head asks for. */
  order?: Order;
  /** Left out until somebody chooses it. */
  chosen?: true;
  /** What an export of it tells, by its columns; the one of the same key when left out. */
  exports?: readonly string[];
}

/** A view of a list that comes with it. */
export interface Preset<L extends AnyList> {
  slug: string;
  name: string;
  filters: (whose: { meId: string }) => Written<L>;
}

/** The page of a list, as data: whatever is the same for all lists is made of it. */
export interface ListView<L extends WebList> {
  list: L;
  /** Names it among several views of its list, each with columns of its own. */
  name?: string;
  labels: ListLabels<L>;
  /** Names the table for those who cannot see it, and the page. */
  title: string;
  rowKey: (row: ItemOf<L>) => string;
  columns: ListColumn<ItemOf<L>, OrderOf<L>>[];
  /** The order that rows are in where an address says none; the first of the list when left out. */
  order?: OrderOf<L>;
  /** What a row shows beside the list when it is chosen; `of` is kept in the address. */
  peek?: { of: (row: ItemOf<L>) => string; View: ComponentType<{ id: string }> };
  presets?: Preset<L>[];
  /** Rows that are counted below the title, beside all of them: what is to be seen to. */
  told?: { filters: FilterValues<L>; words: string }[];
  /** What can be done with its rows. */
  acts?: ListActs<ItemOf<L>>;
  /** Whether rows can change by themselves, so that they are asked for again and again. */
  moves?: boolean;
}
