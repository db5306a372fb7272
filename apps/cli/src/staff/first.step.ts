import { DomainError, findFirstSteps, makeFirstOwner } from "@scrapersky/api/services";
import type { Act } from "./act.ts";
import { describeLink } from "./describe-link.ts";

const FROM_NOTHING = `Nobody can sign in yet. Make a tenant and its owner:

  npm run staff -- tenant create "Your company"
  npm run staff -- add you@example.com --tenant your-company --role owner`;

const FROM_PEOPLE = `Nobody can sign in yet. See who is there, and give somebody a one-time link:

  npm run staff -- list
  npm run staff -- link EMAIL`;

/** What is wrong with the owner is wrong with the setting. */
function nameSetting(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  throw new DomainError(error.code, `OWNER_EMAIL: ${error.message}`, error.details, error);
}

/** The way to a first sign-in; the first owner, where OWNER_EMAIL names one and there is no tenant. */
export const first: Act = {
  words: [],
  flags: {},
  async run(db, _typed, env) {
    const { owner, web } = env;
    const made =
      owner &&
      (await db
        .transaction((tx) =>
          makeFirstOwner(tx, { actor: null, source: "start" }, { ...owner, webUrl: web.url }),
        )
        .catch(nameSetting));
    const steps = await findFirstSteps(db);
    const json = { ...steps, made: made ?? null };
    if (made) {
      const text = `${made.email} is now owner of the first tenant, ${made.tenant}. A link to sign in with:\n\n${describeLink(made.link, env)}`;
      return { json, text };
    }
    if (steps.canSignIn)
      return { json, text: "There are people who can sign in: npm run staff -- list" };
    return { json, text: steps.tenants === 0 ? FROM_NOTHING : FROM_PEOPLE };
  },
};
