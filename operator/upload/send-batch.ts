import * as v from 'valibot';
import { sendPlainly } from '../api/connection';
import { Failure } from '../failure';
import type { Proof } from '../postback/send-postback';
import { webhookHeaders } from '../postback/signing';
import { delay } from '../delay';

const taken = v.looseObject({ batchId: v.string(), rows: v.array(v.looseObject({ row: v.number() })) });
const rejection = v.looseObject({ reason: v.optional(v.string()), message: v.optional(v.string()) });

const attempts = 5;

/**
 * Sends a batch and returns its ID. A throttled or uncertain request is repeated unchanged: within ten minutes the tracker recognises the
 * same postback in every duplicate mode.
 */
export async function sendBatch(
  publicUrl: string,
  integration: string,
  body: string,
  { token, signingKey }: Proof,
): Promise<string> {
  const url = new URL(`${publicUrl}/postbacks/${encodeURIComponent(integration)}`);
  for (let attempt = 1; ; attempt++) {
    const response = await sendPlainly({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'postback-tracker-cli',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(signingKey !== undefined && (await webhookHeaders(body, signingKey, Math.floor(Date.now() / 1000)))),
      },
      body,
    });
    const text = await response.text();
    const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), taken), text);
    if (response.ok && reading.success) return reading.output.batchId;
    const mayRepeat = response.status === 429 || response.status >= 500;
    if (!mayRepeat || attempt === attempts) throw batchFailure(response.status, text);
    const asked = Number(response.headers.get('retry-after') ?? NaN);
    await delay(Math.min(Number.isFinite(asked) ? asked : 2 ** attempt, 30) * 1000);
  }
}

function batchFailure(status: number, text: string): Failure {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), rejection), text);
  const { reason = `HTTP ${status}`, message = text.slice(0, 300) } = reading.success ? reading.output : {};
  const kind = status === 429 || status >= 500 ? 'unreachable' : 'rejected';
  return new Failure(kind, `The tracker did not take the batch: ${reason}. ${message}`, {
    hint: 'Earlier batches were accepted. Fix this and upload the same file again: known rows count once.',
  });
}
