import * as v from 'valibot';
import { deadlineAt, type Deadline } from '../../adapters/deadline';
import { emit } from '../../adapters/metrics';
import { isUnderWay, recountPurposes, type RecountState } from '../../adapters/recount-state';
import type { AuditedPeriod } from '../../domain/facts/audit-cells';
import { quarterOf } from '../../domain/facts/columns';
import { noSums } from '../../domain/facts/recount-summary';
import { adminJson, AdminError, noContent, notFound, type Answer } from '../http/answer';
import { asBody, readBodyFields } from '../http/body';
import { moment, noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { periodOf } from '../reports/audit';
import { cleanStep } from './clean';
import { compareStep } from './compare';
import { scanStep } from './scan';
import type { RecountServices } from '../http/recount-services';
import type { RecountStep } from './step';
import { recountView } from './view';

/** Duration of one call; it finishes the work that it has begun by then. */
const stepMilliseconds = 10_000;
const segments = 4;
/** Clicks of the next day have no change that is old enough. */
const quartersAhead = 96;

export const startedRecountSchema = v.strictObject({
  purpose: v.picklist(recountPurposes),
  since: v.optional(moment),
  until: v.optional(moment),
});
const recountId = v.pipe(v.string('must be a text'), v.maxLength(100, 'is no ID of a recount'));
export const namedRecountSchema = v.strictObject({ id: recountId });

/** Answers the recount that is under way, or was last. */
export async function getRecount(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const state = await services.recounting().recounts.current(request.deadline);
  if (state === undefined) throw notFound('There is no recount. Start one with POST /admin/v1/reports/recount.');
  return adminJson(200, recountView(state, []));
}

/** Begins a recount, or continues the one of the same purpose and period that is in progress. */
export async function startRecount(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { purpose, since, until } = readBodyFields('purpose, since and until', request.body, startedRecountSchema);
  const { now, deadline, author } = request;
  const whole = { first: 0, last: quarterOf(now) + quartersAhead };
  const period = purpose === 'rebuild' ? whole : asBody('', () => periodOf(since, until, now));
  const recounting = services.recounting();
  const before = await recounting.recounts.current(deadline);
  if (before !== undefined && isUnderWay(before, now)) {
    const isSame = purpose === 'rebuild' || isSamePeriod(before, period);
    if (purpose === before.purpose && isSame) return adminJson(200, recountView(before, []));
    // A repair of another period that the same person broke off is of no use any more.
    const isOwn = purpose === 'repair' && before.purpose === 'repair' && before.author === author;
    if (!isOwn) throw conflict(`A ${before.purpose} by ${before.author} is under way. Wait until it has ended.`);
  }
  await recounting.settle(deadline);
  const { generation, recount, objects } = await recounting.readManifest(deadline);
  if (recount !== undefined) throw conflict('The last recount is still being settled. Try again in a minute.');
  const start = Array.from({ length: segments }, () => 'start' as const);
  const state: RecountState = {
    id: recounting.newId(),
    purpose,
    phase: 'scanning',
    ...period,
    author,
    startedAt: now,
    touchedAt: now,
    generation,
    step: 0,
    clicks: start,
    conversions: start,
    from: period.first,
    scanned: 0,
    young: 0,
    unreadable: 0,
    sums: noSums,
  };
  const base = objects.map(({ key }) => key);
  if (await recounting.recounts.start(state, base, before, deadline)) return adminJson(201, recountView(state, []));
  throw conflict('Another recount was started at the same moment. Try again.');
}

function isSamePeriod(left: AuditedPeriod, right: AuditedPeriod): boolean {
  return left.first === right.first && left.last === right.last;
}

/** Goes on with a recount for some seconds. Repeated until its phase is `ready`. */
export async function continueRecount(request: RoutedRequest, services: Services): Promise<Answer> {
  const { state, recounting } = await namedRecount(request, services);
  if (state.phase === 'ready' || state.phase === 'taken') return adminJson(200, recountView(state, []));
  const { after, note, cells } = await takeStep(state, request, services, recounting);
  const touched = { ...after, step: state.step + 1, touchedAt: Date.now() };
  if (await recounting.recounts.advance(state, touched, note, request.deadline)) {
    return adminJson(200, recountView(touched, cells));
  }
  throw conflict('Somebody else goes on with this recount. Leave it to them, or try again.');
}

async function takeStep(
  state: RecountState,
  { now, deadline }: RoutedRequest,
  services: Services,
  recounting: RecountServices,
): Promise<RecountStep> {
  const until = deadlineAt(now + stepMilliseconds);
  if ((await recounting.readGeneration(deadline)) !== state.generation)
    throw await overtaken(state, recounting, deadline);
  if (state.phase === 'scanning') return scanStep(state, recounting, services.audit().scan, until, deadline);
  const notes = await recounting.recounts.notes(state.id, deadline);
  if (state.phase === 'cleaning') return cleanStep(state, notes, recounting, until, deadline);
  const { generation, objects } = await recounting.readManifest(deadline);
  if (generation !== state.generation) throw await overtaken(state, recounting, deadline);
  const base = new Set(notes.base);
  const counted = objects.filter(({ key }) => base.has(key));
  return compareStep(state, counted, notes, recounting, until, deadline);
}

/** Takes what a recount came to into the reports, all at one moment. */
export async function takeInRecount(request: RoutedRequest, services: Services): Promise<Answer> {
  const { state, recounting } = await namedRecount(request, services);
  if (state.phase === 'taken') return adminJson(200, recountView(state, []));
  if (state.phase !== 'ready') throw conflict(`The recount is still ${state.phase}. Go on with it first.`);
  const after: RecountState = { ...state, phase: 'taken', step: state.step + 1, touchedAt: Date.now() };
  if (!(await recounting.recounts.take(state, after, request.deadline))) {
    throw await overtaken(state, recounting, request.deadline);
  }
  const { id, purpose, sums, author } = after;
  emit({}, { level: 'WARN', what: 'reports were corrected', recount: id, purpose, author, ...sums });
  return adminJson(200, recountView(after, []));
}

/** Ends a recount that was not taken: nothing of it ever counts. */
export async function dropRecount(request: RoutedRequest, services: Services): Promise<Answer> {
  const { state, recounting } = await namedRecount(request, services);
  if (state.phase === 'taken') throw conflict('The recount is part of the reports already.');
  if (!(await recounting.recounts.discard(state, request.deadline))) throw conflict('Somebody else goes on with it.');
  return noContent();
}

interface FoundRecount {
  readonly state: RecountState;
  readonly recounting: RecountServices;
}

async function namedRecount(request: RoutedRequest, services: Services): Promise<FoundRecount> {
  readQueryParameters(request, noParameters);
  const { id } = readBodyFields('the id of the recount', request.body, namedRecountSchema);
  const recounting = services.recounting();
  const state = await recounting.recounts.current(request.deadline);
  if (state?.id !== id) throw notFound('There is no such recount any more. Start a new one.');
  if (state.phase !== 'taken' && !isUnderWay(state, request.now)) {
    throw conflict('Nobody went on with the recount for two hours. Start a new one.');
  }
  return { state, recounting };
}

/** It has compared what counts no more: it is of no use, unless somebody else went on with it meanwhile. */
async function overtaken(state: RecountState, { recounts }: RecountServices, deadline: Deadline): Promise<AdminError> {
  await recounts.discard(state, deadline);
  return conflict('Other objects count by now than the recount has compared. Nothing was changed: run it once more.');
}

function conflict(message: string): AdminError {
  return new AdminError('RECOUNT_CONFLICT', message, {});
}
