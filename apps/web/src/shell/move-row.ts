/** Puts the focus on the next row of the page, or the one before. */
export const moveRow = (step: 1 | -1): void => {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const focused = document.activeElement;
  const at = rows.findIndex((row) => row === focused || row.closest("tr")?.contains(focused));
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[next]?.focus();
};
