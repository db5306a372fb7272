import { AUDIT_LIST } from "@scrapersky/api/lists";
import { AuditView } from "#audit/audit-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Audit");

export default openList(AUDIT_LIST, AuditView);
