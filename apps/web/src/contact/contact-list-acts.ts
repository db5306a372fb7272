import type { ContactItem } from "@scrapersky/api/lists";
import { ReasonSettings } from "#lead/act-settings.tsx";
import { anyLeadActs, OPEN_BUSINESS } from "#lead/lead-list-acts.ts";
import type { ActWords } from "#list/list-act.ts";

/** What can be done with contacts: most of it to the businesses that they reach. */
export const CONTACT_ACTS: ActWords<ContactItem> = {
  acts: [
    ...anyLeadActs<ContactItem>(),
    {
      key: "suppress",
      action: "leads.suppress",
      label: "Suppress the addresses…",
      done: "put on the suppression list, and removed from what is stored",
      permission: "suppressions:write",
      danger: true,
      Settings: ReasonSettings,
    },
  ],
  more: [OPEN_BUSINESS],
};
