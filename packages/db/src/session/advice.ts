const ADVICE: Record<string, string> = {
  connect_failed: "check that the server runs, and the host and port of the address",
  unavailable: "the server is starting or stopping: try again shortly",
  authentication: "check the user and the password of the address",
  configuration: "check the database name, the user and the parameters of the address",
  resources: "no connection is left: close others, or raise the limit of the server or pooler",
  acquire_timeout: "no connection came free in time: look for transactions that stay open",
  statement_timeout: "the server does not answer in time: look for locks and load",
  permission: "grant the role what it lacks",
};

/** What to do about a fault of this kind. */
export const adviceFor = (kind: string | undefined): string =>
  ADVICE[kind ?? ""] ?? "look into the server's log";
