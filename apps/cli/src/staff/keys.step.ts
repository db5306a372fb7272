import { createServiceKey, getTenant, listApiKeys, revokeApiKey } from "@scrapersky/api/services";
import { type Act, flagOf, table, wordOf } from "./act.ts";
import { AUTHOR } from "./author.ts";

export const keyCreate: Act = {
  words: [],
  flags: { tenant: true, name: true, scopes: true },
  async run(db, typed) {
    const { tenant, made } = await db.transaction(async (tx) => {
      const at = await getTenant(tx, flagOf(typed, "tenant"));
      const scopes = flagOf(typed, "scopes").split(/[\s,]+/);
      const of = { tenantId: at.id, name: flagOf(typed, "name"), scopes };
      return { tenant: at, made: await createServiceKey(tx, AUTHOR, of) };
    });
    return {
      json: { id: made.id, key: made.key },
      text: `A key of a service account of "${tenant.name}", shown this once:\n\n  ${made.key}\n\nIt may: ${made.scopes.join(", ")}\nTo end it: npm run staff -- key revoke ${made.id}`,
    };
  },
};

export const keyList: Act = {
  words: [],
  flags: { tenant: false },
  async run(db, { flags }) {
    const keys = await db.transaction(async (tx) =>
      listApiKeys(
        tx,
        flags.tenant === undefined ? undefined : (await getTenant(tx, flags.tenant)).id,
      ),
    );
    const rows = keys.map(({ id, name, tenant, person, hint, scopes, lastUsedAt, revokedAt }) => [
      id,
      name,
      tenant,
      person ?? "service account",
      hint,
      lastUsedAt?.slice(0, 10) ?? "never",
      revokedAt === null ? scopes.join(",") : "revoked",
    ]);
    return {
      json: { keys },
      text:
        keys.length === 0
          ? "There is no key yet: npm run staff -- key create --tenant SLUG --name NAME --scopes batches:read"
          : table([["ID", "NAME", "TENANT", "OF", "KEY", "USED", "SCOPES"], ...rows]),
    };
  },
};

export const keyRevoke: Act = {
  words: ["ID"],
  flags: {},
  async run(db, typed) {
    const done = await db.transaction((tx) => revokeApiKey(tx, AUTHOR, wordOf(typed)));
    return {
      json: done,
      text: done.revoked
        ? `The key "${done.name}" does not work any more.`
        : `The key "${done.name}" was revoked already.`,
    };
  },
};
