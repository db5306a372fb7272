import { clsx } from "clsx";
import { Unseen } from "#ui/facts.tsx";
import { Panel } from "#ui/table.tsx";

/** Ids and times stay on one line. */
const SHORT = 40;

/** Rows of any columns, in a box of their own that scrolls both ways. */
export function ValueTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly { name: string; note: string }[];
  rows: readonly (readonly (string | null)[])[];
}) {
  return (
    <Panel>
      {/* What scrolls has to be reached by a keyboard. */}
      <div className="max-h-[36rem] overflow-auto" tabIndex={0} role="region" aria-label={label}>
        <table className="text-sm">
          <thead>
            <tr>
              {columns.map(({ name, note }, at) => (
                <th
                  key={at}
                  scope="col"
                  className="sticky top-0 bg-surface px-3 py-1.5 text-left font-medium whitespace-nowrap shadow-[inset_0_-1px_var(--line)]"
                >
                  {name} <span className="text-xs font-normal text-muted">{note}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at} className="border-b border-line last:border-0 hover:bg-hover">
                {row.map((value, column) => (
                  <td key={column} className="max-w-96 px-3 py-1.5 align-top" dir="auto">
                    {value === null ? (
                      <Unseen what="null" />
                    ) : (
                      <span
                        className={clsx(
                          "figures text-xs",
                          value.length > SHORT ? "line-clamp-3 break-words" : "whitespace-nowrap",
                        )}
                      >
                        {value}
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
