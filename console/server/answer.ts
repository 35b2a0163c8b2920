import type { ServerResponse } from 'node:http';

/** An answer that is ready to send. */
export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** No inline script, no inline style, no other origin, and no text that becomes markup. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const permissions = ['camera', 'clipboard-read', 'geolocation', 'microphone', 'payment', 'usb'];

/** Headers of every answer, errors included: its content is for one page on one machine. */
const ownHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [...permissions.map((name) => `${name}=()`), 'clipboard-write=(self)'].join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function send(response: ServerResponse, method: string, { status, headers, body }: Answered): void {
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...headers,
    ...ownHeaders,
    ...(hasBody && { 'content-length': String(Buffer.byteLength(body)) }),
  });
  response.end(hasBody && method !== 'HEAD' ? body : undefined);
}

export function json(status: number, body: object): Answered {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

/** @param more what a program needs to know of the error beside its code */
export function problem(status: number, error: string, message: string, more: object = {}): Answered {
  return json(status, { error, message, ...more });
}

export function text(status: number, body: string): Answered {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
