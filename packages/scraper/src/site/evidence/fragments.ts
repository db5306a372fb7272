interface Node<T> {
  next: Map<number, Node<T>>;
  values: T[];
}

const SLASH = 47;
const QUESTION = 63;

/** Pieces of paths, each begun by "/" or "?", all found in one walk over a path. */
export class Fragments<T> {
  readonly #root: Node<T> = { next: new Map(), values: [] };

  add(fragment: string, value: T): void {
    let node = this.#root;
    for (let index = 0; index < fragment.length; index++) {
      const code = fragment.charCodeAt(index);
      let next = node.next.get(code);
      if (next === undefined) {
        next = { next: new Map(), values: [] };
        node.next.set(code, next);
      }
      node = next;
    }
    node.values.push(value);
  }

  /** Every value whose piece is in `path`; a path may hold one several times. */
  find(path: string, found: (value: T) => void): void {
    for (let start = 0; start < path.length; start++) {
      const first = path.charCodeAt(start);
      if (first !== SLASH && first !== QUESTION) continue;
      let node: Node<T> | undefined = this.#root;
      for (let at = start; at < path.length; at++) {
        node = node.next.get(path.charCodeAt(at));
        if (node === undefined) break;
        for (const value of node.values) found(value);
      }
    }
  }
}
