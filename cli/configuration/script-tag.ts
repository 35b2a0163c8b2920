import { scriptPath } from '../../lambdas/domain/routing/click-route';
import { visitorScript } from '../../lambdas/domain/click/script-text';
import { asFields, type StoredDocument } from '../../operator/documents/stored-document';

/** Returns the tag for landing pages of a campaign, with the hash that browsers check the script by. */
export function scriptTag(publicUrl: string, { id, integration, browser }: StoredDocument): string {
  const hosts = asFields(browser)?.['hosts'];
  const attributes = {
    src: `${publicUrl}${scriptPath}`,
    integrity: visitorScript.integrity,
    crossorigin: 'anonymous',
    'data-campaign': id,
    ...(typeof integration === 'string' && { 'data-integration': integration }),
    ...(Array.isArray(hosts) && hosts.length > 0 && { 'data-hosts': hosts.join(' ') }),
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `<script async ${written.join(' ')}></script>`;
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Whether pages may record clicks by script for the campaign. */
export function isScriptOn({ browser }: StoredDocument): boolean {
  const origins = asFields(browser)?.['origins'];
  return Array.isArray(origins) && origins.length > 0;
}
