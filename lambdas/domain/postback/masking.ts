import type { PostbackRequest } from './request';

/** Parameters whose values are secrets, here or in the systems that senders come from. */
const secretNames =
  'token|sig|signature|secret|api_?key|access_?key|auth|password|passwd|pwd|security_token|verification_token|secure|hash|webhook-signature|authorization';
const addressNames = 'ip|ip_address|user_ip|client_ip|visitor_ip|remote_addr';

const secretPair = new RegExp(`((?:^|[?&;\\s])(?:[\\w.-]*[_.-])?(?:${secretNames})=)[^&\\s]*`, 'gi');
const addressPair = new RegExp(`((?:^|[?&;\\s])(?:${addressNames})=)[^&\\s]*`, 'gi');
const secretMember = new RegExp(
  `("(?:[\\w.-]*[_.-])?(?:${secretNames}|${addressNames})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^,}\\s]+)`,
  'gi',
);
const mail = /(?<![\w.!#$'*/^`{|}~+-])[\w.!#$'*/^`{|}~-]+(?:\+[\w.-]*)?(?:@|%40|%2540)[\w-]+(?:\.[\w-]+)+/gi;
const ipv4 = /(?<![\d.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(?![\d.])/g;

const rawLimit = 4096;

/** A text of a request as it may be kept: secrets, addresses and what looks like an e-mail address are masked. */
export function maskText(text: string): string {
  return text
    .replace(secretPair, '$1***')
    .replace(addressPair, '$1***')
    .replace(secretMember, '$1"***"')
    .replace(mail, '***@***')
    .replace(ipv4, '$1.0');
}

/** The query and, on a line of its own, the body: what the log keeps of a request. Cut after 4,096 characters. */
export function maskedRaw(request: Pick<PostbackRequest, 'rawQuery' | 'body'>): string {
  const body = Buffer.from(request.body.subarray(0, rawLimit)).toString('utf8');
  const text = body === '' ? request.rawQuery : `${request.rawQuery}\n${body}`;
  // Cut first: no sender makes us search a long text for what to mask.
  return text.length <= rawLimit ? maskText(text) : `${maskText(text.slice(0, rawLimit))}…`;
}
