"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "#shell/toast.ts";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import type { ToolProps } from "./list-tools.tsx";
import { columnsKey, preferenceQuery } from "./preference-query.ts";

/** Which columns a list has, for this reader on every machine. */
export function ColumnMenu({
  name,
  all,
  columns: { isShown, isOwn },
}: Pick<ToolProps, "name" | "all" | "columns">) {
  const api = useApi();
  const cache = useQueryClient();
  const key = columnsKey(name);
  const { queryKey } = preferenceQuery(api, key);
  const { mutate } = useMutation({
    mutationFn: async (value: string[] | null) =>
      (await api()).profiles.preferences.set.mutate({ key, value }),
    onError: (error) => {
      toast({ text: errorFacts(error).message });
      void cache.invalidateQueries({ queryKey });
    },
  });
  const choose = (value: string[] | null) => {
    // An answer under way tells what was before.
    void cache.cancelQueries({ queryKey });
    cache.setQueryData(queryKey, value);
    mutate(value);
  };
  return (
    <div className="p-1">
      <ul>
        {all.map((column) => (
          <li key={column.key}>
            <label className="flex h-8 items-center gap-2 rounded-sm px-2 hover:bg-hover pointer-coarse:h-11">
              <input
                type="checkbox"
                checked={isShown(column)}
                // What names the row stays.
                disabled={column.narrow === "title"}
                onChange={() =>
                  choose(
                    all
                      .filter((each) => (each === column) !== isShown(each))
                      .map((each) => each.key),
                  )
                }
                className="size-4 accent-[var(--accent)]"
              />
              {column.header}
            </label>
          </li>
        ))}
      </ul>
      {isOwn ? (
        <button
          type="button"
          onClick={() => choose(null)}
          className="mt-1 flex h-8 w-full items-center border-t border-line px-2 pt-1 text-left text-muted hover:text-text"
        >
          As they come
        </button>
      ) : null}
    </div>
  );
}
