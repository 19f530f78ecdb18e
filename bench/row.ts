// What a row of the benchmark is, and what it measures: the words between run.ts and rows/.

export interface Setting {
  /** A minute for everything: fewer rounds, smaller inputs. */
  quick: boolean;
  /** Seconds that one row may spend on rounds. */
  seconds: number;
}

/** One line of the table. */
export interface Line {
  measure: string;
  /** The figure that counts; null where it was not measured, and `note` says why. */
  figure: number | null;
  unit: "×" | "MB" | "ms" | "µs" | "R²" | "";
  /** Which way is good; a line without bounds has none. */
  better?: "less" | "more";
  doneWhen?: number;
  aim?: number;
  note: string;
}

export interface Row {
  letter: string;
  title: string;
  run: (setting: Setting) => Promise<Line[]>;
}

export const notMeasured = (measure: string, note: string): Line => ({ measure, figure: null, unit: "", note });
