import type { Reference, ReferencePart } from "@scrapersky/api/contract";
import { Link } from "#ui/link.tsx";
import { countOf } from "#format/number.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { Panel } from "#ui/table.tsx";

const LINK = "text-accent-text underline underline-offset-2";

/** What programs may call, noun by noun. */
export function ReferenceIndex({ reference, base }: { reference: Reference; base: string }) {
  return (
    <>
      <PageHeader
        title="API reference"
        state={
          <>
            For programs with a{" "}
            <Link href={`${base}/keys`} className={LINK}>
              key
            </Link>
            . Machines read{" "}
            <a href="/api/openapi.json" className={LINK}>
              openapi.json
            </a>
            ; all of REST on one page:{" "}
            <a href="/api/docs" className={LINK}>
              /api/docs
            </a>
            .
          </>
        }
      />
      <SectionHeading title="REST v3" note="From any language" />
      <Parts parts={reference.rest} base={`${base}/reference/rest`} noun="route" />
      <SectionHeading
        title="Procedures"
        note={
          <>
            From TypeScript, typed end to end by{" "}
            <a href="/api/client.tgz" className={LINK}>
              the client
            </a>
          </>
        }
      />
      <Parts parts={reference.procedures} base={`${base}/reference/procedures`} noun="procedure" />
    </>
  );
}

function Parts({ parts, base, noun }: { parts: ReferencePart[]; base: string; noun: string }) {
  return (
    <Panel>
      <ul className="divide-y divide-line">
        {parts.map(({ name, text, calls }) => (
          <li
            key={name}
            className="relative flex flex-wrap items-center gap-x-3 px-4 py-2 text-sm hover:bg-hover pointer-coarse:min-h-11"
          >
            <Link
              href={`${base}/${name}`}
              prefetch={false}
              className="stretched inline-block w-32 font-medium first-letter:uppercase"
            >
              {name}
            </Link>
            <span className="min-w-0 flex-1 text-muted max-sm:order-1 max-sm:basis-full">
              {text}
            </span>
            <span className="text-xs text-muted tabular-nums max-sm:ml-auto">
              {countOf(calls.length, noun)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
