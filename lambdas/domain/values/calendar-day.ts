/** Whether a text is a day of the calendar such as `2026-11-01`: `Date` reads 2026-02-30 as a day of March. */
export function isCalendarDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
