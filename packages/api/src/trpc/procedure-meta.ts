import type { Deadline } from "../deadlines.ts";
import type { Permission } from "../rbac/permissions.ts";

/** What a procedure says of itself beside its type. */
export interface ProcedureMeta {
  /** Of its statements, where its type says too little. */
  deadline?: Deadline;
  /** What it asks for; null where that depends on its input, left out where it is open to everybody. */
  permission?: Permission | null;
}
