"use client";

import type { ReactNode } from "react";
import { Later } from "#ui/later.tsx";
import { late } from "#ui/late.ts";
import { PageHeader } from "#ui/page-header.tsx";
import type { AnyLabels } from "./list-labels.ts";
import type { ListView } from "./list-view.ts";
import type { WebList } from "./list-query.ts";
import { ListSection, type ListProps } from "./list-section.tsx";

// How much there is comes after the rows.
const ListState = late(async () => ({ default: (await import("./list-state.tsx")).ListState }));

/** A page that is a list. An empty list has the page's one button in its middle. */
export function ListPage<L extends WebList>({
  action,
  ...section
}: Omit<ListProps<L>, "head"> & { view: ListView<L>; action?: ReactNode }) {
  const { list, labels, title, told = [] } = section.view;
  return (
    <ListSection
      {...(section as ListProps<L>)}
      head={(isEmpty) => (
        <PageHeader
          title={title}
          state={
            // As high as a line before it is there.
            <span className="block min-h-5">
              <Later place={null}>
                <ListState list={list} labels={labels as unknown as AnyLabels} told={told} />
              </Later>
            </span>
          }
          action={isEmpty ? undefined : action}
        />
      )}
    />
  );
}
