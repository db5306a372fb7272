import { BATCH_LIST } from "@scrapersky/api/lists";
import { BatchesView } from "#batch/batches-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Batches");

export default openList(BATCH_LIST, BatchesView);
