import { createHash, createHmac } from 'node:crypto';

/** A request as it came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a request says of its own signature. */
export function authorizationOf({ headers }: SignedRequest): {
  readonly accessKeyId: string;
  readonly scope: string;
  readonly signedHeaders: string;
  readonly signature: string;
} {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, accessKeyId = '', scope = '', signedHeaders = '', signature = ''] =
    pattern.exec(headers['authorization'] ?? '') ?? [];
  return { accessKeyId, scope, signedHeaders, signature };
}

/** The signature that AWS would expect: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function expectedSignature(
  request: SignedRequest,
  secret: string,
  scope: string,
  signedHeaders: string,
): string {
  const [path = '', query = ''] = request.target.split(/\?(.*)/s);
  const canonical = [
    request.method,
    path.split('/').map(encode).join('/'),
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(decodeURIComponent).map(encode).join('='))
      .sort()
      .join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${request.headers[name]?.trim() ?? ''}`),
    '',
    signedHeaders,
    hash(request.body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((parent, part) => mac(parent, part), `AWS4${secret}`);
  return mac(key, text).toString('hex');
}
