/** Hands a text to the browser as a file. The mark at its beginning makes spreadsheets read it as UTF-8. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `conversions prod 2026-11-01T00-00Z to 2026-11-30T00-00Z.csv`, in letters that every file system takes. */
export function fileName(what: string, stage: string, since: number, until: number): string {
  const time = (milliseconds: number): string =>
    `${new Date(milliseconds).toISOString().slice(0, 16).replace(':', '-')}Z`;
  return `${what}_${stage}_${time(since)}_${time(until)}.csv`.replace(/[^\w.-]/g, '-');
}
