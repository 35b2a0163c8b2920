import type { AdminApi, Query } from '../api/admin-api';
import { Failure } from '../failure';
import { askUntilReady } from './ask-report';

/** One page of an export, with the headers that all pages share. */
export interface ExportPage {
  readonly text: string;
  readonly version: string;
  readonly countedThrough: string | undefined;
  readonly notes: string;
}

/** Returns every row of a report as CSV, page by page. Throws if a page has another version than the first. */
export async function* exportPages(api: AdminApi, query: Query): AsyncGenerator<ExportPage> {
  let cursor: string | undefined;
  let version: string | undefined;
  do {
    const answer = await askUntilReady(api, ['reports', 'export'], { ...query, cursor });
    const page = {
      text: answer.text,
      version: answer.header('x-report-version') ?? '',
      countedThrough: answer.header('x-counted-through'),
      notes: answer.header('x-report-notes') ?? '',
    };
    version ??= page.version;
    if (page.version !== version) throw new Failure('unreachable', 'The pages are of different versions. Try again.');
    yield page;
    cursor = answer.header('x-next-cursor');
  } while (cursor !== undefined);
}
