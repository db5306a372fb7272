/** What one suite of cases says of us. */
export interface Judgement {
  suite: string;
  passed: number;
  /** One line per case that went wrong. */
  failed: string[];
  /** Cases that do not bind us. */
  skipped: number;
}
