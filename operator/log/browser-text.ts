import type { LogRow } from '../answers';

/** What a row says of a browser, for people; `undefined` where no browser had a part in it. */
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
