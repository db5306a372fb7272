const MODAL = "dialog[open], [role=menu]";
const TYPING = "input, textarea, select, [contenteditable]";
/** A box that is ticked by space types nothing. */
const TICKING = "input[type=checkbox]";

/** Whether a key or paste belongs to what lies over the page. */
export const isInModal = ({ target }: Event): boolean =>
  target instanceof Element && target.closest(MODAL) !== null;

/** Whether it belongs to a field. */
export const isTyped = ({ target }: Event): boolean =>
  target instanceof Element && target.closest(TYPING) !== null && !target.matches(TICKING);
