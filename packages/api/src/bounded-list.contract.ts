import { z } from "zod";

/** Problems of one input that are told; whoever has more mends these first. */
export const PROBLEMS_MAX = 20;

/** Of each list what generated inputs cannot see behind the function that judges it. */
export const LISTS = new WeakMap<object, { element: z.ZodType; min: number; max: number }>();

/**
 * A list whose length is looked at before any of its elements, and of which no more than the first `PROBLEMS_MAX`
 * problems are looked for. zod's own array visits everything and keeps every problem: 100,000 wrong elements a call.
 */
export const boundedList = <T extends z.ZodType>(
  element: T,
  { min = 1, max }: { min?: number; max: number },
) => {
  const list = z.custom<z.input<T>[]>(Array.isArray, "Give a list.");
  LISTS.set(list, { element, min, max });
  return list.transform((items, ctx): z.output<T>[] => {
    if (items.length < min || items.length > max) {
      const message =
        items.length < min
          ? `Give at least ${min}.`
          : `Give at most ${max.toLocaleString("en")}; these are ${items.length.toLocaleString("en")}.`;
      ctx.addIssue({ code: "custom", message });
      return z.NEVER;
    }
    const read: z.output<T>[] = [];
    let problems = 0;
    for (const [index, item] of items.entries()) {
      const { success, data, error } = element.safeParse(item);
      if (success) read.push(data);
      for (const { path, message } of error?.issues ?? []) {
        ctx.addIssue({ code: "custom", path: [index, ...path], message });
        problems++;
      }
      if (problems >= PROBLEMS_MAX) break;
    }
    return read;
  });
};
