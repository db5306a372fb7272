"use client";

import type { FeatureFlag } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { countOf, formatCount } from "#format/number.ts";
import { useMay } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Answered } from "#ui/answered.tsx";
import { INPUT_CLASS } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { type Look, Looking } from "#ui/status.tsx";
import { type Column, Panel, Table } from "#ui/table.tsx";
import { FEATURES_KEY, flagsQuery } from "./feature-queries.ts";

const ON: Look = { word: "On", tone: "complete" };
const OFF: Look = { word: "Off", tone: "cancelled" };

const COLUMNS: Column<FeatureFlag>[] = [
  {
    key: "name",
    header: "Feature",
    narrow: "title",
    width: "w-64",
    cell: ({ name }) => (
      <span className="font-medium" dir="auto">
        {name}
      </span>
    ),
  },
  {
    key: "description",
    header: "What it is",
    narrow: "line",
    cell: ({ description }) => <span className="text-muted">{description}</span>,
  },
  {
    key: "on",
    header: "State",
    narrow: "aside",
    width: "w-24",
    cell: ({ on }) => <Looking look={on ? ON : OFF} still />,
  },
  {
    key: "here",
    header: "In this tenant",
    narrow: "line",
    width: "w-52",
    cell: (flag) => <Switch flag={flag} />,
  },
];

const WORDS = { null: "default", true: "on", false: "off" } as const;
const SAID = { default: null, on: true, off: false } as const;

function Switch({ flag: { featureId, name, byDefault, here } }: { flag: FeatureFlag }) {
  const mayWrite = useMay("features:write");
  const router = useRouter();
  // The sidebar is the server's.
  const done = (): void => router.refresh();
  const set = useAct(
    FEATURES_KEY,
    ({ features }, enabled: boolean | null) => features.setTenant.mutate({ featureId, enabled }),
    done,
  );
  const byDefaultWords = `By default (${byDefault ? "on" : "off"})`;
  const said = WORDS[`${here}`];
  if (!mayWrite) return said === "default" ? byDefaultWords : `Always ${said}`;
  return (
    <>
      <select
        aria-label={`${name} in this tenant`}
        value={said}
        disabled={set.isPending}
        onChange={({ target }) => set.mutate(SAID[target.value as keyof typeof SAID])}
        className={INPUT_CLASS}
      >
        <option value="default">{byDefaultWords}</option>
        <option value="on">Always on</option>
        <option value="off">Always off</option>
      </select>
      {set.isError ? <ErrorCard error={set.error} className="mt-2 whitespace-normal" /> : null}
    </>
  );
}

/** "3 features · 2 on". */
function FeatureState({ flags }: { flags: FeatureFlag[] }) {
  const on = flags.filter((flag) => flag.on).length;
  return (
    <span className="block min-h-5">
      {flags.length === 0 ? null : `${countOf(flags.length, "feature")} · ${formatCount(on)} on`}
    </span>
  );
}

/** What the tenant has of the product, and what it leaves out. */
export function FeaturesView() {
  const query = useQuery(flagsQuery(useApi()));
  return (
    <>
      <PageHeader title="Features" state={<FeatureState flags={query.data ?? []} />} />
      <Answered query={query}>
        {(flags) => (
          <Panel>
            {flags.length === 0 ? (
              <EmptyState title="There is nothing to switch">
                Features are made by whoever runs the product. What belongs to none is always there.
              </EmptyState>
            ) : (
              <Table
                label="Features"
                columns={COLUMNS}
                rows={flags}
                rowKey={({ featureId }) => featureId}
              />
            )}
          </Panel>
        )}
      </Answered>
    </>
  );
}
