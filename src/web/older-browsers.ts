// What Chromium 87 lacks of the built-in functions that pages and their packages call.
type Indexed = { at?: (index: number) => unknown; length: number; [index: number]: unknown };

for (const prototype of [Array.prototype, String.prototype] as unknown as Indexed[]) {
  prototype.at ??= function at(this: Indexed, index: number): unknown {
    const place = Math.trunc(index) || 0;
    return this[place < 0 ? this.length + place : place];
  };
}
const object: { hasOwn?: (held: object, key: PropertyKey) => boolean } = Object;
object.hasOwn ??= (held, key) => Object.prototype.hasOwnProperty.call(held, key);
