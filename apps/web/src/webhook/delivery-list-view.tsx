import { DELIVERY_LIST } from "@scrapersky/api/lists";
import type { ListView } from "#list/list-view.ts";
import { late } from "#ui/late.ts";
import { RowTo } from "#list/row-to.tsx";
import { Looking } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { DELIVERY_LOOKS, deliveryPath, errorWords } from "./webhook-words.ts";

const DeliveryPeek = late(async () => ({
  default: (await import("./delivery-peek.tsx")).DeliveryPeek,
}));

/** What was sent to a webhook. */
export const DELIVERIES: ListView<typeof DELIVERY_LIST> = {
  list: DELIVERY_LIST,
  labels: {
    one: "delivery",
    many: "deliveries",
    filters: {
      webhookId: { by: "webhook", fromElsewhere: true },
      state: { by: "state", looks: DELIVERY_LOOKS, inSight: true },
    },
  },
  title: "Deliveries",
  rowKey: ({ deliveryId }) => deliveryId,
  columns: [
    {
      key: "type",
      header: "Event",
      narrow: "title",
      cell: (row) => <RowTo to={deliveryPath(row)}>{row.type}</RowTo>,
    },
    {
      key: "state",
      header: "State",
      narrow: "aside",
      width: "w-32",
      cell: ({ state }) => <Looking look={DELIVERY_LOOKS[state]} still />,
    },
    {
      key: "met",
      header: "Last try",
      narrow: "line",
      width: "w-64",
      cell: ({ error, status }) => (
        <span className="text-muted">
          {error === null ? (status === null ? "" : `Answered with ${status}`) : errorWords(error)}
        </span>
      ),
    },
    {
      key: "tries",
      header: "Tries",
      narrow: "hidden",
      align: "right",
      width: "w-20",
      cell: ({ tries }) => <span className="tabular-nums">{tries}</span>,
    },
    {
      key: "created",
      header: "Happened",
      narrow: "meta",
      align: "right",
      width: "w-28",
      cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted" />,
    },
  ],
  peek: { of: ({ deliveryId }) => deliveryId, View: DeliveryPeek },
};
