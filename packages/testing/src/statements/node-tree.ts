// The server's own form of a statement that it has understood, as it prints it (`pg_node_tree`).

/** A value, NULL, a list, or a node. */
export type Tree = string | null | Tree[] | TreeNode;

export interface TreeNode {
  /** Such as `QUERY` or `VAR`. */
  tag: string;
  fields: Readonly<Record<string, Tree>>;
}

const TOKEN = /\s*([{}()[\]]|"(?:[^"\\]|\\.)*"|(?:\\.|[^\s{}()[\]\\])+)/gsy;

export function readTree(text: string): Tree {
  const tokens = Array.from(text.matchAll(TOKEN), (match) => match[1]!);
  let at = 0;

  function value(): Tree {
    const token = tokens[at++];
    if (token === "{") return node();
    if (token === "(") return list(")");
    if (token === "[") return list("]");
    if (token === undefined) throw new Error("the tree ends too soon");
    return token === "<>" ? null : plain(token);
  }

  function list(end: string): Tree[] {
    const values: Tree[] = [];
    while (tokens[at] !== end) values.push(value());
    at++;
    return values;
  }

  function node(): TreeNode {
    const tag = tokens[at++] ?? "";
    const fields: Record<string, Tree> = {};
    while (tokens[at] !== "}") {
      const name = tokens[at++]!.slice(1);
      const values: Tree[] = [];
      while (tokens[at] !== "}" && !tokens[at]!.startsWith(":")) values.push(value());
      // A datum is its length and its bytes; everything else is one value.
      fields[name] = values.length === 1 ? values[0]! : values;
    }
    at++;
    return { tag, fields };
  }

  return value();
}

function plain(token: string): string {
  const bare = token.startsWith('"') ? token.slice(1, -1) : token;
  return bare.replace(/\\(.)/gs, "$1");
}

export const isNode = (tree: Tree | undefined): tree is TreeNode =>
  typeof tree === "object" && tree !== null && !Array.isArray(tree);

/** The nodes of a list; of anything else none. */
export const nodesOf = (tree: Tree | undefined): TreeNode[] =>
  Array.isArray(tree) ? tree.filter(isNode) : [];
