import type { Profile } from "@scrapersky/api/contract";
import type { Look } from "#ui/status.tsx";

export const ACCESS = {
  active: { word: "Active", tone: "complete" },
  invited: { word: "Invited", tone: "waiting" },
  ended: { word: "Ended", tone: "cancelled" },
} as const satisfies Record<string, Look>;

/** Whether somebody can come in, and has. */
export const accessOf = ({ active, invited }: Pick<Profile, "active" | "invited">): Look =>
  !active ? ACCESS.ended : invited ? ACCESS.invited : ACCESS.active;
