"use client";

import { useRef, useState } from "react";
import type { Kind, ListRow, Reuse } from "#intake/list-shape.ts";
import { formatCount } from "#format/number.ts";
import type { SortedList } from "#intake/use-list.ts";
import type { Tone } from "#ui/status.tsx";
import { LineGroup } from "./line-group.tsx";
import { DuplicateLine, FixedLine, PlainLine, RecentLine, RefusedLine } from "./line-row.tsx";
import type { ListActions } from "./list-actions.ts";
import { ReuseChoice } from "./reuse-choice.tsx";

interface Group {
  kind: Kind;
  tone: Tone;
  title: string;
  note: string;
  isOpen: boolean;
}

const groupsOf = ({ summary }: SortedList, runs: boolean): Group[] => {
  const { counts, reused, fixes, whole } = summary;
  const again = counts.recent - reused;
  const groups: Group[] = [
    {
      kind: "valid",
      tone: "complete",
      title: runs ? "Will run as written" : "As written",
      note: "",
      isOpen: true,
    },
    { kind: "fixed", tone: "complete", title: "Fixed", note: fixes, isOpen: false },
    {
      kind: "duplicate",
      tone: "cancelled",
      title: "Doubles",
      note: "visited once",
      isOpen: false,
    },
    {
      kind: "recent",
      tone: "waiting",
      title: "Scanned lately",
      note: reused === 0 ? "" : again === 0 ? "not visited" : `${formatCount(again)} again`,
      isOpen: true,
    },
    {
      kind: "invalid",
      tone: "failed",
      title: "Not a web site",
      note: whole ? "kept, not visited" : "left out",
      isOpen: true,
    },
  ];
  return groups.filter(({ kind }) => counts[kind] > 0);
};

/** The list's lines by what will become of them. The heads of all groups stay in sight, whatever is scrolled. */
export function ListPanel({
  list,
  runs,
  reuse,
  actions,
}: {
  list: SortedList;
  /** False for a list that cannot be a batch as it is. */
  runs: boolean;
  reuse: Reuse;
  actions: ListActions;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [turned, setTurned] = useState<ReadonlySet<Kind>>(new Set());
  const groups = groupsOf(list, runs);
  const turn = (kind: Kind): void =>
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(kind)) after.add(kind);
      return after;
    });
  const rowOf = (kind: Kind, row: ListRow) => {
    switch (kind) {
      case "valid":
        return <PlainLine row={row} />;
      case "fixed":
        return <FixedLine row={row} />;
      case "duplicate":
        return <DuplicateLine row={row} />;
      case "recent":
        return <RecentLine row={row} reuse={reuse} actions={actions} />;
      case "invalid":
        return <RefusedLine row={row} actions={actions} />;
    }
  };
  return (
    <div
      ref={scroller}
      className="h-full overflow-y-auto [--head:2.25rem] pointer-coarse:[--head:2.75rem]"
      style={{ scrollPaddingBlock: `calc(var(--head) * ${groups.length})` }}
    >
      <div className="relative">
        {groups.map(({ kind, tone, title, note, isOpen }, at) => (
          <LineGroup
            key={kind}
            list={list}
            kind={kind}
            tone={tone}
            title={title}
            note={note}
            before={at}
            after={groups.length - 1 - at}
            isOpen={isOpen !== turned.has(kind)}
            onTurn={() => turn(kind)}
            scroller={scroller}
            aside={
              kind === "recent" ? (
                <ReuseChoice
                  reuse={reuse}
                  count={list.summary.counts.recent}
                  onReuse={actions.onReuse}
                />
              ) : null
            }
          >
            {(row) => rowOf(kind, row)}
          </LineGroup>
        ))}
      </div>
    </div>
  );
}
