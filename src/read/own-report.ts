// A text → whether ziping wrote it itself.

/** Whether a page or a Markdown text is one that ziping wrote: its tables look like a form's, and are none. */
export function isOwnReport(text: string): boolean {
  return /<meta name="generator" content="ziping\/[a-z]+@\d+">|<!-- ziping\/report@\d+ -->\s*$/u.test(text);
}
