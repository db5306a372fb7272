import { createTenant, listTenants } from "@scrapersky/api/services";
import { type Act, table, wordOf } from "./act.ts";
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
