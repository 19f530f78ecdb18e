// Why a store cannot be opened.

/** A store that cannot be opened; `code` names the sentence `store.<code>` of the locales' `service` section. */
export class StoreProblem extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: string, values: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = "StoreProblem";
    this.code = code;
    this.values = values;
  }
}
