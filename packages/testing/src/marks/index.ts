/** An address, a number and a name that are written into one column alone, so that whatever tells them tells where they came from. */
export interface Mark {
  /** `schema.table.column`. */
  column: string;
  mail: string;
  number: string;
  name: string;
}

type Rows = <T extends object>(sql: string, params?: Record<string, unknown>) => Promise<T[]>;

interface TextColumn {
  /** `schema.table`. */
  place: string;
  column: string;
  type: string;
}

/** Every text in a JSON value gets the mark behind it, and an object one text more. */
const MARKED = `
create function public.marked(value jsonb, mark text) returns jsonb language sql as $$
  select case jsonb_typeof(value)
    when 'string' then to_jsonb((value #>> '{}') || ' ' || mark)
    when 'array' then (select coalesce(jsonb_agg(public.marked(one, mark) order by place), '[]')
      from jsonb_array_elements(value) with ordinality as of (one, place))
    when 'object' then jsonb_build_object('marked', mark) || (select coalesce(jsonb_object_agg(key, public.marked(one, mark)), '{}')
      from jsonb_each(value) as of (key, one))
    else value end
$$`;

const WRITTEN: Record<string, string> = {
  text: "column || ' ' || :mark",
  "character varying": "column || ' ' || :mark",
  ARRAY: "array(select one || ' ' || :mark from unnest(column) one) || :mark",
  jsonb: "public.marked(column, :mark)",
};

/**
 * Writes a mark behind every text that the rows of a database hold, in all columns of texts and JSON but those that take closed
 * words alone.
 * @param isMarked says which columns, as `schema.table.column`
 */
export async function markTexts(
  rows: Rows,
  isMarked: (column: string) => boolean,
): Promise<Mark[]> {
  await rows(MARKED);
  const columns = await rows<TextColumn>(
    `select format('%I.%I', c.table_schema, c.table_name) as place, c.column_name as column, c.data_type as type
     from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where t.table_type = 'BASE TABLE' and c.table_schema in ('public', 'app') and c.is_generated = 'NEVER'
       and (c.data_type in ('text', 'character varying', 'jsonb') or c.udt_name in ('_text', '_varchar'))
     order by 1, 2`,
  );
  const marks: Mark[] = [];
  for (const [at, { place, column, type }] of columns.entries()) {
    const name = `${place}.${column}`;
    if (!isMarked(name)) continue;
    const mark = markOf(name, at);
    const written = WRITTEN[type]!.replaceAll("column", `"${column}"`);
    const said = `${mark.name} ${mark.mail} ${mark.number}`;
    const changed = await rows(
      `update ${place} set "${column}" = ${written} where "${column}" is not null returning 1 as one`,
      { mark: said },
    ).catch((): object[] => []);
    if (changed.length > 0) marks.push(mark);
  }
  return marks;
}

function markOf(column: string, at: number): Mark {
  const number = String(at).padStart(3, "0");
  return {
    column,
    mail: `m${number}q@marked.example`,
    number: `+43 660 12345${number}`,
    name: `Xaverine${number}q`,
  };
}

const digitsOf = (text: string): string => text.replaceAll(/[\s().–/-]|%20/g, "");

/** Which marks a text tells, in sorted sentences; of an address its beginning, and of a number the digits, are enough. */
export function marksIn(text: string, marks: readonly Mark[]): string[] {
  const letters = text.toLowerCase();
  const digits = digitsOf(text);
  return marks
    .flatMap(({ column, mail, number, name }) => [
      ...(letters.includes(mail.split("@")[0]!) ? [`${column}: address`] : []),
      ...(digits.includes(digitsOf(number).slice(1)) ? [`${column}: number`] : []),
      ...(letters.includes(name.toLowerCase()) ? [`${column}: name`] : []),
    ])
    .toSorted();
}
