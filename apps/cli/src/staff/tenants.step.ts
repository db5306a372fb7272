import {
  createTenant,
  deleteTenant,
  getTenant,
  listTenants,
  restoreTenant,
  switchTenant,
} from "@scrapersky/api/services";
import { type Act, flagOf, table, wordOf } from "./act.ts";
import { AUTHOR } from "./author.ts";

export const tenantCreate: Act = {
  words: ["NAME"],
  flags: { slug: false },
  async run(db, typed) {
    const tenant = await db.transaction((tx) =>
      createTenant(tx, AUTHOR, { name: wordOf(typed), slug: typed.flags.slug }),
    );
    const { name, slug, created } = tenant;
    return {
      json: tenant,
      text: created
        ? `Tenant "${name}" is made. Its slug: ${slug}\n\nIts first person:\n  npm run staff -- add EMAIL --tenant ${slug} --role owner`
        : `Tenant "${name}" was there already, and nothing was done. Its slug: ${slug}\nFor another one of this name, give it a slug: --slug ${slug}-2`,
    };
  },
};

export const tenantList: Act = {
  words: [],
  flags: {},
  async run(db) {
    const tenants = await listTenants(db);
    const rows = tenants.map(({ id, slug, name, people, active }) => [
      slug ?? id,
      name,
      String(people),
      active ? "" : "switched off",
    ]);
    return {
      json: { tenants },
      text:
        tenants.length === 0
          ? "There is no tenant yet: npm run staff -- tenant create NAME"
          : table([["SLUG", "NAME", "PEOPLE", ""], ...rows]),
    };
  },
};

const switching = (active: boolean): Act => ({
  words: ["TENANT"],
  flags: {},
  async run(db, typed) {
    const { tenant, changed } = await db.transaction(async (tx) => {
      const found = await getTenant(tx, wordOf(typed));
      const done = await switchTenant(tx, AUTHOR, { tenantId: found.id, active });
      return { tenant: found, changed: done.changed };
    });
    const state = active
      ? "is switched on: everything goes on where it was"
      : "is switched off: nobody acts in it, and nothing of it runs";
    return {
      json: { tenantId: tenant.id, slug: tenant.slug, active, changed },
      text: changed
        ? `"${tenant.name}" ${state}.`
        : `"${tenant.name}" was switched ${active ? "on" : "off"} already.`,
    };
  },
});

export const tenantOn = switching(true);
export const tenantOff = switching(false);

export const tenantDelete: Act = {
  words: ["TENANT"],
  // Typed once more, as on the page: a slug is typed wrong more easily than meant wrong.
  flags: { name: true },
  async run(db, typed) {
    const { tenant, restorableUntil } = await db.transaction(async (tx) => {
      const found = await getTenant(tx, wordOf(typed));
      const of = { tenantId: found.id, name: flagOf(typed, "name"), action: "tenants.delete" };
      return { tenant: found, ...(await deleteTenant(tx, AUTHOR, of)) };
    });
    return {
      json: { tenantId: tenant.id, slug: tenant.slug, restorableUntil },
      text: `"${tenant.name}" is switched off, and its rows go after ${restorableUntil}. Until then:\n\n  npm run staff -- tenant restore ${tenant.slug}`,
    };
  },
};

export const tenantRestore: Act = {
  words: ["TENANT"],
  flags: {},
  async run(db, typed) {
    const { tenant, active } = await db.transaction(async (tx) => {
      const found = await getTenant(tx, wordOf(typed));
      return { tenant: found, ...(await restoreTenant(tx, AUTHOR, found.id)) };
    });
    return {
      json: { tenantId: tenant.id, slug: tenant.slug, active },
      text: `"${tenant.name}" is back${active ? "" : ", switched off as it was"}.`,
    };
  },
};
