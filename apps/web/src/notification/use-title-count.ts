"use client";

import { useEffect } from "react";

/** Puts a count before the title of the tab, whatever the page calls itself meanwhile; none where it is zero. */
export const useTitleCount = (count: number): void => {
  useEffect(() => {
    if (count === 0) return;
    const mark = `(${count}) `;
    const apply = (): void => {
      if (!document.title.startsWith(mark)) document.title = mark + document.title;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      if (document.title.startsWith(mark)) document.title = document.title.slice(mark.length);
    };
  }, [count]);
};
