import { getPerson, grantPlatform, listStaff, revokePlatform } from "@scrapersky/api/services";
import { type Act, table, wordOf } from "./act.ts";
import { AUTHOR } from "./author.ts";

const granting = (granted: boolean): Act => ({
  words: ["EMAIL"],
  flags: {},
  async run(db, typed) {
    const { person, changed } = await db.transaction(async (tx) => {
      const found = await getPerson(tx, wordOf(typed));
      const change = granted ? grantPlatform : revokePlatform;
      return { person: found, changed: await change(tx, AUTHOR, found) };
    });
    const { email } = person;
    const state = granted
      ? "runs the platform: all tenants, the database, the queue"
      : "does not run the platform any more; what they are in their tenants they stay";
    return {
      json: { profileId: person.id, email, granted, changed },
      text: changed
        ? `${email} ${state}.`
        : `${email} ${granted ? "was the platform's staff already" : "was not the platform's staff"}.`,
    };
  },
});

export const platformGrant = granting(true);
export const platformRevoke = granting(false);

export const platformList: Act = {
  words: [],
  flags: {},
  async run(db) {
    const people = (await listStaff(db)).filter(({ isPlatformStaff }) => isPlatformStaff);
    const rows = people.map(({ id, email, name, memberships, active }) => [
      email ?? id,
      name ?? "",
      memberships.map(({ tenant }) => tenant).join(", ") || "no tenant",
      active ? "" : "disabled",
    ]);
    return {
      json: { people },
      text:
        people.length === 0
          ? "Nobody runs the platform yet: npm run staff -- platform grant EMAIL"
          : table([["E-MAIL", "NAME", "TENANT", ""], ...rows]),
    };
  },
};
