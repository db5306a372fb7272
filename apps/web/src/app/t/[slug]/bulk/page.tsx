import { BULK_LIST } from "@scrapersky/api/lists";
import { BulkListView } from "#bulk/bulk-list-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Bulk actions");

export default openList(BULK_LIST, BulkListView);
