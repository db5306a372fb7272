/** Why no connection can be had as things are set, where a kind alone would not tell what to set. */
export type DatabaseErrorReason =
  | "unknown_authority"
  | "wrong_host_name"
  | "certificate_expired"
  | "certificate_refused"
  | "tls_missing"
  | "tls_failed"
  | "tls_required"
  | "client_certificate"
  | "not_admitted"
  | "database_missing"
  | "user_unknown"
  | "tenant_unknown"
  | "setting_refused";

const BY_REASON: Record<DatabaseErrorReason, string> = {
  unknown_authority:
    "save the certificate of the authority that issued it to a file and add " +
    "sslrootcert=/path/to/that-file to the address; sslmode=require would encrypt without verifying",
  wrong_host_name:
    "write the host name into the address that the certificate was issued for, or add " +
    "sslmode=verify-ca to accept any name that the authority vouches for",
  certificate_expired: "renew the server's certificate, and check the clock of this machine",
  certificate_refused: "look at the server's certificate: it is revoked, too weak or damaged",
  tls_missing:
    "switch TLS on at the server, or add sslmode=disable to the address to do without it",
  tls_failed:
    "check that the port is that of the database, and which TLS versions the server speaks",
  tls_required:
    "add sslmode=verify-full to the address, or sslmode=require to do without verifying",
  client_certificate:
    "let the server ask this user for a password: client certificates are not supported",
  not_admitted:
    "add a line to the server's pg_hba.conf for this user, database and client; " +
    "if there is one that demands TLS, add sslmode=verify-full to the address",
  database_missing: "check the database name at the end of the address, or create that database",
  user_unknown: "check the user of the address, or create that role",
  tenant_unknown: "check the user of the address: a Supabase pooler wants user.tenant",
  setting_refused:
    "remove options and search_path from the address and set them on the database role with ALTER ROLE",
};

const BY_KIND: Record<string, string> = {
  connect_failed: "check that the server runs, and the host and port of the address",
  unavailable: "the server is starting or stopping: try again shortly",
  authentication: "check the user and the password of the address",
  configuration: "check the database name, the user and the parameters of the address",
  resources: "no connection is left: close others, or raise the limit of the server or pooler",
  acquire_timeout: "no connection came free in time: look for transactions that stay open",
  statement_timeout: "the server does not answer in time: look for locks and load",
  permission:
    "run `npm run db -- doctor`, which prints the GRANT statements for what the role lacks",
};

/**
 * What to do about a fault, in one sentence without any value: by its reason, which `DatabaseError`
 * and health tell, else by its kind. "The address" is `DATABASE_URL` or its like.
 */
export const adviceFor = (kind: string | undefined, reason?: DatabaseErrorReason): string =>
  (reason && BY_REASON[reason]) ?? BY_KIND[kind ?? ""] ?? "look into the server's log";
