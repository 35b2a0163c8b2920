import { decodePercent } from '../text/percent-encoding';
import { dropInPresets } from './drop-in';
import { campaignIn, clickMethods, integrationIn, type Target } from './target';

/** The postback function's action on a request. */
export type PostbackRoute =
  /** One postback, to be judged. */
  | { readonly kind: 'postback'; readonly integration?: string }
  /** `POST /postbacks/{integration}`: many in one body. */
  | { readonly kind: 'batch'; readonly integration: string }
  | { readonly kind: 'ping' }
  /** A click path that only the default route takes, such as `//c/demo`: the visitor is redirected to the path that records clicks. */
  | { readonly kind: 'click'; readonly location: string }
  /** The same of the paths that visitors' browsers report to, such as `/R/shop/`. */
  | { readonly kind: 'visitor'; readonly location: string }
  /** `HEAD` or `OPTIONS` of a path that exists: answered, and nothing is recorded. */
  | { readonly kind: 'courtesy'; readonly status: 200 | 204; readonly allow: string }
  | { readonly kind: 'method not allowed'; readonly allow: string }
  | { readonly kind: 'unknown path' };

const methods = {
  postback: ['GET', 'POST', 'HEAD', 'OPTIONS'],
  batch: ['POST', 'OPTIONS'],
  ping: ['GET', 'HEAD', 'OPTIONS'],
  click: clickMethods,
  visitor: clickMethods,
} as const;

/**
 * Decides what becomes of a request by its method and path. Words of ours and of other trackers' paths count in any case; the names
 * of campaigns and integrations count as they are.
 * @param isEmpty whether the request has neither a query nor a body: to `/` it is no postback
 */
export function routePostback(method: string, target: Target, isEmpty: boolean): PostbackRoute {
  const route = routeOfPath(target, isEmpty);
  if (route.kind === 'unknown path') return route;
  const allowed: readonly string[] = methods[route.kind];
  const allow = allowed.join(', ');
  if (!allowed.includes(method)) return { kind: 'method not allowed', allow };
  if (method === 'OPTIONS') return { kind: 'courtesy', status: 204, allow };
  if (method === 'HEAD' && route.kind !== 'click' && route.kind !== 'visitor')
    return { kind: 'courtesy', status: 200, allow };
  return route;
}

/** Characters that no header accepts, and those that would end the query. A query from the path has been decoded. */
const unsafe = /[^\u0021-\u007e]+|#/g;

type RouteOfPath = Extract<PostbackRoute, { readonly kind: keyof typeof methods | 'unknown path' }>;

function routeOfPath(target: Target, isEmpty: boolean): RouteOfPath {
  const campaign = campaignIn(target);
  if (campaign !== undefined) return { kind: 'click', location: locationOf(['c', campaign], target) };
  const names = target.segments.map((segment) => segment.toLowerCase());
  const integration = integrationIn(target);
  if (integration !== undefined) return { kind: names[0] === 'postbacks' ? 'batch' : 'postback', integration };
  const path = names.join('/');
  if (path === 'ping') return { kind: 'ping' };
  if (path === '') return isEmpty ? { kind: 'unknown path' } : { kind: 'postback' };
  if (path === 'postback' || dropInPresets(names).length > 0) return { kind: 'postback' };
  const visited = visitorPath(target);
  return visited === undefined ? { kind: 'unknown path' } : { kind: 'visitor', location: locationOf(visited, target) };
}

function locationOf(segments: readonly string[], { query }: Target): string {
  const path = segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/');
  return `/${path}${query === '' ? '' : `?${query.toWellFormed().replace(unsafe, encodeURIComponent)}`}`;
}

/** A path of browsers as the API knows it; `undefined` where it is none, or came so, and would come back for ever. */
function visitorPath({ path, segments }: Target): readonly string[] | undefined {
  const [first = '', second = '', third] = segments;
  const word = first.toLowerCase();
  const isScript = word === 's' && `${second}/${third}`.toLowerCase() === '1/t.js' && segments.length === 3;
  const known = isScript
    ? ['s', '1', 't.js']
    : segments.length === 2 && ['r', 'p', 't'].includes(word)
      ? [word, word === 'p' ? second.replace(/\.gif$/i, '.gif') : second]
      : undefined;
  return known === undefined || decodePercent(path) === `/${known.join('/')}` ? undefined : known;
}
