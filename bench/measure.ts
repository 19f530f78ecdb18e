// Ways of doing the same work -> seconds an item, in rounds that take turns, so that a busy machine is busy for all of them.

export interface Variant {
  name: string;
  /** One pass over this round's input; returns how many items it went over. */
  pass: () => number | Promise<number>;
}

export interface Rounds {
  /** Rounds go on for so long, and never fewer than `least`. */
  seconds: number;
  least?: number;
  /** Makes the input of a round, outside the clock. */
  before?: (round: number) => void | Promise<void>;
  /** Rounds that warm up and do not count. */
  warm?: number;
}

/** Seconds an item, one figure a round: by the clock, and of this process's processor time, which other programs hardly touch. */
export interface Times { clock: readonly number[]; processor: readonly number[] }
export type Measured = ReadonlyMap<string, Times>;

/** What each variant took. Every other round goes through the variants backwards. */
export async function interleaved(variants: readonly Variant[], { seconds, least = 5, before, warm = 1 }: Rounds): Promise<Measured> {
  const times = new Map(variants.map(({ name }) => [name, { clock: [] as number[], processor: [] as number[] }]));
  const last = performance.now() + seconds * 1000;
  for (let round = 0; round < warm + least || performance.now() < last; round++) {
    await before?.(round);
    for (const { name, pass } of round % 2 === 0 ? variants : [...variants].reverse()) {
      const [start, used] = [performance.now(), process.cpuUsage()];
      const items = await pass();
      const [end, { user, system }] = [performance.now(), process.cpuUsage(used)];
      if (round < warm) continue;
      times.get(name)?.clock.push((end - start) / 1e3 / items);
      times.get(name)?.processor.push((user + system) / 1e6 / items);
    }
  }
  return times;
}

export interface Ratio { median: number; low: number; high: number; rounds: number; processor: number }

/** One variant's time over another's, round by round: the median, and between which a tenth of the rounds lies below and above. */
export function ratio(times: Measured, over: string, under: string): Ratio {
  const [above, below] = [timesOf(times, over), timesOf(times, under)];
  const by = (kind: keyof Times): number[] => above[kind].map((time, round) => time / (below[kind][round] ?? NaN));
  const clock = by("clock");
  return { median: median(clock), low: quantile(clock, 0.1), high: quantile(clock, 0.9), rounds: clock.length, processor: median(by("processor")) };
}

/** The time of an item when nothing else was in the way: the tenth percentile, in seconds. */
export const undisturbed = (times: Measured, name: string, by: keyof Times = "clock"): number => quantile(timesOf(times, name)[by], 0.1);

function timesOf(times: Measured, name: string): Times {
  const found = times.get(name);
  if (found === undefined) throw new Error(`no variant ${name}`);
  return found;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return below + (above - below) * (at - Math.floor(at));
}

export interface Fit { slope: number; intercept: number; /** How much of the differences the straight line explains. */ r2: number }

/** The straight line through the points, by least squares. */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Fit {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const slope = mean(points.map(([at, value]) => (at - x) * (value - y))) / mean(points.map(([at]) => (at - x) ** 2));
  const intercept = y - slope * x;
  const rest = mean(points.map(([at, value]) => (value - intercept - slope * at) ** 2));
  return { slope, intercept, r2: 1 - rest / mean(points.map(([, value]) => (value - y) ** 2)) };
}

/** What stands beside a ratio: between what it lay, and what it is by processor time where the work was done in this process. */
export const spread = ({ low, high, rounds, processor }: Ratio, inProcess = true): string =>
  `${low.toPrecision(3)}–${high.toPrecision(3)} in ${rounds} rounds${inProcess ? `, by processor time ${processor.toPrecision(3)}` : ""}`;
