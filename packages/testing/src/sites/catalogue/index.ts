import type { Site } from "../site.ts";
import { hostileSites } from "./hostile.ts";
import { troubledSites } from "./troubled.ts";
import { builderSites } from "./working/builder-sites.ts";
import { handmadeSites } from "./working/handmade-sites.ts";
import { peculiarSites } from "./working/peculiar-sites.ts";
import { wordpressSites } from "./working/wordpress-sites.ts";

/** Every fake site: those that work, those in trouble, and the hostile ones only tests visit. */
export const catalogue = (): Site[] => [
  ...wordpressSites(),
  ...builderSites(),
  ...handmadeSites(),
  ...peculiarSites(),
  ...troubledSites(),
  ...hostileSites(),
];
