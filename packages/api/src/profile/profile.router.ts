import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { preferenceRouter } from "../preference/preference.router.ts";
import { permitted, router, signedIn } from "../trpc/trpc.ts";
import {
  type InvitedOnce,
  inviteInput,
  profileIdInput,
  updateMeInput,
} from "./profile.contract.ts";
import { getMe } from "./get-me.ts";
import { getProfile } from "./get-profile.ts";
import { invitePerson } from "./invite-person.ts";
import { listProfiles } from "./list-profiles.ts";
import { removePerson } from "./remove-person.ts";
import { resendInvite } from "./resend-invite.ts";
import { switchPerson } from "./switch-person.ts";
import { tellInvited } from "./tell-invited.ts";
import { updateMe } from "./update-me.ts";

const changed = permitted("profiles:write").input(profileIdInput);

export const profileRouter = router({
  preferences: preferenceRouter,

  me: signedIn.query(({ ctx }) => getMe(ctx.db, ctx.actor)),

  updateMe: signedIn
    .input(updateMeInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateMe(tx, ctx, input))),

  list: listProcedure(listProfiles),
  count: countProcedure(listProfiles),

  byId: permitted("profiles:read")
    .input(profileIdInput)
    .query(({ ctx, input }) => getProfile(ctx.db, ctx.actor.tenantId, input.profileId)),

  // Mail goes out behind the transaction: what was not committed is told to nobody.
  invite: permitted("profiles:write")
    .input(inviteInput)
    .mutation(async ({ ctx, input }): Promise<InvitedOnce> => {
      const { replayed, ...invitation } = await ctx.db.transaction((tx) =>
        invitePerson(tx, ctx, input, ctx.webUrl),
      );
      const told = await tellInvited(invitation, { ...ctx, mail: replayed ? null : ctx.mail });
      return { ...told, replayed };
    }),

  resendInvite: changed.mutation(async ({ ctx, input }) =>
    tellInvited(
      await ctx.db.transaction((tx) => resendInvite(tx, ctx, input.profileId, ctx.webUrl)),
      ctx,
    ),
  ),

  disable: changed.mutation(({ ctx, input }) =>
    ctx.db.transaction((tx) => switchPerson(tx, ctx, { ...input, active: false })),
  ),

  enable: changed.mutation(({ ctx, input }) =>
    ctx.db.transaction((tx) => switchPerson(tx, ctx, { ...input, active: true })),
  ),

  remove: changed.mutation(({ ctx, input }) =>
    ctx.db.transaction((tx) => removePerson(tx, ctx, input.profileId)),
  ),
});
