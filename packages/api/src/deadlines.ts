/** Longest time of one statement, by what it is for, milliseconds. What takes longer holds a connection that others wait for. */
export const DEADLINES_MS = {
  read: 3_000,
  write: 10_000,
  /** Of a call that writes a list of 100,000 lines at once: it takes as long as a slow disk takes. */
  list: 30_000,
} as const;

export type Deadline = keyof typeof DEADLINES_MS;
