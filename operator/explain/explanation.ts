import { authenticationReasons } from '../../lambdas/domain/values/reasons';
import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import { credentialsOf } from '../documents/credentials';
import { contentOf, findDocument } from '../documents/stored-document';
import type { AdminApi } from '../api/admin-api';
import { ApiFailure } from '../api/api-failure';
import { Failure } from '../failure';
import { isTaken, knownReason, logRow, type LogRow, type Verdict } from '../answers';
import { wouldReplayTake } from '../replay/replay';
import { proofOf, sendPostback, type Proof } from '../postback/send-postback';
import { adviceOf, type Advice } from './advice';
import { explainFields, type ExplainedRequest } from './fields';
import { requestOfRow, requestOfUrl, type SenderRequest } from './sender-request';

/** The reason of a postback's verdict, and its verdict today. */
export interface Explanation extends ExplainedRequest {
  /** The row of the log, if the request came from there. */
  readonly logged?: Pick<LogRow, 'requestId' | 'receivedAt' | 'result' | 'reason' | 'message' | 'warnings'>;
  /** The verdict of its dry run. */
  readonly today?: Pick<Verdict, 'reason' | 'message' | 'requestId' | 'warnings' | 'conversion'>;
  readonly integration?: string;
  readonly advice?: Advice;
  /** Differences between the dry run and the request. */
  readonly remarks: readonly string[];
}

/** Explains a request of the log by a dry run, which adds only a row to the log. */
export async function explainRow(api: AdminApi, requestId: string): Promise<Explanation> {
  const row = await api.call('GET', ['postbacks', requestId], logRow);
  const { receivedAt, result, reason, message, warnings } = row;
  const logged = { requestId: row.requestId, receivedAt, result, reason, message, warnings };
  const request = sendableRequest(row);
  if (typeof request === 'string') {
    return { logged, fields: [], unread: [], remarks: [request], ...adviceFor(row, row.integration) };
  }
  const id = request.integration ?? row.integration;
  const known = await knownIntegration(api, id);
  // Correct credentials let the dry run find any other mistake.
  const proof = known === undefined || request.token === 'shown' ? {} : await known.proof();
  const tried = await tryOut(api, request, known?.document, proof);
  return {
    ...tried,
    logged,
    ...(id !== undefined && { integration: id }),
    ...((await adviceOnceFixed(api, row, tried)) ?? adviceFor(row, id)),
    remarks: [...tried.remarks, ...(wasAuthenticated(row) ? [] : [lentProof])],
  };
}

const lentProof =
  'It was sent today with the token or key of its integration: what came was not authenticated by its own.';

const wasAuthenticated = ({ reason }: LogRow): boolean => !authenticationReasons.some((known) => known === reason);

/**
 * Names the person to act on a row that would be recorded or filled in today. Suggests a replay only if the replay's dry run confirms it.
 */
async function adviceOnceFixed(
  api: AdminApi,
  row: LogRow,
  { today }: Explanation,
): Promise<{ readonly advice: Advice } | undefined> {
  if (today === undefined || !isTaken(today.reason) || !wasAuthenticated(row)) return undefined;
  if (row.result !== 'rejected') {
    const what = `Its amount is read today and would be filled in: tracker replay --request ${row.requestId}`;
    return (await wouldReplayTake(api, row)) && isTaken(row.reason) ? { advice: { who: 'you', what } } : undefined;
  }
  if (await wouldReplayTake(api, row)) {
    return { advice: { who: 'you', what: `It would be taken today: tracker replay --request ${row.requestId}` } };
  }
  return {
    advice: { who: 'the sender', what: 'Send it again: it would be taken today, and a replay of this row is not.' },
  };
}

/** Explains a URL as if its sender had sent it. */
export async function explainUrl(api: AdminApi, text: string): Promise<Explanation> {
  const request = requestOfUrl(text, api.publicUrl);
  const { integration: id } = request;
  const known = await knownIntegration(api, id);
  const needsProof = request.token === 'masked' || request.signed;
  const { token, signingKey } = known === undefined || !needsProof ? {} : await known.proof();
  const proof = {
    ...(request.token === 'masked' && token !== undefined && { token }),
    ...(request.signed && signingKey !== undefined && { signingKey }),
  };
  const tried = await tryOut(api, request, known?.document, proof);
  const remarks = request.signed ? ['It was signed again: its own signature was not checked.'] : [];
  return {
    ...tried,
    remarks: [...tried.remarks, ...remarks],
    ...(id !== undefined && { integration: id }),
    ...adviceFor(tried.today, id),
  };
}

/** Returns the request of a row, or the reason why it cannot be sent again. */
export function sendableRequest(row: LogRow): SenderRequest | string {
  try {
    return requestOfRow(row);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

async function tryOut(
  api: AdminApi,
  { outgoing, leftOut }: SenderRequest,
  integration: Integration | undefined,
  proof: Proof,
): Promise<Explanation> {
  const { verdict } = await sendPostback(api.publicUrl, outgoing, proof);
  const reason = verdict === undefined ? undefined : knownReason(verdict.reason);
  const wrong = reason === undefined ? undefined : adviceOf(reason).field;
  return {
    ...explainFields(outgoing, integration, verdict?.fields, wrong),
    ...(verdict !== undefined && { today: todayOf(verdict) }),
    remarks:
      leftOut.length === 0 ? [] : [`The log keeps no value of ${leftOut.join(', ')}, so the dry run went without.`],
  };
}

function todayOf({ reason, message, requestId, warnings, conversion }: Verdict): NonNullable<Explanation['today']> {
  const text = message.replace(/^A dry run: nothing was kept\. The real one: /, '');
  return { reason, message: text, requestId, warnings, ...(conversion !== undefined && { conversion }) };
}

export function adviceFor(
  verdict: Pick<LogRow, 'reason' | 'message'> | undefined,
  integration: string | undefined,
): { readonly advice?: Advice } {
  const known = verdict === undefined ? undefined : knownReason(verdict.reason);
  return known === undefined ? {} : { advice: adviceOf(known, integration, verdict?.message) };
}

interface KnownIntegration {
  readonly document?: Integration;
  /** Reads the credentials of the sender, which the tracker logs. */
  proof(): Promise<Proof>;
}

/** Returns `undefined` for an unknown integration: the verdict then reports it. */
async function knownIntegration(api: AdminApi, id: string | undefined): Promise<KnownIntegration | undefined> {
  if (id === undefined) return undefined;
  try {
    const stored = await findDocument(api, 'integration', id);
    if (stored === undefined) return undefined;
    const reading = readDocument('integration', contentOf(stored));
    const auth = reading.ok ? reading.document.auth : undefined;
    const proof = async (): Promise<Proof> => (auth === undefined ? {} : proofOf(await credentialsOf(api, id), auth));
    return { proof, ...(reading.ok && { document: reading.document }) };
  } catch (error) {
    // The path had an invalid ID.
    if (error instanceof ApiFailure && error.status === 400) return undefined;
    throw error;
  }
}
