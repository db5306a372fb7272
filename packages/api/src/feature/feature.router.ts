import { permitted, router, signedIn } from "../trpc/trpc.ts";
import { createEntry, deleteEntry, updateEntry } from "./change-entry.ts";
import { createFlag, deleteFlag, updateFlag } from "./change-flag.ts";
import {
  entryCreateInput,
  entryIdInput,
  entryMoveInput,
  entryUpdateInput,
  flagCreateInput,
  flagIdInput,
  flagUpdateInput,
  tenantFeatureInput,
} from "./feature-change.contract.ts";
import { getFeatureTree } from "./get-feature-tree.ts";
import { listEntries } from "./list-entries.ts";
import { listFlags } from "./list-flags.ts";
import { moveEntry } from "./move-entry.ts";
import { setTenantFeature } from "./set-tenant-feature.ts";

const read = permitted("features:read");
/** In the caller's own tenant; what every tenant has asks for `platform:features` besides. */
const write = permitted("features:write");
const ofAll = permitted("platform:features");

export const featureRouter = router({
  tree: signedIn.query(({ ctx }) => getFeatureTree(ctx.db, ctx.actor)),

  flags: read.query(({ ctx }) => listFlags(ctx.db, ctx.actor.tenantId)),

  entries: read.query(({ ctx }) => listEntries(ctx.db, ctx.actor.tenantId)),

  setTenant: write
    .input(tenantFeatureInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => setTenantFeature(tx, ctx, input))),

  createEntry: write
    .input(entryCreateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => createEntry(tx, ctx, input))),

  updateEntry: write
    .input(entryUpdateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateEntry(tx, ctx, input))),

  moveEntry: write
    .input(entryMoveInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => moveEntry(tx, ctx, input))),

  deleteEntry: write
    .input(entryIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => deleteEntry(tx, ctx, input.entryId))),

  createFlag: ofAll
    .input(flagCreateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => createFlag(tx, ctx, input))),

  updateFlag: ofAll
    .input(flagUpdateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateFlag(tx, ctx, input))),

  deleteFlag: ofAll
    .input(flagIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => deleteFlag(tx, ctx, input.featureId))),
});
