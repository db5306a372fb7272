"use client";

import type { OwnSession } from "@scrapersky/api/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Answered } from "#ui/answered.tsx";
import { Button } from "#ui/button.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { type Column, Panel, Table } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { postAccount, SESSIONS_KEY, sessionsQuery } from "./account-calls.ts";
import { browserName } from "./browser-name.ts";

/** Every browser somebody is signed in with, each with the way to sign out there. */
export function SessionList() {
  const query = useQuery(sessionsQuery);
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: (id: string) => postAccount("/sessions/end", { id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS_KEY }),
  });
  const columns: Column<OwnSession>[] = [
    {
      key: "browser",
      header: "Browser",
      narrow: "title",
      cell: ({ userAgent, current }) => (
        <>
          {browserName(userAgent)}
          {current ? <span className="text-muted"> (this one)</span> : null}
        </>
      ),
    },
    {
      key: "address",
      header: "Address",
      narrow: "meta",
      width: "w-40",
      cell: ({ ipAddress }) => <span className="figures text-muted">{ipAddress}</span>,
    },
    {
      key: "since",
      header: "Since",
      narrow: "meta",
      width: "w-28",
      cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted" />,
    },
    {
      key: "end",
      header: "Acts",
      narrow: "aside",
      width: "w-36",
      align: "right",
      cell: ({ id, current }) =>
        current ? null : (
          <Button variant="ghost" disabled={end.isPending} onClick={() => end.mutate(id)}>
            Sign out there
          </Button>
        ),
    },
  ];
  return (
    <Answered query={query}>
      {(sessions) => (
        <Panel>
          <Table label="Sessions" columns={columns} rows={sessions} rowKey={({ id }) => id} />
          {end.isError ? <ErrorCard error={end.error} className="border-0" /> : null}
        </Panel>
      )}
    </Answered>
  );
}
