import { initTRPC } from "@trpc/server";
import {
  batchCreateInput, batchIdInput, batchListInput, domainIdInput, jobIdInput, jobListInput, profileListInput, profileIdInput,
  type BatchCreated, type BatchProgress, type BatchSummary, type DomainDetail, type JobDetail, type JobRow, type Me, type Page, type Profile,
} from "@scrapersky/api/contract";
import { tracked } from "@trpc/server";
const t = initTRPC.create({
  errorFormatter: ({ shape }) => ({ ...shape, data: { ...shape.data, requestId: null as string | null, errorCode: null as string | null } }),
});
const p = t.procedure;
const n = <T>(): T => null as T;
const router = t.router({
  batches: {
    list: p.input(batchListInput).query(() => n<Page<BatchSummary>>()),
    byId: p.input(batchIdInput).query(() => n<BatchSummary>()),
    status: p.input(batchIdInput).query(() => n<BatchProgress>()),
    create: p.input(batchCreateInput).mutation(() => n<BatchCreated>()),
    cancel: p.input(batchIdInput).mutation(() => n<BatchProgress>()),
    onProgress: p.input(batchIdInput).subscription(async function* () { yield tracked("1", n<BatchProgress>()); }),
  },
  jobs: {
    list: p.input(jobListInput).query(() => n<Page<JobRow>>()),
    byId: p.input(jobIdInput).query(() => n<JobDetail>()),
  },
  domains: { byId: p.input(domainIdInput).query(() => n<DomainDetail>()) },
  profiles: {
    list: p.input(profileListInput).query(() => n<Page<Profile>>()),
    byId: p.input(profileIdInput).query(() => n<Profile>()),
    me: p.query(() => n<Me>()),
  },
});
export type AppRouter = typeof router;
