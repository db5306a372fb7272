import type { LEAD_LIST, LeadTrait } from "@scrapersky/api/lists";
import { countryName, languageName, readableWord } from "#format/name.ts";
import { formatDay } from "#format/time.ts";
import { shortId } from "#ui/copy-button.tsx";
import type { ListLabels } from "#list/list-labels.ts";

const TRAITS: Record<LeadTrait, string> = {
  email: "E-mail",
  phone: "Phone",
  person: "Person",
  contact_form: "Contact form",
  shop: "Shop",
  booking: "Booking",
  blog: "Blog",
  newsletter: "Newsletter",
  cookie_notice: "Cookie notice",
  privacy_policy: "Privacy policy",
  parked: "Parked",
  needs_js: "Needs JavaScript",
  bot_wall: "Bot wall",
};

export const LEAD_LABELS: ListLabels<typeof LEAD_LIST> = {
  one: "lead",
  filters: {
    q: { search: "Name or domain, or has:phone" },
    has: { by: "has", looks: TRAITS },
    lacks: { by: "lacks", looks: TRAITS },
    technology: { by: "technology" },
    noTechnology: { by: "without technology" },
    category: { by: "category" },
    country: { by: "country", show: countryName },
    region: { by: "region" },
    town: { by: "town" },
    language: { by: "language", show: languageName },
    network: { by: "network", show: readableWord },
    contact: { by: "e-mail or phone" },
    deliverable: { by: "takes mail", looks: { yes: "Yes", no: "No", unknown: "Not known" } },
    reason: { by: "reason", show: readableWord },
    label: { by: "label" },
    contacted: { by: "contacted", looks: { yes: "Contacted", no: "Not contacted" } },
    doNotContact: {
      by: "do not contact",
      looks: { yes: "Do not contact", no: "May be contacted" },
    },
    batchId: { by: "batch", show: shortId, fromElsewhere: true },
    scannedSince: { by: "scanned since", show: formatDay },
    scannedUntil: { by: "scanned until", show: formatDay },
    changedSince: { by: "changed since", show: formatDay },
    newSince: { by: "new since", show: formatDay },
  },
};
