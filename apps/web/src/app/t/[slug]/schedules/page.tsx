import { SCHEDULE_LIST } from "@scrapersky/api/lists";
import { openList } from "#list/open-list.tsx";
import { SchedulesView } from "#schedule/schedules-view.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Schedules");

export default openList(SCHEDULE_LIST, SchedulesView);
