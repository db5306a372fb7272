import type { ReactNode } from "react";

/** A heading above a panel. */
export function SectionHeading({
  title,
  note,
  action,
  id,
}: {
  title: string;
  note?: ReactNode;
  action?: ReactNode;
  id?: string;
}) {
  return (
    <div className="mt-7 mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <h2 id={id} className="text-base font-medium">
        {title}
      </h2>
      {note === undefined ? null : <div className="text-sm text-muted">{note}</div>}
      {action === undefined ? null : <div className="ml-auto text-sm">{action}</div>}
    </div>
  );
}
