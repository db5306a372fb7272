import {
  addPerson,
  assignRole,
  createSignInLink,
  disablePerson,
  enablePerson,
  getPerson,
  getTenant,
  listStaff,
} from "@scrapersky/api/services";
import { warnOfExposure } from "../exposure.ts";
import { type Act, flagOf, table, wordOf } from "./act.ts";
import { AUTHOR } from "./author.ts";
import { describeLink } from "./describe-link.ts";

export const add: Act = {
  words: ["EMAIL"],
  flags: { tenant: true, role: true, name: false },
  async run(db, typed, env) {
    const done = await db.transaction(async (tx) => {
      const tenant = await getTenant(tx, flagOf(typed, "tenant"));
      const person = await addPerson(tx, AUTHOR, {
        email: wordOf(typed),
        role: flagOf(typed, "role"),
        name: typed.flags.name,
        tenant,
      });
      const { link } = await createSignInLink(
        tx,
        AUTHOR,
        await getPerson(tx, person.profileId),
        env.web.url,
      );
      return { ...person, tenant, link };
    });
    const { profileId, email, role, tenant, link, how } = done;
    const was = how === "member" ? "was already" : "is now";
    return {
      warning: await warnOfExposure(db),
      json: { profileId, email, tenant: tenant.slug, role, link },
      text: `${email} ${was} ${role} of "${tenant.name}" (${tenant.slug}). A link to sign in with:\n\n${describeLink(link, env)}`,
    };
  },
};

export const link: Act = {
  words: ["EMAIL"],
  flags: {},
  async run(db, typed, env) {
    const { person, made } = await db.transaction(async (tx) => {
      const found = await getPerson(tx, wordOf(typed));
      return { person: found, made: await createSignInLink(tx, AUTHOR, found, env.web.url) };
    });
    return {
      json: {
        profileId: person.id,
        email: person.email,
        link: made.link,
        expiresAt: made.expiresAt.toISOString(),
      },
      text: `A link for ${person.email}; older ones do not work any more:\n\n${describeLink(made.link, env)}`,
    };
  },
};

export const role: Act = {
  words: ["EMAIL"],
  flags: { tenant: true, role: true },
  async run(db, typed) {
    const { person, tenant, assigned } = await db.transaction(async (tx) => {
      const at = await getTenant(tx, flagOf(typed, "tenant"));
      const found = await getPerson(tx, wordOf(typed));
      const of = { personId: found.id, tenant: at, role: flagOf(typed, "role") };
      return { person: found, tenant: at, assigned: await assignRole(tx, AUTHOR, of) };
    });
    const was = assigned.changed ? "is now" : "was already";
    return {
      json: {
        profileId: person.id,
        email: person.email,
        tenant: tenant.slug,
        role: assigned.role,
        changed: assigned.changed,
      },
      text: `${person.email} ${was} ${assigned.role} of "${tenant.name}" (${tenant.slug}).`,
    };
  },
};

const switching = (active: boolean): Act => ({
  words: ["EMAIL"],
  flags: {},
  async run(db, typed) {
    const { person, changed } = await db.transaction(async (tx) => {
      const found = await getPerson(tx, wordOf(typed));
      const change = active ? enablePerson : disablePerson;
      return { person: found, changed: await change(tx, AUTHOR, found.id) };
    });
    const { email } = person;
    const state = active
      ? "may sign in"
      : "is signed out and may not sign in; neither may keys of theirs";
    return {
      json: { profileId: person.id, email, active, changed },
      text: changed
        ? `${email} ${state}.`
        : `${email} was ${active ? "enabled" : "disabled"} already.`,
    };
  },
});

export const disable = switching(false);
export const enable = switching(true);

export const list: Act = {
  words: [],
  flags: { tenant: false },
  async run(db, { flags }) {
    const people = await db.transaction(async (tx) =>
      listStaff(
        tx,
        flags.tenant === undefined ? undefined : (await getTenant(tx, flags.tenant)).id,
      ),
    );
    const rows = people.map(({ id, email, name, memberships, active, hasPassword }) => [
      email ?? id,
      name ?? "",
      memberships.map((one) => `${one.tenant}:${one.role ?? "no role"}`).join(", ") || "no tenant",
      active ? (hasPassword ? "" : "no password yet") : "disabled",
    ]);
    return {
      json: { people },
      text:
        people.length === 0
          ? "There is nobody yet: npm run staff -- add EMAIL --tenant SLUG --role owner"
          : table([["E-MAIL", "NAME", "TENANT:ROLE", ""], ...rows]),
    };
  },
};
