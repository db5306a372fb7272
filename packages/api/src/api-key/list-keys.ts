import { expression, nullable } from "@scrapersky/db";
import { apiKeys, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { KEY_START } from "./api-key.ts";
import type { KeyRow } from "./key.contract.ts";
import { KEY_LIST } from "./key-list.contract.ts";

const state = sql`case when ${apiKeys.revokedAt} is not null then 'revoked'
  when ${apiKeys.expiresAt} <= now() then 'expired' else 'working' end`;

const HOLDERS: Record<KeyRow["holder"]["kind"], SQL> = {
  person: isNotNull(apiKeys.profileId),
  service: isNull(apiKeys.profileId),
};

/** A tenant has some hundred keys: no order of them has an index. */
export const listKeys = defineList(KEY_LIST, {
  rows: {
    tenant: apiKeys.tenantId,
    id: apiKeys.id,
    from: (select) => select.from(apiKeys),
    where: {
      state: (states) => inArray(state, states),
      holder: (holders) => or(...holders.map((holder) => HOLDERS[holder])),
      q: (part) => sql`strpos(lower(${apiKeys.name}), lower(${part})) > 0`,
    },
    orders: { newest: descending(apiKeys.createdAt, apiKeys.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({
        ...place,
        keyId: apiKeys.id,
        name: apiKeys.name,
        personId: apiKeys.profileId,
        accountId: apiKeys.serviceAccountId,
        holder: expression(
          nullable("text"),
        )`coalesce(${profiles.name}, ${profiles.email}, ${serviceAccounts.name})`,
        prefix: apiKeys.prefix,
        last4: apiKeys.last4,
        state: expression("text")`${state}`,
        scopes: apiKeys.scopes,
        createdAt: apiKeys.createdAt,
        lastUsedAt: apiKeys.lastUsedAt,
        expiresAt: apiKeys.expiresAt,
        revokedAt: apiKeys.revokedAt,
        rotated: expression("bool")`${apiKeys.replacedBy} is not null`,
      })
      .from(page)
      .innerJoin(apiKeys, eq(apiKeys.id, page.id))
      .leftJoin(profiles, eq(profiles.id, apiKeys.profileId))
      .leftJoin(serviceAccounts, and(eq(serviceAccounts.id, apiKeys.serviceAccountId))),
  toItem: ({ personId, accountId, holder, prefix, last4, ...row }): KeyRow => ({
    ...row,
    holder: {
      kind: personId === null ? "service" : "person",
      id: personId ?? accountId ?? "",
      name: holder,
    },
    hint: `${KEY_START}${prefix}_…${last4}`,
    state: row.state as KeyRow["state"],
    createdAt: isoTime(row.createdAt),
    lastUsedAt: isoTimeOrNull(row.lastUsedAt),
    expiresAt: isoTimeOrNull(row.expiresAt),
    revokedAt: isoTimeOrNull(row.revokedAt),
  }),
});
