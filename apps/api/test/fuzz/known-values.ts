import { ID_LENGTH_MAX } from "@scrapersky/api/contract";
import type { Known } from "./inputs.ts";
import type { Stage } from "./open-stage.ts";

/** What fields take whose schema says no more than that it is a text, by a part of their name. */
const TEXTS: [RegExp, readonly unknown[]][] = [
  [
    /^domains?$|^entries$|^host|^q$|^text$|^lines$/i,
    [
      "example.com",
      "sunrise-1.example",
      "zebra-1.example",
      "https://www.EXAMPLE.com/path?x=1",
      "info@sunrise.example",
      "*@sunrise.example",
      "münchen.example",
      "a.example\nb.example, c.example",
    ],
  ],
  [/url/i, ["https://hook.sunrise.example/", "http://127.0.0.1/", "/jobs", "javascript:alert(1)"]],
  [/email/i, ["new@sunrise.example", "OWNER@skyline.example", "a@b", "ä@ö.example"]],
  [/^role/i, ["owner", "viewer", "auditor", "", 1, 2, 999_999]],
  [
    /^cron$/i,
    ["0 9 * * *", "*/5 * * * *", "0 0 30 2 *", "* * * * * *", "0 0 L * MON#5", "61 * * * *"],
  ],
  [/^time_?zone$/i, ["UTC", "Europe/Berlin", "Mars/Base", "+25:00"]],
  [/scopes|permission/i, ["jobs:read", "contacts:read", "platform:db.query", "*", "jobs:*"]],
  [/events/i, ["batch.finished", "key.expiring", "*"]],
  [/^columns$/i, ["domain", "email", "status", "id,domain"]],
  [/^list$/i, ["jobs", "leads", "batches", "contacts"]],
  [
    /^sql$/i,
    [
      "select 1",
      "table jobs",
      "select pg_sleep(0)",
      "select repeat('x', 3000000)",
      "select * from generate_series(1, 2000)",
      "select 1/0",
      "select '\u0000'",
      "delete from jobs",
      "select 1; select 2",
      "((((",
    ],
  ],
  [
    /^(table|schema|name)$/i,
    ["jobs", "public", "app", "public.jobs", "pg_catalog.pg_class", "app.leads"],
  ],
  [/^key$/, ["columns.leads", "columns.jobs", "0".repeat(64)]],
  [/^(queue)$/i, ["scrape-domain"]],
  [
    /(at|from|to|since|until|before|after|_of|asof)$/i,
    [
      "2026-11-29T12:00:00Z",
      "2026-11-29",
      "2026-11-29T12:00:00.123456+00:00",
      "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
      "+275760-09-13T00:00:00.000Z",
    ],
  ],
];

/** Ids of both tenants and places in lists that earlier answers told. */
export function knownValues({ ids }: Pick<Stage, "ids">): Known & { learn(text: string): void } {
  const all = [...ids.values()].flat();
  const cursors: string[] = [];
  const known: Known = (name) => {
    const plain = name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
    if (plain === "cursor") return cursors;
    const own = ids.get(plain);
    // Their own twice: of another tenant everything is unknown.
    if (own !== undefined) return [...own, own.at(-1)];
    if (/(^id|Id|^ids|Ids)$/.test(plain))
      return [...all, all[0]!.toUpperCase(), "9".repeat(ID_LENGTH_MAX)];
    return TEXTS.find(([part]) => part.test(plain))?.[1] ?? [];
  };
  return Object.assign(known, {
    learn(text: string) {
      const cursor = /"(?:nextCursor|previousCursor|next_cursor)":"([^"]+)"/.exec(text)?.[1];
      if (cursor !== undefined && cursors.length < 20) cursors.push(cursor);
    },
  });
}
