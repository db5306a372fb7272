import type { Deadline } from "../deadlines.ts";

/** What a procedure says of itself beside its type. */
export interface ProcedureMeta {
  /** Of its statements, where its type says too little. */
  deadline?: Deadline;
}
