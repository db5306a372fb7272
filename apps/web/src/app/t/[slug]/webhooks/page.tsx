import { WEBHOOK_LIST } from "@scrapersky/api/lists";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";
import { WebhooksView } from "#webhook/webhooks-view.tsx";

export const generateMetadata = pageTitle("Webhooks");

export default openList(WEBHOOK_LIST, WebhooksView);
