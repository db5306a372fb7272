import type { LeadItem } from "@scrapersky/api/lists";
import type { ActWords, ListAct } from "#list/list-act.ts";
import { LabelSettings, ReasonSettings, ScanSettings } from "./act-settings.tsx";

const LEAD = { one: "lead" };

/** The way from a row to the business that it is about. */
export const OPEN_BUSINESS = {
  key: "business",
  label: "Open the business",
  permission: "domains:read",
  to: ({ domainId }: { domainId: string }) => `/domains/${domainId}`,
} as const;

/** What can be done with leads, also by what reaches them. */
export const anyLeadActs = <
  Row extends { doNotContact: boolean; contactedAt?: string | null },
>(): ListAct<Row>[] => [
  {
    key: "again",
    action: "leads.rescan",
    label: "Scan again…",
    done: "put into a new batch",
    noun: LEAD,
    permission: "batches:create",
    Settings: ScanSettings,
  },
  {
    key: "contacted",
    action: "leads.update",
    label: "Mark as contacted",
    done: "marked as contacted",
    noun: LEAD,
    permission: "leads:write",
    settings: { contacted: true },
    fits: ({ contactedAt }) => contactedAt == null,
  },
  {
    key: "not-contacted",
    action: "leads.update",
    label: "Mark as not contacted",
    done: "marked as not contacted",
    noun: LEAD,
    permission: "leads:write",
    settings: { contacted: false },
    fits: ({ contactedAt }) => contactedAt !== null,
  },
  {
    key: "label",
    action: "leads.update",
    label: "Label…",
    done: "labelled",
    noun: LEAD,
    permission: "leads:write",
    settings: { label: null },
    Settings: LabelSettings,
  },
  {
    key: "do-not-contact",
    action: "leads.update",
    label: "Do not contact",
    done: "marked “Do not contact”",
    noun: LEAD,
    permission: "leads:write",
    settings: { doNotContact: true },
    fits: ({ doNotContact }) => !doNotContact,
  },
  {
    key: "may-contact",
    action: "leads.update",
    label: "May be contacted",
    done: "marked as such that may be contacted",
    noun: LEAD,
    permission: "leads:write",
    settings: { doNotContact: false },
    fits: ({ doNotContact }) => doNotContact,
  },
];

export const LEAD_ACTS: ActWords<LeadItem> = {
  acts: [
    ...anyLeadActs<LeadItem>(),
    {
      key: "suppress",
      action: "leads.suppress",
      label: "Suppress…",
      done: "put on the suppression list: never visited again, and what was stored is removed",
      permission: "suppressions:write",
      danger: true,
      Settings: ReasonSettings,
    },
  ],
  more: [OPEN_BUSINESS],
};
