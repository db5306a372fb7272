"use client";

import type { OverviewReason } from "@scrapersky/api/contract";
import { Link } from "#ui/link.tsx";
import { RunAgainButton } from "#batch/run-again-button.tsx";
import { usePath } from "#shell/me.tsx";
import { buttonClass } from "#ui/button.tsx";
import { Folded } from "#ui/folded.tsx";
import { ReasonRow, widthOf } from "#ui/reason-row.tsx";

const FIRST_SHOWN = 5;

/** Why sites of the last seven days failed and did not run again, with what can be done. */
export function ReasonList({ reasons }: { reasons: OverviewReason[] }) {
  const path = usePath();
  const width = widthOf(reasons);
  return (
    <Folded rows={reasons} first={FIRST_SHOWN} noun="reason">
      {({ code, message, count, canRunAgain, batches }) => (
        <ReasonRow key={code} count={count} width={width} message={message}>
          <Link
            href={path(`/jobs?status=failed&error=${code}`)}
            prefetch={false}
            className={buttonClass("ghost")}
          >
            Show
            <span className="sr-only">: {message}</span>
          </Link>
          {canRunAgain ? (
            <RunAgainButton
              code={code}
              message={message}
              count={count}
              batchIds={batches.map(({ batchId }) => batchId)}
            />
          ) : null}
        </ReasonRow>
      )}
    </Folded>
  );
}
