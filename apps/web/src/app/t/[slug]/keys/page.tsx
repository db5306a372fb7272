import { KEY_LIST } from "@scrapersky/api/lists";
import { KeysView } from "#key/keys-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Keys");

export default openList(KEY_LIST, KeysView);
