import { PROFILE_LIST } from "@scrapersky/api/lists";
import { openList } from "#list/open-list.tsx";
import { ProfilesView } from "#profile/profiles-view.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Profiles");

export default openList(PROFILE_LIST, ProfilesView);
