/** Visits the saved sites of a folder and prints what was found beside what was expected. */
import { visitCorpus } from "./visit-corpus.ts";

const [folder = ""] = process.argv.slice(2);
console.log(JSON.stringify(await visitCorpus(folder)));
