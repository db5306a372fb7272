"use client";

import type { ReactNode } from "react";
import { PageHeader } from "#ui/page-header.tsx";
import type { ListView } from "./list-view.ts";
import type { WebList } from "./list-query.ts";
import { ListSection, type ListProps } from "./list-section.tsx";

/** A page that is a list. An empty list has the page's one button in its middle. */
export function ListPage<L extends WebList>({
  state,
  action,
  ...section
}: Omit<ListProps<L>, "head"> & { view: ListView<L>; state: ReactNode; action?: ReactNode }) {
  return (
    <ListSection
      {...(section as ListProps<L>)}
      head={(isEmpty) => (
        <PageHeader
          title={section.view.title}
          state={state}
          action={isEmpty ? undefined : action}
        />
      )}
    />
  );
}
