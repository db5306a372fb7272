import type { ProcessIdentity } from "@scrapersky/machine";

export interface Report {
  /** Replaces the text of the closing line. */
  note(text: string): void;
  /** Shown with the next sign of life. */
  said(text: string): void;
  /** Told the leader of the process group that does the work. */
  began?(group: ProcessIdentity): Promise<void>;
}

export interface Progress {
  write(line: string): void;
  run<T>(
    step: { number: number; name: string; doing: string },
    work: (report: Report) => Promise<T>,
  ): Promise<T>;
}

export function seconds(ms: number): string;
export function createProgress(options: {
  total: number;
  write?: (line: string) => void;
}): Progress;
