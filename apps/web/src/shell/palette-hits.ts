import type { SearchAnswer } from "@scrapersky/api/contract";
import { SEARCH_HITS_MAX } from "@scrapersky/api/wire";
import { statusWord } from "#ui/status.tsx";
import type { ChoiceGroup } from "./palette-choice.ts";

const DIRECT = {
  batch: ["Open the batch", "/batches/"],
  job: ["Open the job", "/jobs/"],
  lead: ["Open the business", "/domains/"],
  schedule: ["Open the schedule", "/schedules/"],
  profile: ["Open the profile", "/profiles/"],
} as const;

/** Where an answer leads by itself. */
export const directHref = (
  { direct }: SearchAnswer,
  path: (below: string) => string,
): string | undefined => (direct === null ? undefined : path(DIRECT[direct.kind][1] + direct.id));

const notesOf = (...notes: (string | null)[]): string =>
  notes.filter((note) => note !== null).join(" · ");

/** What the api found, as the palette offers it: what the text names first, then a few of each kind and the way to the rest. */
export const hitGroups = (
  answer: SearchAnswer,
  text: string,
  path: (below: string) => string,
): ChoiceGroup[] => {
  const { direct, batches, leads, contacts, jobs, profiles } = answer;
  const q = encodeURIComponent(text);
  const rest = (hits: unknown[], label: string, below: string) =>
    hits.length < SEARCH_HITS_MAX ? [] : [{ label, href: path(below) }];
  const isNumber = /^[+\d\s()./-]+$/.test(text);
  return [
    {
      title: "Named by it",
      choices:
        direct === null
          ? []
          : [{ label: DIRECT[direct.kind][0], note: text, href: directHref(answer, path)! }],
    },
    {
      title: "Batches",
      choices: batches.map(({ batchId, label, status }) => ({
        label: label ?? "Batch",
        note: statusWord(status),
        href: path(`/batches/${batchId}`),
      })),
    },
    {
      title: "Businesses",
      choices: [
        ...leads.map(({ domainId, displayDomain, name, town }) => ({
          label: name ?? displayDomain,
          note: notesOf(name === null ? null : displayDomain, town),
          href: path(`/domains/${domainId}`),
        })),
        ...rest(leads, "All businesses like this", `/leads?${isNumber ? "contact" : "q"}=${q}`),
      ],
    },
    {
      title: "E-mail addresses",
      choices: [
        ...contacts.map(({ domainId, email, displayDomain, person }) => ({
          label: email,
          note: notesOf(person, displayDomain),
          href: path(`/domains/${domainId}`),
        })),
        ...rest(contacts, "All addresses like this", `/contacts?q=${q}`),
      ],
    },
    {
      title: "Jobs",
      choices: [
        ...jobs.map(({ jobId, domain, status }) => ({
          label: domain,
          note: statusWord(status),
          href: path(`/jobs/${jobId}`),
        })),
        ...rest(jobs, "All jobs like this", `/jobs?q=${q}`),
      ],
    },
    {
      title: "People of this tenant",
      choices: profiles.map(({ id, name, email }) => ({
        label: name ?? email ?? "Somebody",
        note: name === null ? null : email,
        href: path(`/profiles/${id}`),
      })),
    },
  ];
};
