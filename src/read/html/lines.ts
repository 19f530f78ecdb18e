// Running text of a web page, piece by piece → lines as a browser shows them.

/** Gathers text; `breakLine` ends the line, `take` hands over the lines gathered since. */
export interface Lines { add: (text: string) => void; addExactly: (text: string) => void; breakLine: () => void; take: () => string[] }

export function newLines(): Lines {
  let done: string[] = [];
  let pieces: string[] = [];
  const breakLine = (): void => {
    const line = pieces.join("").replace(/ {2,}/gu, " ").replaceAll("\u00a0", " ").trim();
    if (line !== "") done.push(line);
    pieces = [];
  };
  return {
    add: (text) => { pieces.push(text.replace(/[ \t\n\r\f]+/gu, " ")); },
    addExactly: (text) => {
      for (const [index, line] of text.split("\n").entries()) {
        if (index > 0) breakLine();
        pieces.push(line.replaceAll("\t", "\u00a0"));
      }
    },
    breakLine,
    take: () => {
      breakLine();
      const lines = done;
      done = [];
      return lines;
    },
  };
}
