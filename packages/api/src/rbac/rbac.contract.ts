import type { Permission } from "./permissions.ts";

/** A role, the same in every tenant. */
export interface Role {
  id: number;
  name: string;
  description: string | null;
  permissions: Permission[];
  /** Active people of this tenant who hold it there. */
  people: number;
  /** Whether the caller may give it: it has no right that the caller lacks. */
  grantable: boolean;
}
