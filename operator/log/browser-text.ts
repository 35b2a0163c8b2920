import type { LogRow } from '../answers';

/** Describes the browser's part in a row, for people; `undefined` if it had none. */
export function browserText({ browser }: Pick<LogRow, 'browser'>): string | undefined {
  switch (browser) {
    case undefined:
      return undefined;
    case 'reported':
      return 'reported by a browser';
    case 'confirmed':
      return 'confirmed by a server';
    default:
      return browser;
  }
}
