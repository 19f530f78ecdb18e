// A year as the input writes it -> its four digits.

/** `2023`, `2023年` and `２０２３年度` are 2023; null for what is no year from 1949 to 2100, as no fiscal year of these forms is. */
export function readYear(text: string): string | null {
  const digits = /^(\d{4})(?:年度?)?$/.exec(text.normalize("NFKC").trim())?.[1];
  return digits !== undefined && digits >= "1949" && digits <= "2100" ? digits : null;
}
