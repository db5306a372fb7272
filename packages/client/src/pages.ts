/** A procedure that gives a list in pages, such as `client.leads.list`. */
export interface ListProcedure<Input, Item> {
  query(
    input: Input,
    options?: { signal?: AbortSignal },
  ): Promise<{ items: Item[]; nextCursor: string | null }>;
}

/**
 * The pages of a list, one after the other, as they are asked for.
 * @throws ApiError
 */
export async function* pages<Input extends { cursor?: string | undefined }, Item>(
  list: ListProcedure<Input, Item>,
  input: Omit<Input, "cursor">,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<Item[], void> {
  let cursor: string | null = null;
  do {
    const asked = (cursor === null ? input : { ...input, cursor }) as Input;
    const page: { items: Item[]; nextCursor: string | null } = await list.query(asked, options);
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
