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

const BYTE_UNITS = ["B", "kB", "MB", "GB"] as const;

/** 45 120 → "45.1 kB". */
export const formatBytes = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
};
