import type { Integration } from '../../lambdas/domain/configuration/integration';
import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';
import { conversion, logRow, type Conversion, type LogRow } from '../answers';
import { sendPostback, type OutgoingPostback, type Proof } from '../postback/send-postback';
import { attempt, fine, skipped, wrong, type Check } from '../check';

export interface TrialPostback extends OutgoingPostback {
  readonly clickId: string;
  readonly proof: Proof;
  readonly auth: Integration['auth'];
}

type SentVerdict = Pick<LogRow, 'result' | 'reason' | 'message' | 'requestId'>;

/** Sends the postback of a test click twice, then in ways that must fail authentication. */
export async function tryPostbacks(api: AdminApi, trial: TrialPostback): Promise<readonly Check[]> {
  const { clickId, query, path, proof, auth } = trial;
  const names = [
    'a test postback is recorded',
    'its row is in the log',
    'its conversion is stored, marked as a test',
    'a repetition counts once',
  ];
  const [recordedName = '', loggedName = '', keptName = '', againName = ''] = names;
  const send = (changes: Partial<OutgoingPostback> = {}, shown = proof): Promise<SentVerdict> =>
    sendAndRead(api, { path, query, ...changes }, shown);

  const sent: SentVerdict[] = [];
  const recorded = await attempt(recordedName, async () => {
    const verdict = await send();
    if (verdict.result !== 'test') return rejectedCheck(recordedName, verdict, auth);
    sent.push(verdict);
    return fine(recordedName, verdict.requestId);
  });
  const [first] = sent;
  if (first === undefined)
    return [recorded, ...names.slice(1).map((name) => skipped(name, 'There is no postback to look for.'))];

  const logged = await attempt(loggedName, async () => {
    const { reason } = await api.call('GET', ['postbacks', first.requestId], logRow);
    return reason === first.reason
      ? fine(loggedName)
      : wrong(loggedName, `The log says ${reason}, the answer ${first.reason}.`);
  });
  const kept = await attempt(keptName, async () => {
    const [only, ...others] = await conversionsOf(api, clickId);
    if (only === undefined || others.length > 0)
      return wrong(keptName, `The click has ${others.length + (only ? 1 : 0)} conversions.`);
    return only.test
      ? fine(keptName)
      : wrong(keptName, 'It is not marked as a test: reports count it.', `tracker click erase ${clickId}`);
  });
  const again = await attempt(againName, async () => {
    await send();
    const all = await conversionsOf(api, clickId);
    const [only] = all;
    // A repetition may enter the history, and must not change the payable amount.
    if (all.length === 1 && only?.history.slice(1).every(({ deltas }) => Object.keys(deltas).length === 0) === true)
      return fine(againName);
    return wrong(
      againName,
      `After two sendings the click has ${all.length} conversions.`,
      'Report it: a repetition must never count.',
    );
  });
  const forged = await expectRejection('a forged click ID is rejected', ['CLICK_ID_FORGED'], () =>
    send({ query: query.replace(clickId, forgedOf(clickId)) }),
  );
  const strange =
    auth.token === 'required'
      ? await expectRejection('a wrong token is rejected', ['AUTH_INVALID'], () =>
          send({}, { ...proof, token: 'wrong' }),
        )
      : skipped('a wrong token is rejected', 'The integration does not ask for its token.');
  return [recorded, logged, kept, again, forged, strange];
}

async function expectRejection(
  name: string,
  reasons: readonly string[],
  send: () => Promise<SentVerdict>,
): Promise<Check> {
  return attempt(name, async () => {
    const { result, reason } = await send();
    // A rate limit is a rejection as well.
    if ([...reasons, 'RATE_LIMITED'].includes(reason)) return fine(name, reason);
    return wrong(
      name,
      `It was answered ${result} ${reason}.`,
      'Report it: an unauthenticated sender must never be accepted.',
    );
  });
}

function rejectedCheck(name: string, { reason, message, result }: SentVerdict, auth: Integration['auth']): Check {
  if (reason === 'IP_NOT_ALLOWED' && auth.ip === 'required') {
    return skipped(name, 'The integration takes postbacks from certain addresses, and this machine is none of them.');
  }
  const fix =
    result === 'queued'
      ? 'tracker status'
      : reason === 'INTEGRATION_UNKNOWN'
        ? 'A change of configuration shows after up to a minute: try again then.'
        : undefined;
  return wrong(name, `${reason}: ${message}`, fix);
}

async function conversionsOf(api: AdminApi, clickId: string): Promise<readonly Conversion[]> {
  return api.all(['conversions'], conversion, { clickId });
}

/** Returns the verdict from the response, or from the log if the integration replies with a literal body. */
async function sendAndRead(api: AdminApi, postback: OutgoingPostback, proof: Proof): Promise<SentVerdict> {
  const { verdict, requestId } = await sendPostback(api.publicUrl, postback, proof);
  if (verdict !== undefined) return verdict;
  if (requestId === undefined) throw new Failure('unreachable', 'The answer names no request.');
  return api.call('GET', ['postbacks', requestId], logRow);
}

/** Changes the last letter of a click ID, which belongs to its signature. */
function forgedOf(clickId: string): string {
  return `${clickId.slice(0, -1)}${clickId.endsWith('0') ? '1' : '0'}`;
}
