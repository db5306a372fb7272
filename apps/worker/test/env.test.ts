import { expect, test } from "vitest";
import { readEnv } from "../src/env.ts";

const DATABASE_URL = "postgresql://u@h/d";

test("an empty value is none, for every setting that has a default", () => {
  const unset = readEnv({ DATABASE_URL });
  for (const empty of ["", " "]) {
    const names = [...Object.keys(unset), "METRICS_TOKEN", "WORKER_PORT", "SCRAPER_SITES_FILE"];
    const all = Object.fromEntries(names.map((name) => [name, empty]));
    expect(readEnv({ ...all, DATABASE_URL })).toEqual(unset);
  }
});

test.each([undefined, "", "  "])("DATABASE_URL as %j is refused with what to set", (url) => {
  expect(() => readEnv({ DATABASE_URL: url })).toThrow(
    "DATABASE_URL: set it to postgresql://user:password@host:port/database",
  );
});

test.each([
  ["29", false],
  ["30", true],
  ["3650", true],
  ["3651", false],
])("AUDIT_DAYS of %s is taken: %s", (days, isTaken) => {
  const read = () => readEnv({ DATABASE_URL, AUDIT_DAYS: days }).AUDIT_DAYS;
  if (isTaken) expect(read()).toBe(Number(days));
  else expect(read).toThrow("AUDIT_DAYS");
});

test.each(["https://example.com/bot", "bots@example.com"])("%j is a contact", (contact) => {
  expect(readEnv({ DATABASE_URL, SCRAPER_CONTACT: contact }).SCRAPER_CONTACT).toBe(contact);
});

test.each(["me", "javascript:alert(1)", "https://example.com/a b", "https://example.com/(bot)"])(
  "%j as contact is refused, for it stands in a header",
  (contact) => {
    expect(() => readEnv({ DATABASE_URL, SCRAPER_CONTACT: contact })).toThrow("SCRAPER_CONTACT");
  },
);

test("a proxy of another kind than HTTP is refused, and its password not told", () => {
  const wrong = "socks5://me:secret@h:1";
  expect(() => readEnv({ DATABASE_URL, SCRAPER_PROXY: wrong })).toThrow("SCRAPER_PROXY: set it to");
  expect(() => readEnv({ DATABASE_URL, SCRAPER_PROXY: wrong })).not.toThrow("secret");
});
