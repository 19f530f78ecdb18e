// A pure function -> the same function that does its work once a text: forms say the same things over and over.

/** So many answers are kept twice over; those not asked for in that time go, so that a stream of any length needs no more room. */
const MOST = 2_000;
/** Longer texts are hardly said twice. */
const LONGEST = 500;

/** The function with its answers kept by text. `make` must depend on its argument alone. */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const keep = rememberedAs<T>();
  return (text) => keep(text, make);
}

export type Keep<T> = (key: string, make: (key: string) => T) => T;

/** Answers kept by key: what `make` gives must depend on the key alone. */
export function rememberedAs<T>(): Keep<T> {
  let [kept, before] = [new Map<string, T>(), new Map<string, T>()];
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (key.length > LONGEST) return make(key);
    const made = before.get(key) ?? make(key);
    if (kept.size >= MOST) [kept, before] = [new Map<string, T>(), kept];
    kept.set(key, made);
    return made;
  };
}

/** What is made of an object once, for as long as the object lives. */
export function once<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const made = new WeakMap<K, { value: T }>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
}
