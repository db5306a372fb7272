import type {
  Notifications,
  OverviewHealth,
  OverviewNumbers,
  OverviewReason,
} from "@scrapersky/api/contract";
import { BATCHES } from "./batch-fixtures.ts";
import { ago, id, NOW_MS } from "./fixture-base.ts";

const DAY_MS = 86_400_000;

const days = Array.from({ length: 14 }, (_, at) => {
  const read = [0, 210, 340, 96, 0, 0, 412, 520, 388, 0, 611, 98, 240, 208][at] ?? 0;
  return {
    day: new Date(NOW_MS - (13 - at) * DAY_MS).toISOString().slice(0, 10),
    read,
    failed: Math.round(read / 12),
    newEmails: Math.round(read * 1.4),
    newPhones: Math.round(read * 0.7),
  };
});

const sumOf = (some: typeof days) => ({
  read: some.reduce((sum, { read }) => sum + read, 0),
  failed: some.reduce((sum, { failed }) => sum + failed, 0),
  newEmails: some.reduce((sum, { newEmails }) => sum + newEmails, 0),
  newPhones: some.reduce((sum, { newPhones }) => sum + newPhones, 0),
});

export const NUMBERS: OverviewNumbers = {
  thisWeek: sumOf(days.slice(7)),
  lastWeek: sumOf(days.slice(0, 7)),
  days,
};

const reason = (code: string, message: string, count: number): OverviewReason => ({
  code,
  message,
  count,
  canRunAgain: code !== "invalid_domain",
  batches: [{ batchId: id(102), count }],
});

export const REASONS: OverviewReason[] = [
  reason("dns_not_found", "The domain name does not exist.", 41),
  reason("timeout", "The site did not answer in time.", 28),
  reason("http_error", "The site answered with an error.", 17),
  reason("robots_disallowed", "Skipped: robots.txt does not allow it.", 9),
  reason("tls_error", "The site's certificate cannot be trusted.", 4),
  reason("invalid_domain", "The line names no web site.", 3),
];

export const HEALTH: OverviewHealth = {
  state: "working",
  running: 5,
  waiting: 1310,
  lastEndedAt: ago(2),
  asOf: ago(0),
};

export const NOTIFICATIONS: Notifications = {
  unread: 2,
  items: BATCHES.slice(2).map(
    ({ batchId, label, firstDomain, status, total, counts, emails, phones }, at) => ({
      notificationId: id(600 + at),
      kind: "batch",
      batch: { batchId, label, firstDomain, status, total, counts, emails, phones },
      createdAt: ago(300 + at * 90_000),
      readAt: at < 2 ? null : ago(100),
    }),
  ),
};
