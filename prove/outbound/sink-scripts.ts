import type { DeliveryState } from '../../lambdas/domain/outbound/delivery';
import type { Attempt } from '../../lambdas/domain/outbound/judge';

/** Ways of a server to give trouble that no status tells. */
export type SinkTrouble = 'hang' | 'reset' | 'drip' | 'flood' | 'bomb';

/** What a traffic source does with one call: what the tracker is to make of it and, where a status does not say it all, how it is done. */
export type SinkAnswer = Attempt & { readonly trouble?: SinkTrouble; readonly location?: string };

/** A traffic source that answers by a script. */
export interface SinkScript {
  readonly id: string;
  /** The end of "a source that …". */
  readonly does: string;
  /** What it answers to its n-th call, so many hours after the beginning. */
  answer(call: number, hours: number): SinkAnswer;
  /** What its deliveries may end as. */
  readonly ends: readonly DeliveryState[];
  /** What its URL ends in. */
  readonly query?: string;
  readonly template?: string;
  /** No call can be made. */
  readonly isSilent?: true;
  /** Only a test can give this answer: no server of this machine does. */
  readonly isMadeUp?: true;
}

const accepted: SinkAnswer = { httpStatus: 200, text: 'OK' };
/** A request whose outcome is not known. */
const unknown = (trouble: SinkTrouble): SinkAnswer => ({ failure: 'OUTCOME_UNKNOWN', trouble });

const downFor = (hours: number, answer: SinkAnswer): Pick<SinkScript, 'answer' | 'ends'> => ({
  answer: (_, passed) => (passed < hours ? answer : accepted),
  ends: ['delivered'],
});
const always = (answer: SinkAnswer, ...ends: readonly DeliveryState[]): Pick<SinkScript, 'answer' | 'ends'> => ({
  answer: () => answer,
  ends,
});

/** Every kind of answer that a source gives, and what must become of the deliveries to it. */
export const sinkScripts: readonly SinkScript[] = [
  { id: 'accepting', does: 'accepts at once', ...always(accepted, 'delivered') },
  { id: 'no-content', does: 'answers 204', ...always({ httpStatus: 204, text: '' }, 'delivered') },
  {
    id: 'words',
    does: 'rejects in the words of a 200',
    ...always({ httpStatus: 200, text: 'ERROR: Tag is invalid' }, 'failed'),
    template: 'exoclick',
  },
  {
    id: 'redirecting',
    does: 'redirects to the metadata of its machine',
    ...always({ httpStatus: 302, text: '', location: 'http://169.254.169.254/latest/meta-data/' }, 'failed'),
  },
  { id: 'unknown-click', does: 'answers 400', ...always({ httpStatus: 400, text: 'unknown click' }, 'failed') },
  {
    id: 'patience',
    does: 'asks for patience by 429',
    answer: (call) => (call <= 8 ? { httpStatus: 429, text: 'slow', retryAfter: '120' } : accepted),
    ends: ['delivered'],
  },
  { id: 'two-days', does: 'answers 500 for two days', ...downFor(48, { httpStatus: 500, text: 'oops' }) },
  { id: 'hanging', does: 'hangs for half a day', ...downFor(12, unknown('hang')) },
  { id: 'dripping', does: 'sends its answer a byte a second for an hour', ...downFor(1, unknown('drip')) },
  { id: 'resetting', does: 'resets connections for a day', ...downFor(24, unknown('reset')) },
  {
    id: 'flooding',
    does: 'answers with a gigabyte',
    ...always({ httpStatus: 200, text: 'OK', trouble: 'flood' }, 'delivered'),
  },
  { id: 'closed', does: 'answers 503 for ever', ...always({ httpStatus: 503, text: 'closed' }, 'exhausted', 'held') },
  {
    id: 'keyless',
    does: 'has no secret yet',
    ...always(accepted, 'held'),
    query: '&key={secret:KEY}',
    isSilent: true,
  },
  {
    id: 'demanding',
    does: 'needs what no click has',
    ...always(accepted, 'skipped'),
    query: '&x={param:nothing!}',
    isSilent: true,
  },
  {
    id: 'unconnected',
    does: 'takes no connection for a day',
    ...downFor(24, { failure: 'CONNECTION_FAILED' }),
    isMadeUp: true,
  },
  {
    id: 'certificate',
    does: 'has the certificate of another for an hour',
    ...downFor(1, { failure: 'TLS_FAILED' }),
    isMadeUp: true,
  },
  {
    id: 'nameless',
    does: 'has a name that nobody knows, for ever',
    ...always({ failure: 'NAME_NOT_FOUND' }, 'exhausted', 'held'),
    isMadeUp: true,
  },
  {
    id: 'inward',
    does: 'leads back to this machine',
    ...always({ failure: 'ADDRESS_REJECTED' }, 'failed'),
    isMadeUp: true,
  },
];

export const isAcceptance = (answer: SinkAnswer): boolean =>
  'httpStatus' in answer && (answer.httpStatus === 204 || answer.text === 'OK');
