// Two ways of checking -> whether they find the same, and how much.

type Finds<T> = (input: T) => Promise<string[]>;

/** "same findings: n on m submissions", or throws with the first that only one side has: what does other work is not compared. */
export async function sameFindings<T>(inputs: readonly T[], ours: Finds<T>, others: readonly Finds<T>[]): Promise<string> {
  let count = 0;
  for (const [index, input] of inputs.entries()) {
    const expected = await ours(input);
    count += expected.length;
    for (const other of others) {
      const found = await other(input);
      const extra = found.find((key) => !expected.includes(key));
      const lacking = expected.find((key) => !found.includes(key));
      if (extra !== undefined) throw new Error(`submission ${index}: only the other engine finds ${extra}`);
      if (lacking !== undefined) throw new Error(`submission ${index}: the other engine lacks ${lacking}`);
      if (found.length !== expected.length) throw new Error(`submission ${index}: ${found.length} findings, not ${expected.length}`);
    }
  }
  return `same findings: ${count} on ${inputs.length} submissions`;
}
