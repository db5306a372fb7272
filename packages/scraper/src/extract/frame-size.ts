const PIXELS = /^\s*\d+\s*(?:px)?\s*$/i;
const PIXEL_STYLE = /(?:^|[;\s])(?:width|height)\s*:\s*\d+px/i;
const TINY = /^\s*[012](?:px)?\s*$/i;
const UNSEEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:width|height)\s*:\s*[01](?:px|;|$)|(?:top|left|right|bottom)\s*:\s*-\d{3}|opacity\s*:\s*0(?:;|$)/i;

/** How much of the window a frame takes, by its attributes; undefined for one that nobody sees. */
export function frameSize(
  width: string,
  height: string,
  style: string,
): { isWhole: boolean; isSized: boolean } | undefined {
  if (TINY.test(width) || TINY.test(height) || UNSEEN_STYLE.test(style)) return undefined;
  const isWide = /^\s*100\s*%/.test(width) || /width\s*:\s*100(?:%|d?vw)/i.test(style);
  const isHigh =
    /^\s*(?:100\s*%|[89]\d\d|\d{4})/.test(height) || /height\s*:\s*100(?:%|[dsl]?vh)/i.test(style);
  const isSized = PIXELS.test(width) || PIXELS.test(height) || PIXEL_STYLE.test(style);
  const isSpread =
    /inset\s*:\s*0/i.test(style) || (!isSized && /position\s*:\s*(?:fixed|absolute)/i.test(style));
  return { isWhole: (isWide && isHigh) || isSpread, isSized };
}
