import { expect, test } from "vitest";
import { readEnv } from "../src/env.ts";

const NAMES =
  "API_HOST API_PORT API_URL AUTH_SECRET CI DATABASE_ECHO DATABASE_MODE DATA_DIR PORT " +
  "SCRAPER_SITES_FILE WEBHOOKS_KEY WEB_PORT WEB_URL WORKER_HOST WORKER_PORT";

test("an empty value is none, whatever the setting", () => {
  for (const empty of ["", " "]) {
    const all = Object.fromEntries(NAMES.split(" ").map((name) => [name, empty]));
    expect({ ...readEnv(all), inherited: {} }).toEqual({ ...readEnv({}), inherited: {} });
  }
});

test("an empty DATABASE_URL is not: it must not lead to another database in silence", () => {
  for (const empty of ["", " "]) {
    expect(() => readEnv({ DATABASE_URL: empty })).toThrow("DATABASE_URL is set but empty");
  }
});
