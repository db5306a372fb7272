"use client";

import type { LeadLine } from "@scrapersky/api/contract";
import { Link } from "#ui/link.tsx";
import { formatCount } from "#format/number.ts";
import { usePath } from "#shell/me.tsx";
import { Facts } from "#ui/facts.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";

/** What the lists that named a business say beside its name. */
export function CustomerLines({ lines }: { lines: LeadLine[] }) {
  const path = usePath();
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {lines.map(({ batchId, batchLabel, at, line, input, cells }) => (
        <Panel key={`${batchId} ${line}`} className="min-w-0">
          <p className="border-b border-line px-4 py-2 text-sm text-muted">
            Line {formatCount(line)} of{" "}
            <Link
              href={path(`/batches/${batchId}`)}
              className="text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
            >
              <bdi>{batchLabel ?? "a list"}</bdi>
            </Link>
            , <Ago at={at} /> · <span className="figures break-all">{input}</span>
          </p>
          <Facts
            facts={cells.map(({ column, text }, index) => ({
              label: column || `Column ${index + 1}`,
              value: text,
            }))}
          />
        </Panel>
      ))}
    </div>
  );
}
