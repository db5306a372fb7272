/** Does something once the page has loaded and has nothing better to do; the returned function takes it back. */
export const afterLoad = (task: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const whenIdle = (): void => {
    timer = setTimeout(task);
  };
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle, { once: true });
  return () => {
    removeEventListener("load", whenIdle);
    clearTimeout(timer);
  };
};
