import { JOB_LIST } from "@scrapersky/api/lists";
import { JOBS_ORDER } from "#job/jobs-order.ts";
import { JobsView } from "#job/jobs-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Jobs");

export default openList(JOB_LIST, JobsView, JOBS_ORDER);
