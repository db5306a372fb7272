"use client";

import type { AnyList } from "@scrapersky/api/lists";
import { Bookmark, Columns3, Download } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import type { KeyName } from "#shell/keys.ts";
import { useMay } from "#shell/me.tsx";
import { Popover, TOOL_CLASS } from "#ui/popover.tsx";
import type { AnyLabels } from "./list-labels.ts";
import { listCall } from "./list-question.ts";
import type { ListColumn, Preset } from "./list-view.ts";
import type { Columns } from "./use-columns.ts";
import { late } from "#ui/late.ts";

// Each is loaded when first opened, and the name of a view where the address has one.
const ViewName = late(async () => ({ default: (await import("./view-name.tsx")).ViewName }));
const ViewMenu = late(async () => ({ default: (await import("./view-menu.tsx")).ViewMenu }));
const ColumnMenu = late(async () => ({ default: (await import("./column-menu.tsx")).ColumnMenu }));
const CallMenu = late(async () => ({ default: (await import("#call/call-menu.tsx")).CallMenu }));
const ExportMenu = late(async () => ({ default: (await import("./export-menu.tsx")).ExportMenu }));

export interface ToolProps {
  list: AnyList;
  /** Under which its columns are kept. */
  name: string;
  labels: AnyLabels;
  /** The question that is asked. */
  input: Record<string, unknown>;
  all: ListColumn<never>[];
  columns: Columns<never>;
  presets: Preset<never>[];
}

/** What is done with a whole list: views of it, which columns it has, and a file of it. */
export function ListTools({
  tools,
  isPart,
  ...props
}: ToolProps & {
  tools?: ReactNode;
  /** A part of the list, of whose page other tools speak. */
  isPart: boolean;
}) {
  const mayExport = useMay("export:read");
  const isView = useSearchParams().has("view");
  return (
    <div className="ml-auto flex flex-wrap gap-2">
      {tools}
      {isPart ? null : (
        <Tool
          label="Views"
          icon={<Bookmark aria-hidden className="size-3.5 text-muted" />}
          words={
            isView ? (
              <Suspense fallback="Views">
                <ViewName list={props.list} presets={props.presets} />
              </Suspense>
            ) : (
              <span className="max-xl:sr-only">Views</span>
            )
          }
        >
          {(close) => <ViewMenu {...props} onClose={close} />}
        </Tool>
      )}
      <Tool
        label="Columns"
        icon={<Columns3 aria-hidden className="size-3.5 text-muted" />}
        words={<span className="max-xl:sr-only">Columns</span>}
        className="max-lg:hidden"
      >
        {() => <ColumnMenu {...props} />}
      </Tool>
      {mayExport && !isPart && props.list.columns !== undefined ? (
        <Tool
          label="Export"
          hotkey="export"
          icon={<Download aria-hidden className="size-3.5 text-muted" />}
          words="Export"
        >
          {(close) => <ExportMenu {...props} onClose={close} />}
        </Tool>
      ) : null}
      {isPart ? null : (
        <Suspense fallback={<span className="h-8 w-9 max-sm:hidden pointer-coarse:h-11" />}>
          <CallMenu of="list" {...listCall(props.list, props.input)} />
        </Suspense>
      )}
    </div>
  );
}

function Tool({
  label,
  icon,
  words,
  className,
  hotkey,
  children,
}: {
  label: string;
  icon: ReactNode;
  words: ReactNode;
  className?: string;
  hotkey?: KeyName;
  children: (close: () => void) => ReactNode;
}) {
  return (
    <div className={className}>
      <Popover
        label={label}
        hotkey={hotkey}
        align="right"
        triggerClass={TOOL_CLASS}
        trigger={
          <>
            {icon}
            {words}
          </>
        }
      >
        {(close) => <Suspense>{children(close)}</Suspense>}
      </Popover>
    </div>
  );
}
