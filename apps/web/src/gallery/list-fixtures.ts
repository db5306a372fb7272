import type { Draft, LastList } from "#batch/use-draft.ts";
import { ago, id } from "./fixture-base.ts";

// Made-up lists, in everything that they are sorted into.

const SECONDS_SINCE_SCAN: Record<string, number> = {
  "rossi-pasticceria.it": 3 * 3600,
  "keller-dental.ch": 20 * 3600,
  "lucia-flores.es": 1500,
};

export const scannedLately = (domain: string) => {
  const seconds = SECONDS_SINCE_SCAN[domain];
  return seconds === undefined ? [] : [{ domain, lastScanAt: ago(seconds) }];
};

const TOWNS = ["Bern", "Zürich", "Lyon", "Nürnberg", "Sevilla", "Graz"];

const TEXT = [
  "Company,Website,Town,Customer no",
  "Rossi Pasticceria,rossi-pasticceria.it,Torino,1001",
  '"Keller & Söhne, Zahnärzte",https://www.keller-dental.ch/kontakt,Bern,1002',
  "Lucía Flores,lucia-flores.es,Sevilla,1003",
  "Bäckerei Grün,bäckerei-grün.de,Nürnberg,1004",
  "פרחי תל אביב,פרחים.co.il,תל אביב,1005",
  "Doppelt AG,rossi-pasticceria.it,Zug,1006",
  "Ohne Seite GmbH,keine,Graz,1007",
  "Nur Mail,info@gmail.com,Graz,1008",
  "Intern,intranet.local,Graz,1009",
  `Very Long,${"a-very-long-name-".repeat(3)}.${"and-a-longer-".repeat(4)}one.com,Bern,1010`,
  ...Array.from({ length: 300 }, (_, at) => {
    const host = `${["praxis", "garage", "atelier", "pizzeria"][at % 4]}-${at + 1}.example`;
    const town = TOWNS[at % TOWNS.length] ?? "";
    return `Firma ${at + 1},${at % 3 === 0 ? `https://www.${host}/` : host},${town},${2000 + at}`;
  }),
].join("\n");

const DRAFT: Draft = {
  text: TEXT,
  column: null,
  files: [],
  reuse: { all: false, but: ["keller-dental.ch"] },
  label: null,
  maxPages: "50",
  maxConcurrent: "5",
  sendingKey: null,
};

/** What the browser keeps of a draft and of the list before it. */
export interface KeptScene {
  personId: string;
  draft: Draft | null;
  last: LastList | null;
}

export const LIST_KEPT: KeptScene = { personId: id(31), draft: DRAFT, last: null };

export const LAST_KEPT: KeptScene = {
  personId: id(32),
  draft: null,
  last: {
    draft: DRAFT,
    batchId: id(12),
    label: "Dental practices, canton of Bern",
    domains: 306,
    at: ago(1800),
  },
};
