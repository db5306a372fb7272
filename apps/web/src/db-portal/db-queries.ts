import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about the database is filed under. */
export const DB_KEY = ["db"];

export const sqlStateQuery = (api: Api) =>
  queryOptions({
    queryKey: [...DB_KEY, "sqlState"],
    queryFn: async () => (await api()).db.sqlState.query(),
  });

export const sqlHistoryQuery = (api: Api) =>
  queryOptions({
    queryKey: [...DB_KEY, "queryHistory"],
    queryFn: async () => (await api()).db.queryHistory.query(),
  });

export const savedSqlQuery = (api: Api) =>
  queryOptions({
    queryKey: [...DB_KEY, "savedQueries"],
    queryFn: async () => (await api()).db.savedQueries.query(),
  });

export const tablesQuery = (api: Api) =>
  queryOptions({
    queryKey: [...DB_KEY, "tables"],
    queryFn: async () => (await api()).db.tables.query(),
  });

export const tableQuery = (api: Api, table: string) =>
  queryOptions({
    queryKey: [...DB_KEY, "table", table],
    queryFn: async () => (await api()).db.table.query({ table }),
  });

export const DRIFT_KEY = ["drift"];

export const driftQuery = (api: Api) =>
  queryOptions({
    queryKey: [...DRIFT_KEY, "now"],
    queryFn: async () => (await api()).drift.now.query(),
  });

export const driftHistoryQuery = (api: Api) =>
  queryOptions({
    queryKey: [...DRIFT_KEY, "history"],
    queryFn: async () => (await api()).drift.history.query(),
  });
