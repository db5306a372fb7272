/** What a look at the database found, and what to do about it. */
export interface Finding {
  status: "ok" | "warn" | "fail";
  says: string;
  /** A sentence, a command or statements; none of them holds a host or a value. */
  todo?: string;
}
