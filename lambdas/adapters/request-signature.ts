import { hash } from 'node:crypto';
import { hmacOf } from '../domain/text/hmac';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A request of an AWS service that takes JSON at `/`, such as DynamoDB. */
export interface RequestToSign {
  readonly host: string;
  /** The operation, such as `DynamoDB_20120810.PutItem`. */
  readonly target: string;
  readonly body: string;
}

export const jsonContentType = 'application/x-amz-json-1.0';
const algorithm = 'AWS4-HMAC-SHA256';

/**
 * Signs requests by Signature Version 4, and caches the key of the day, which the SDK's signer looks up by an HMAC of the credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function createRequestSigner(
  region: string,
  service: string,
): (request: RequestToSign, credentials: SigningCredentials, now: Date) => Readonly<Record<string, string>> {
  let kept: { readonly secret: string; readonly day: string; readonly key: Buffer } | undefined;

  function keyOf(secret: string, day: string): Buffer {
    if (kept?.secret !== secret || kept.day !== day) {
      const key = [day, region, service, 'aws4_request'].reduce<Buffer>(
        (made, part) => hmacOf(made, part),
        Buffer.from(`AWS4${secret}`),
      );
      kept = { secret, day, key };
    }
    return kept.key;
  }

  return ({ host, target, body }, { accessKeyId, secretAccessKey, sessionToken }, now) => {
    const moment = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const day = moment.slice(0, 8);
    const headers: Record<string, string> = {
      'content-type': jsonContentType,
      host,
      'x-amz-date': moment,
      ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
      'x-amz-target': target,
    };
    // Sorted by name, as the algorithm requires.
    const names = Object.keys(headers).join(';');
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${hash('sha256', body)}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = hmacOf(
      keyOf(secretAccessKey, day),
      `${algorithm}\n${moment}\n${scope}\n${hash('sha256', canonical)}`,
    );
    headers['authorization'] =
      `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature.toString('hex')}`;
    return headers;
  };
}
