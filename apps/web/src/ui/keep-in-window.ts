/** Between what floats and the edges of the window. */
const EDGE_PX = 8;

/** For the `ref` of what floats beside a button: moves it sideways as far as the window, however narrow, asks for. */
export const keepInWindow = (panel: HTMLElement | null): (() => void) | undefined => {
  if (panel === null) return undefined;
  const place = (): void => {
    panel.style.marginInline = "";
    const { left, right } = panel.getBoundingClientRect();
    const most = document.documentElement.clientWidth - EDGE_PX;
    const by = left < EDGE_PX ? EDGE_PX - left : Math.min(most - right, 0);
    // One of the two moves it, whichever side it hangs on.
    if (by !== 0) panel.style.marginInline = `${by}px ${-by}px`;
  };
  place();
  addEventListener("resize", place);
  return () => removeEventListener("resize", place);
};
