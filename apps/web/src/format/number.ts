const grouped = new Intl.NumberFormat("en-US");

/** 12345 → "12,345". */
export const formatCount = (value: number): string => grouped.format(value);

/** "1 domain", "12 domains". */
export const countOf = (value: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(value)} ${value === 1 ? noun : plural}`;

/** 0–100 without a rounding that claims the end: 99.96 → "99.9%". */
export const formatPercent = (value: number): string => {
  const tenths = Math.floor(value * 10) / 10;
  return `${Number.isInteger(tenths) || tenths >= 100 ? Math.floor(tenths) : tenths.toFixed(1)}%`;
};
