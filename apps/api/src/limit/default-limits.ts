/** What somebody may ask for, where no setting says otherwise; 0 is no limit. */
export const LIMITS = {
  LIMIT_KEY: 1_200,
  LIMIT_KEY_BURST: 300,
  LIMIT_PERSON: 600,
  LIMIT_ADDRESS: 300,
  LIMIT_SIGN_IN_FAILURES: 10,
  LIMIT_STREAMS: 20,
};

export type LimitSettings = typeof LIMITS;
