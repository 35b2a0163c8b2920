import type { AdminApi } from '../../../operator/api/admin-api';
import { pageOf } from './answers';
import { admin, ask, askRaw, askText } from './client';

/** The admin API as the logic shared with the command line asks for it, over the console's own server. */
export function operatorApi(publicUrl: string, signal?: AbortSignal): AdminApi {
  const stoppable = signal === undefined ? {} : { signal };
  const call: AdminApi['call'] = (method, path, schema, settings) =>
    ask(method, admin(...path), schema, { ...settings, ...stoppable });
  const text: AdminApi['text'] = (method, path, settings) =>
    askText(method, admin(...path), { ...settings, ...stoppable });
  const pages: AdminApi['pages'] = async function* (path, item, query = {}) {
    let cursor: string | undefined;
    do {
      const page = await call('GET', path, pageOf(item), { query: { ...query, cursor } });
      yield page.items;
      ({ cursor } = page);
    } while (cursor !== undefined);
  };
  return {
    publicUrl,
    call,
    text,
    pages,
    ask: (method, path, settings) => askRaw(method, admin(...path), { ...settings, ...stoppable }),
    all: async (path, item, query) => {
      const found = [];
      for await (const page of pages(path, item, query)) found.push(...page);
      return found;
    },
  };
}
