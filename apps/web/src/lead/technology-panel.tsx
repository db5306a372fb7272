"use client";

import type { LeadTechnology } from "@scrapersky/api/contract";
import { byCategory } from "#domain/domain-facts.ts";
import { pathOf } from "#format/url.ts";
import { ExternalLink } from "#ui/external-link.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";

/** Products that a site uses, by what they are for, each with the sign that gave it away. */
export function TechnologyPanel({ technologies }: { technologies: LeadTechnology[] }) {
  if (technologies.length === 0) {
    return (
      <Panel>
        <EmptyState compact title="None was recognised" />
      </Panel>
    );
  }
  return (
    <Panel>
      <dl className="grid gap-x-6 gap-y-4 p-4 text-sm sm:grid-cols-2 xl:grid-cols-3">
        {byCategory(technologies).map(([category, products]) => (
          <div key={category} className="min-w-0">
            <dt className="mb-1 text-xs text-muted">{category}</dt>
            {products.map(({ name, version, evidence }) => (
              <dd key={name} className="mb-1">
                <span className="font-medium">{name}</span>
                {version === null ? null : <span className="figures text-muted"> {version}</span>}
                {evidence === null ? null : (
                  <p className="truncate text-xs text-muted" data-hint={evidence.what}>
                    {evidence.in}: <span className="figures">{evidence.what}</span>
                    {evidence.page === "" ? null : (
                      <>
                        {" "}
                        on <ExternalLink href={evidence.page} text={pathOf(evidence.page)} />
                      </>
                    )}
                  </p>
                )}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Panel>
  );
}
