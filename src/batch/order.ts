// Tasks as they come -> their results in the same order, with never more than so many begun and not yet taken.

/**
 * Begins the next task only while fewer than `most` are begun or wait to be taken: whoever takes slowly slows down the source. A result
 * is handed on as soon as it and all before it are there, also while the source lets its next task wait.
 */
export async function* inOrder<T, R>(tasks: AsyncIterable<T>, run: (task: T) => Promise<R>, most: number): AsyncGenerator<R> {
  const source = tasks[Symbol.asyncIterator]();
  const begun: Promise<R>[] = [];
  let asked: Promise<IteratorResult<T>> | null = null;
  let open = true;
  try {
    while (open || begun.length > 0) {
      if (open && begun.length < most) asked ??= source.next();
      const [first] = begun;
      const came = await Promise.race([...(asked === null ? [] : [asked.then((next) => ({ next }))]), ...(first === undefined ? [] : [first.then((result) => ({ result }))])]);
      if ("result" in came) {
        void begun.shift();
        yield came.result;
        continue;
      }
      asked = null;
      if (came.next.done === true) open = false;
      else {
        const result = run(came.next.value);
        // Whoever takes it hears of its failure; until then it must not count as unheard.
        result.catch(() => undefined);
        begun.push(result);
      }
    }
  } finally {
    if (open) void source.return?.();
  }
}
