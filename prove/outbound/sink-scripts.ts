import type { DeliveryState } from '../../lambdas/domain/outbound/delivery';
import type { Attempt } from '../../lambdas/domain/outbound/judge';

/** Troubles of a server that no HTTP status shows. */
export type SinkTrouble = 'hang' | 'reset' | 'drip' | 'flood' | 'bomb';

/** An answer of a traffic source, with the attempt that the tracker must record and, where needed, the trouble. */
export type SinkAnswer = Attempt & { readonly trouble?: SinkTrouble; readonly location?: string };

/** A traffic source that answers by a script. */
export interface SinkScript {
  readonly id: string;
  /** The end of "a source that …". */
  readonly does: string;
  /** Returns the answer to the n-th call, `hours` after the beginning. */
  answer(call: number, hours: number): SinkAnswer;
  /** Possible end states of its deliveries. */
  readonly ends: readonly DeliveryState[];
  /** A suffix of its URL. */
  readonly query?: string;
  readonly template?: string;
  /** No call is possible. */
  readonly isSilent?: true;
  /** Only a test can give this answer, and no real server. */
  readonly isMadeUp?: true;
}

const accepted: SinkAnswer = { httpStatus: 200, text: 'OK' };
/** A request with an unknown outcome. */
const unknown = (trouble: SinkTrouble): SinkAnswer => ({ failure: 'OUTCOME_UNKNOWN', trouble });

const downFor = (hours: number, answer: SinkAnswer): Pick<SinkScript, 'answer' | 'ends'> => ({
  answer: (_, passed) => (passed < hours ? answer : accepted),
  ends: ['delivered'],
});
const always = (answer: SinkAnswer, ...ends: readonly DeliveryState[]): Pick<SinkScript, 'answer' | 'ends'> => ({
  answer: () => answer,
  ends,
});

/** Every kind of answer of a source, with the required end of its deliveries. */
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
