import type { TechnologyFacts } from "@scrapersky/outcome";
import type { Gathered } from "../site/gathered.ts";
import { detectTechnologies } from "../site/technologies.ts";
import type { Caps } from "./caps.ts";

export const technologiesOf = ({ traces, home }: Gathered, caps: Caps): TechnologyFacts[] =>
  caps.cut("technologies", detectTechnologies(traces, home.headers));
