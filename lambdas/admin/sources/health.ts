import * as v from 'valibot';
import { sourceStateOf, sourceStates } from '../../domain/outbound/source-state';
import { adminJson, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { sourceOf } from './source-of';

export const sourceHealthAnswer = v.strictObject({
  source: v.string(),
  state: v.picklist(sourceStates),
  unaccepted: v.pipe(field.count, v.description('Attempts since the last that the source accepted')),
  unacceptedSince: v.optional(v.pipe(field.time, v.description('When the first of these was made'))),
  nextAttemptAt: v.optional(
    v.pipe(field.time, v.description('No attempt is made before; absent where the next delivery is tried at once')),
  ),
  suspendedAt: v.optional(field.time),
});

/** Shows whether deliveries to a source are made as usual, and if not, until when they wait. */
export async function getSourceHealth(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { id, now, deadline } = request;
  const { changedAt } = await sourceOf(request, services);
  const { health } = await services.outbound().health.of(id, deadline);
  const { state, unaccepted, unacceptedSince, nextAttemptAt, suspendedAt } = sourceStateOf(health, now, changedAt);
  const shown: Shown<typeof sourceHealthAnswer> = {
    source: id,
    state,
    unaccepted,
    ...(unacceptedSince !== undefined && { unacceptedSince: iso(unacceptedSince) }),
    ...(nextAttemptAt !== undefined && { nextAttemptAt: iso(nextAttemptAt) }),
    ...(suspendedAt !== undefined && { suspendedAt: iso(suspendedAt) }),
  };
  return adminJson(200, shown);
}

const iso = (at: number): string => new Date(at).toISOString();
