import { domainIdInput } from "../domain/domain.contract.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { changedProcedure } from "../trpc/changed-procedure.ts";
import { countProcedure, facetsProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { chooseEmail, choosePhone } from "./choose-best.ts";
import { getLead, getLeadOfDomain } from "./get-lead.ts";
import {
  chooseEmailInput,
  choosePhoneInput,
  leadDomainInput,
  leadUpdateInput,
} from "./lead.contract.ts";
import { listChangedLeads } from "./list-changed-leads.ts";
import { listLeads } from "./list-leads.ts";
import { updateLead } from "./update-lead.ts";
import { withoutNotes } from "./without-contacts.ts";

/** Whoever names an address or a number is told whether it is there. */
const choosing = permitted("leads:write").use(({ ctx, next }) => {
  requirePermission(ctx.actor, "contacts:read");
  return next();
});

export const leadRouter = router({
  list: listProcedure(listLeads),
  count: countProcedure(listLeads),
  facets: facetsProcedure(listLeads),
  changed: changedProcedure(listLeads).query(({ ctx, input }) =>
    ctx.db.transaction(
      (tx) => listChangedLeads(tx, contactReaderOf(ctx.actor), ctx.start, input),
      ONE_SNAPSHOT,
    ),
  ),

  byId: permitted("domains:read")
    .input(domainIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getLead(tx, contactReaderOf(ctx.actor), input.domainId),
        ONE_SNAPSHOT,
      ),
    ),

  byDomain: permitted("domains:read")
    .input(leadDomainInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getLeadOfDomain(tx, contactReaderOf(ctx.actor), input.domain),
        ONE_SNAPSHOT,
      ),
    ),

  update: permitted("leads:write")
    .input(leadUpdateInput)
    .mutation(async ({ ctx, input }) => {
      const notes = await ctx.db.transaction((tx) => updateLead(tx, ctx, input));
      return contactReaderOf(ctx.actor).mayReadContacts ? notes : withoutNotes(notes);
    }),

  chooseEmail: choosing
    .input(chooseEmailInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => chooseEmail(tx, ctx, input))),

  choosePhone: choosing
    .input(choosePhoneInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => choosePhone(tx, ctx, input))),
});
