// Why a command cannot do what it was asked for: a code for its sentence, and the values in it.

/** A mistake in the call, its files or the place of the data; `code` names the sentence `error.<code>` of the locales' `cli` section. */
export class Refusal extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: string, values: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.values = values;
  }
}
