import { EXPORT_LIST } from "@scrapersky/api/lists";
import { ExportsView } from "#export/exports-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Exports");

export default openList(EXPORT_LIST, ExportsView);
