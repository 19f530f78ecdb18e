// A moment -> its day in China, where deadlines and waivers end.
const FORMAT = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });

/** `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => FORMAT.format(moment);
