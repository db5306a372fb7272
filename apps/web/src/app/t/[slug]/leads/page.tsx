import { LEAD_LIST } from "@scrapersky/api/lists";
import { LeadsView } from "#lead/leads-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Leads");

export default openList(LEAD_LIST, LeadsView);
