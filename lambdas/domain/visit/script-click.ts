import * as v from 'valibot';
import type { Campaign, Offer } from '../configuration/campaign';
import { readClickQuery, type ClickQuery } from '../click/click-parameters';

/** Maximum size of a landing page's request. `sendBeacon` and `keepalive` accept no more either. */
export const maximumScriptBytes = 64 * 1024;

/** `page`: its address without the query. `query`: the parameters of the page that the script keeps, as in its address. */
const bodySchema = v.object({
  page: v.optional(v.pipe(v.string(), v.maxLength(2048))),
  query: v.optional(v.string()),
});

export interface ScriptClick {
  readonly page: string | undefined;
  readonly query: ClickQuery;
}

/** Reads what the script sends: JSON as plain text, for which no browser asks first. `undefined` where it is none. */
export function readScriptClick(text: string): ScriptClick | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(parsed)) return undefined;
  const reading = v.safeParse(bodySchema, parsed);
  if (!reading.success) return undefined;
  const { page, query = '' } = reading.output;
  // Half a surrogate pair, which only JSON can bring here, is no text that a table keeps.
  const read = readClickQuery(query.toWellFormed());
  const source = read.kept.source ?? read.all.get('utm_source');
  return {
    page,
    query:
      source === undefined ? read : { ...read, kept: { ...read.kept, source: source.slice(0, 512).toWellFormed() } },
  };
}

/** Replaces an offer where the page of a click is none of its campaign's. */
const ownPage = 'page';

/** The offer that a page is: the one whose URL is the longest beginning of it, else one of its host. */
export function offerOfPage({ offers }: Campaign, page: string | undefined): Offer {
  const address = page === undefined || !URL.canParse(page) ? undefined : new URL(page);
  const matching = offers
    .flatMap((offer) => {
      // A host contains no macro, and the part after the path is not compared.
      const own = URL.canParse(offer.url) ? new URL(offer.url) : undefined;
      return own !== undefined && own.host === address?.host ? [{ offer, path: own.pathname }] : [];
    })
    .toSorted((left, right) => right.path.length - left.path.length);
  const found = matching.find(({ path }) => address?.pathname.startsWith(path)) ?? matching.at(-1);
  return found?.offer ?? { id: ownPage, url: page ?? '', weight: 0 };
}
