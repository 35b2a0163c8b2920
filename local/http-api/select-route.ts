/** The fields of a route that decide its selection. */
export interface Selectable {
  readonly method: string;
  /** `/c/{campaign}`, `/admin/v1/{proxy+}` or `$default`. */
  readonly path: string;
}

export interface Selection<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Selects the most specific route: literal segments before `{name}` before `{name+}` before `$default`, and on the same path the
 * request's method before `ANY`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function selectRoute<Route extends Selectable>(
  routes: readonly Route[],
  method: string,
  path: string,
): Selection<Route> | undefined {
  let best: (Selection<Route> & { rank: string }) | undefined;
  for (const route of routes) {
    if (route.method !== method && route.method !== 'ANY') continue;
    const match = matchPath(route.path, path);
    if (match === undefined) continue;
    const rank = match.rank + (route.method === method ? '0' : '1');
    if (best === undefined || rank < best.rank) best = { route, pathParameters: match.pathParameters, rank };
  }
  return best === undefined ? undefined : { route: best.route, pathParameters: best.pathParameters };
}

/** The rank has one digit per segment, smaller for the more specific, so that ranks compare as text. */
function matchPath(
  pattern: string,
  path: string,
): { pathParameters: Record<string, string>; rank: string } | undefined {
  if (pattern === '$default') return { pathParameters: {}, rank: '9' };
  const expected = pattern.split('/').slice(1);
  const given = path.split('/').slice(1);
  const pathParameters: Record<string, string> = {};
  let rank = '';
  for (const [index, segment] of expected.entries()) {
    const value = given[index];
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (name !== undefined && greedy === '+') {
      const rest = given.slice(index).join('/');
      if (rest === '') return undefined;
      pathParameters[name] = rest;
      return { pathParameters, rank: `${rank}3` };
    }
    if (value === undefined) return undefined;
    if (name === undefined) {
      if (segment !== value) return undefined;
      rank += '1';
    } else {
      if (value === '') return undefined;
      pathParameters[name] = value;
      rank += '2';
    }
  }
  return given.length === expected.length ? { pathParameters, rank } : undefined;
}
