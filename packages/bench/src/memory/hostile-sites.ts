import {
  catalogue,
  EVIL_MAIL,
  EVIL_TAGS,
  EVIL_TEXTS,
  repeatTo,
  type Site,
  type SiteAnswer,
} from "@scrapersky/testing/sites";

const MEGABYTE = 1_000_000;
/** Of a page that is a flood: as many as no business has. */
const FLOOD = 20_000;

const html = (body: string, more: SiteAnswer = {}): SiteAnswer => ({
  ...more,
  headers: { "content-type": "text/html; charset=utf-8", ...more.headers },
  body,
});
const flood = (line: (at: number) => string): string =>
  Array.from({ length: FLOOD }, (_, at) => line(at)).join("\n");

/** What a site answers to every path. */
const ANSWERS: Record<string, (path: string) => SiteAnswer> = {
  maze: (path) => html(flood((at) => `<a href="${path === "/" ? "" : path}/${at}">room ${at}</a>`)),
  mailboxes: () => html(flood((at) => `<a href="mailto:m${at}@mailboxes.example">m${at}</a>`)),
  numbers: () => html(flood((at) => `<p>Call +1 207 ${String(2_000_000 + at)}</p>`)),
  people: () =>
    html(
      `<script type="application/ld+json">[${flood((at) => `{"@type":"Person","name":"Ann ${at}","jobTitle":"Owner"},`)}{}]</script>`,
    ),
  cookies: () =>
    html("<title>Cookies</title>", {
      headers: {
        "set-cookie": Array.from({ length: 100 }, (_, at) => `c${at}=${"v".repeat(500)}`),
      },
    }),
  rules: (path) =>
    path === "/robots.txt"
      ? {
          headers: { "content-type": "text/plain" },
          body: `User-agent: *\n${flood((at) => `Disallow: /*${at}*/*/*/$`)}`,
        }
      : html("<title>Rules</title><a href=/1/2/3>on</a>"),
};

const siteOf = (name: string, answer: Site["answer"]): Site => ({
  name,
  hosts: [name],
  schemes: ["http"],
  certificate: "valid",
  presentable: false,
  expect: { outcome: "done" },
  answer,
});

/** Sites that no worker should meet: those of the catalogue, pages that are slow to read, floods, and a maze. */
export function hostileSites(): Site[] {
  const pieces = [...EVIL_TEXTS, ...EVIL_TAGS, ...EVIL_MAIL];
  const pages = pieces.map((piece) => repeatTo(piece, MEGABYTE));
  return [
    // What is tried again much later would keep a batch open.
    ...catalogue().filter(({ hosts, expect }) => hosts.length > 0 && expect.outcome !== "retry"),
    ...pages.map((page, at) => siteOf(`evil-${at}.example`, () => html(page))),
    ...Object.entries(ANSWERS).map(([name, answer]) =>
      siteOf(`${name}.example`, ({ path }) => answer(path)),
    ),
  ];
}
