import { randomBytes } from 'node:crypto';
import { identifier } from '../../domain/configuration/fields';
import { document, type Answer } from '../http/answer';
import { parameterOf, readParameters, type Query } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import { pageMarkup } from './page-markup';
import { startTestPage } from './page-script';
import { pageTools } from './page-tools';
import { sessionRequest } from './page-session';

/**
 * The functions as text, as the bundle holds them: what is tested is what runs in the browser, and the page needs no build of its
 * own. Each stands by itself, so that a minifier may call the others what it likes; the tools go in by their own names.
 */
const tools = Object.entries(pageTools).map(([name, tool]) => `${JSON.stringify(name)}: ${String(tool)}`);
const script = `(${String(startTestPage)})(document, (${String(sessionRequest)})(window), {\n${tools.join(',\n')}\n});`;

export const testPageQuery = {
  integration: parameterOf(identifier, 'Filled in already'),
  campaign: parameterOf(identifier, 'Filled in already'),
} as const satisfies Query;

/** The page that simulates a conversion: no file beside it, no address but its own, no script or style without the nonce. */
export async function getTestPage(request: RoutedRequest): Promise<Answer> {
  const parameters = readParameters(request, testPageQuery);
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return document('text/html; charset=utf-8', pageMarkup({ nonce, script, ...parameters }), {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}
