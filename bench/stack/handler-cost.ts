import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { readAssembly } from '../../local/assembly/read-assembly';
import { buildEvent } from '../../local/http-api/build-event';
import type { StackModel } from '../../local/template/model';
import { readStack } from '../../local/template/read-stack';
import { callBundle } from './call-bundle';
import type { BenchTracker } from './tracker';

/** The CPU of a warm request in its function, with the SDK and without sockets: storage answers immediately. */
export interface HandlerCost {
  readonly what: HandlerName;
  /** For one request, in milliseconds. */
  readonly median: number;
  readonly p90: number;
}

export const handlerNames = ['click', 'recorded postback'] as const;
export type HandlerName = (typeof handlerNames)[number];

const answered = v.object({
  calls: v.array(
    v.object({
      milliseconds: v.number(),
      result: v.object({
        statusCode: v.number(),
        headers: v.optional(v.record(v.string(), v.unknown())),
        body: v.optional(v.string()),
      }),
    }),
  ),
  clicks: v.array(v.tuple([v.string(), v.unknown()])),
});
type Answered = v.InferOutput<typeof answered>;

/** Calls the handlers of a running stack's bundles, each in a separate process; its functions reach AWS at `gatewayUrl`. */
export async function handlerCosts(
  assembly: string,
  gatewayUrl: string,
  tracker: BenchTracker,
  amount: { readonly warmUp: number; readonly measured: number },
): Promise<HandlerCost[]> {
  const model = readStack(readAssembly(assembly), gatewayUrl);
  const requests = Array.from({ length: amount.warmUp + amount.measured });
  const clicked = await callsOf(
    model,
    gatewayUrl,
    'FunctionsClick',
    requests.map(() => eventOf(model, 'GET /c/{campaign}', tracker.clickPath)),
  );
  const clickIds = clicked.calls.map(({ result }) => {
    const id = /[?&]sub=(\w+)/.exec(String(result.headers?.['location']))?.[1];
    if (result.statusCode !== 302 || id === undefined) throw new Error(`a click: ${JSON.stringify(result)}`);
    return id;
  });
  const posted = await callsOf(
    model,
    gatewayUrl,
    'FunctionsPostback',
    clickIds.map((id) => eventOf(model, 'GET /postback/{integration}', tracker.postbackPath(id, 0))),
    clicked.clicks,
  );
  for (const { result } of posted.calls) {
    if (result.body?.includes('"result":"recorded"') !== true) throw new Error(`a postback: ${JSON.stringify(result)}`);
  }
  return [costOf('click', clicked.calls, amount.warmUp), costOf('recorded postback', posted.calls, amount.warmUp)];
}

const rounds = 5;

/**
 * Returns the cost of the round that other work on the machine disturbed least: a crowded cache makes the same work take more of a core.
 */
function costOf(what: HandlerName, all: Answered['calls'], warmUp: number): HandlerCost {
  const warm = all.slice(warmUp).map(({ milliseconds }) => milliseconds);
  const length = Math.max(1, Math.floor(warm.length / rounds));
  const [least] = Array.from({ length: Math.min(rounds, warm.length) }, (_, round) => {
    const sorted = warm.slice(round * length, (round + 1) * length).sort((one, other) => one - other);
    const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
    return { what, median: at(0.5), p90: at(0.9) };
  }).sort((one, other) => one.median - other.median);
  if (least === undefined) throw new Error(`${what}: nothing was measured`);
  return least;
}

/** The route is the one that is named, else the one that takes every method of its path. */
function eventOf({ api }: StackModel, routeKey: string, target: string): Record<string, unknown> {
  const [, path = ''] = routeKey.split(' ');
  const route = api?.routes.find((one) => one.routeKey === routeKey || one.routeKey === `ANY ${path}`);
  if (api === undefined || route === undefined) throw new Error(`The template has no route ${routeKey}.`);
  const name = /\{(\w+)\}/.exec(path)?.[1] ?? '';
  const value = target.split('?')[0]?.split('/').pop() ?? '';
  const rawHeaders = [
    'host',
    'bench.example',
    'user-agent',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101',
  ];
  const sourceIp = '203.0.113.7';
  return buildEvent(
    { method: 'GET', target, rawHeaders, body: Buffer.alloc(0), httpVersion: '1.1', sourceIp },
    {
      route,
      pathParameters: { [name]: value },
      apiId: api.apiId,
      stageName: api.stageName,
      requestId: randomUUID(),
      now: new Date(),
    },
  );
}

async function callsOf(
  stack: StackModel,
  gatewayUrl: string,
  label: string,
  events: readonly Record<string, unknown>[],
  clicks: Answered['clicks'] = [],
): Promise<Answered> {
  return v.parse(answered, await callBundle('call-handler.mjs', label, stack, gatewayUrl, { events, clicks }));
}
