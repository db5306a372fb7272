/**
 * The sentence in the place of `problem`, when that came of a full disk below one of the folders; else
 * the problem as it is.
 */
export function explainFullDisk(problem: string, folders: string[]): string;
