/** Why a row of a bulk action is left out, or was not done: a word for programs, with its sentence. */
const SENTENCES = {
  unknown: "No such row is known.",
  gone: "It is not there any more.",
  changed: "Somebody else changed it meanwhile.",
  too_many_rows: "These are more rows than one bulk action takes: narrow the filter.",
  still_open: "It waits or runs already.",
  complete: "It is complete; scan it again by another batch.",
  no_site: "This line names no web site that could be scanned.",
  erased: "Its site was erased, so that it names none any more.",
  batch_cancelled: "Its batch was cancelled, so nothing of it runs again.",
  not_over: "It is not over: cancel it first.",
  not_paused: "It is not paused.",
  over: "It is over already.",
  nothing_failed: "Nothing of it failed that could run again.",
  unchanged: "It is so already.",
  suppressed: "It is on the suppression list.",
  not_suppressible: "The suppression list takes no such name.",
  TOO_MANY_SUPPRESSIONS: "The suppression list is full.",
  fault:
    "It could not be done: the database refused it, or something in our own program went wrong.",
  refused: "It could not be done.",
} as const;

export type BulkReasonWord = keyof typeof SENTENCES;

/** @param word of a rule that refused a row, where it is none of ours */
export const bulkSentenceOf = (word: string): string =>
  Object.hasOwn(SENTENCES, word) ? SENTENCES[word as BulkReasonWord] : SENTENCES.refused;
