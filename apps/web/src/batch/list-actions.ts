import type { ListRow, Reuse } from "#intake/list-shape.ts";

/** How a list is changed in its rows. */
export interface ListActions {
  /** Puts something in the place of a refused entry; an empty text drops it. */
  onMend: (row: ListRow, to: string) => void;
  onReuse: (change: (before: Reuse) => Reuse) => void;
}
