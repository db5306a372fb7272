/** How long a pointer rests, or a finger stays, before a hint is wanted. */
const REST_MS = 350;
const GAP_PX = 6;

const isCut = (element: Element): boolean =>
  [element, element.parentElement].some(
    (each) => each !== null && each.scrollWidth > each.clientWidth,
  );

/** What an element has to say beside what is read in it: nothing where that is all there already. */
const hintOf = (element: Element): string | undefined => {
  const hint = element.getAttribute("data-hint") ?? "";
  const isWhole = element.textContent.trim() === hint && !isCut(element);
  return hint === "" || isWhole ? undefined : hint;
};

/** The element that a pointer or the focus is at: itself, what it is in, or what a row's link holds. */
const hinted = ({ target }: Event): Element | null =>
  target instanceof Element
    ? (target.closest("[data-hint]") ?? target.querySelector(":scope > [data-hint]"))
    : null;

let isShowing = false;

/**
 * Shows what `data-hint` says: to a pointer that rests, to the focus of a keyboard, to a finger that stays. Esc, scrolling
 * and whatever is pressed take it away.
 */
export const showHints = (): void => {
  if (isShowing) return;
  isShowing = true;
  const bubble = document.createElement("div");
  bubble.popover = "manual";
  bubble.setAttribute("role", "tooltip");
  bubble.className =
    "m-0 max-w-96 rounded-md border border-line bg-raised px-2 py-1 text-xs break-words text-text shadow-float";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let at: Element | null = null;

  const hide = (): void => {
    clearTimeout(timer);
    at = null;
    if (bubble.matches(":popover-open")) bubble.hidePopover();
  };
  const show = (element: Element): void => {
    const hint = hintOf(element);
    if (hint === undefined || !element.isConnected) return;
    bubble.textContent = hint;
    // In the page's main part, as all that is read; which is another one with another layout.
    if (!bubble.isConnected) (document.querySelector("main") ?? document.body).append(bubble);
    // Above every dialog: opened anew, it is the last one of the top layer.
    bubble.showPopover();
    const [over, own] = [element.getBoundingClientRect(), bubble.getBoundingClientRect()];
    const below = over.bottom + GAP_PX;
    const top = below + own.height > innerHeight ? over.top - own.height - GAP_PX : below;
    const left = Math.min(over.left, innerWidth - own.width - GAP_PX);
    bubble.style.inset = `${top}px auto auto ${Math.max(GAP_PX, left)}px`;
  };
  const want = (element: Element | null, afterMs: number): void => {
    if (element === at && element !== null) return;
    hide();
    at = element;
    if (element !== null) timer = setTimeout(() => show(element), afterMs);
  };
  addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") want(hinted(event), REST_MS);
  });
  addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") want(hinted(event), REST_MS);
    else hide();
  });
  addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) {
      want(hinted(event), 0);
    }
  });
  addEventListener("focusout", hide);
  addEventListener("keydown", hide, true);
  addEventListener("scroll", hide, { capture: true, passive: true });
};
