"use client";

import type { Told, WorkerShown } from "@scrapersky/api/contract";
import { useState } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { useMay } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Folded } from "#ui/folded.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { Looking, type Look } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago, Elapsed } from "#ui/time.tsx";
import { HEALTH_KEY } from "./health-queries.ts";
import { Part } from "./part.tsx";

const VISITS_AT_FIRST = 5;

/** Who claims jobs, at which sites they are, and what can be wanted of them. */
export function WorkerList({ workers }: { workers: Told<WorkerShown[]> }) {
  return (
    <Panel>
      <Part told={workers}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState compact title="No worker gives a sign of life" />
          ) : (
            <ul className="divide-y divide-line">
              {all.map((worker) => (
                <Worker key={worker.workerId} worker={worker} />
              ))}
            </ul>
          )
        }
      </Part>
    </Panel>
  );
}

const lookOf = ({ isSilent, state, running }: WorkerShown): Look => {
  if (isSilent) return { tone: "failed", word: "Silent" };
  if (state === "claiming") return { tone: "running", word: "Claiming" };
  return running > 0
    ? { tone: "partial", word: "Draining" }
    : { tone: "cancelled", word: "Drained" };
};

function Worker({ worker }: { worker: WorkerShown }) {
  const { workerId, version, startedAt, seenAt, running, concurrency, visits } = worker;
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
        <Looking look={lookOf(worker)} still className="w-24" />
        <span className="figures min-w-0 flex-1 basis-56 break-all">{workerId}</span>
        <span className="tabular-nums">
          {formatCount(running)} of {countOf(concurrency, "site")}
        </span>
        <span className="text-muted">
          version {version}, since <Ago at={startedAt} />, heard of <Ago at={seenAt} />
        </span>
        <WorkerAct worker={worker} />
      </div>
      {visits.length === 0 ? null : (
        <div className="border-t border-line">
          <Folded rows={visits} first={VISITS_AT_FIRST} noun="site">
            {({ jobId, domain, tenant, since, waits }) => (
              <li key={jobId} className="flex flex-wrap gap-x-4 px-4 py-1 pl-10 text-sm">
                <span className="min-w-0 flex-1 basis-48 truncate">{domain}</span>
                <span className="text-muted">{tenant ?? "a tenant that is gone"}</span>
                <span className="w-40 text-right">
                  {waits ? "waits its turn" : "for"} <Elapsed since={since} until={null} />
                </span>
              </li>
            )}
          </Folded>
        </div>
      )}
    </li>
  );
}

function WorkerAct({ worker: { workerId, state, isSilent } }: { worker: WorkerShown }) {
  const may = useMay("platform:queue");
  const [asked, setAsked] = useState(false);
  const drain = useAct(
    HEALTH_KEY,
    ({ workers }) => workers.drain.mutate({ workerId }),
    () => setAsked(false),
  );
  const resume = useAct(HEALTH_KEY, ({ workers }) => workers.resume.mutate({ workerId }));
  if (!may || isSilent) return null;
  if (state === "draining") {
    return (
      <>
        <Button disabled={resume.isPending} onClick={() => resume.mutate(undefined)}>
          Resume
        </Button>
        {resume.isError ? <ErrorCard error={resume.error} className="basis-full" /> : null}
      </>
    );
  }
  return (
    <>
      <Button onClick={() => setAsked(true)}>Drain…</Button>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title="Drain this worker?"
        confirm="Drain worker"
        keep="Keep it"
        busy={drain.isPending}
        onConfirm={() => drain.mutate(undefined)}
      >
        <p>
          It claims nothing more within two seconds, and ends the sites that it is at. It stays
          until it is stopped, and can be resumed.
        </p>
        {drain.isError ? <ErrorCard error={drain.error} className="mt-3" /> : null}
      </ConfirmDialog>
    </>
  );
}
