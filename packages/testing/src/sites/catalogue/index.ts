import type { Site } from "../site.ts";
import { hostileSites, troubledSites } from "./troubled.ts";
import { workingSites } from "./working.ts";

/** Every fake site: those that work, those in trouble, and the hostile ones only tests visit. */
export const catalogue = (): Site[] => [...workingSites(), ...troubledSites(), ...hostileSites()];
