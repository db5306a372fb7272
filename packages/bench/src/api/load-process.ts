/** Program: what asks the contenders, and what listens to them, in a process of its own. */
import { serve } from "../db/programs.ts";
import { load, type Load } from "./load.ts";
import { listen, type Listening } from "./listen.ts";

export type Question = { load: Load } | { listen: Listening };

serve({}, (message) => {
  const question = message as Question;
  return "load" in question ? load(question.load) : listen(question.listen);
});
