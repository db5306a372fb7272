import { CONTACT_LIST } from "@scrapersky/api/lists";
import { ContactsView } from "#contact/contacts-view.tsx";
import { openList } from "#list/open-list.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Contacts");

export default openList(CONTACT_LIST, ContactsView);
