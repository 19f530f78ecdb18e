// Days and times as review files write them (`2024-03-20`, `2024-03-20T09:30:00+08:00`) -> which is earlier. No clock, no time zone of this machine.

/** Whether the calendar has that day, and the clock that time. */
export function isReal(moment: string): boolean {
  const day = moment.slice(0, 10);
  const start = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day) && !Number.isNaN(Date.parse(moment));
}

/** Negative where `a` is earlier. Nothing is earlier than what has no date; where one has no time, the days are compared as they are written. */
export function compareMoments(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a.length > 10 && b.length > 10) return Date.parse(a) - Date.parse(b);
  return a.slice(0, 10) < b.slice(0, 10) ? -1 : a.slice(0, 10) > b.slice(0, 10) ? 1 : 0;
}

/** Newest first, what has no date last; what is as old stays in its order. */
export function latestFirst<T extends { date?: string }>(entries: readonly T[]): T[] {
  return entries.map((entry, index) => ({ entry, index })).sort((a, b) => sortKey(b.entry.date) - sortKey(a.entry.date) || a.index - b.index).map(({ entry }) => entry);
}

const sortKey = (moment: string | undefined): number => (moment === undefined ? -Infinity : Date.parse(moment));
