import { z } from "@hono/zod-openapi";

/** One key of an answer: its schema, where its value comes from, and the value of the example. */
type Key<S, T extends z.ZodType> = readonly [
  schema: T,
  read: (source: S) => z.output<T>,
  example: z.output<T>,
];

/** What an answer holds, key by key as the first system spelled them; `name` is that of the document's schema. */
export const shapeOf =
  <S>() =>
  <F extends Record<string, z.ZodType>>(
    name: string,
    keys: { [K in keyof F]: Key<S, F[K]> },
  ): Shape<S, F> => {
    const each = <V>(pick: (key: Key<S, z.ZodType>) => V) =>
      Object.fromEntries(Object.entries(keys).map(([key, of]) => [key, pick(of as never)]));
    return {
      schema: z.strictObject(each(([schema]) => schema) as F).openapi(name),
      of: (source) => each(([, read]) => read(source)) as Values<F>,
      example: each(([, , example]) => example) as Values<F>,
    };
  };

type Values<F extends Record<string, z.ZodType>> = { [K in keyof F]: z.output<F[K]> };

export interface Shape<S, F extends Record<string, z.ZodType>> {
  schema: z.ZodObject<F, z.core.$strict>;
  of: (source: S) => Values<F>;
  example: Values<F>;
}
