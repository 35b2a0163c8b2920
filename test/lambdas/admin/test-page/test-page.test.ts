import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { Script, createContext } from 'node:vm';
import { startTestPage } from '../../../../lambdas/admin/test-page/page-script';
import { escapeMarkup } from '../../../../lambdas/admin/test-page/page-markup';
import { sessionRequest, type PageWindow } from '../../../../lambdas/admin/test-page/page-session';
import { pageTools } from '../../../../lambdas/admin/test-page/page-tools';
import { campaignDocument, integrationDocument, startAdminStack, type AdminStack } from '../support/admin-stack';
import { logRow, newRequestId } from '../support/log-rows';
import { PageDouble } from '../support/page-double';
import { closedEnvironment } from '../../../../prove/closed-environment';

const repository = path.join(__dirname, '..', '..', '..', '..');
const scriptOf = (markup: string): string => /<script nonce="[^"]+">(.*)<\/script>/s.exec(markup)?.[1] ?? '';

describe('the test page', () => {
  let stack: AdminStack;
  let markup: string;
  beforeAll(async () => {
    stack = await startAdminStack();
    await stack.call('PUT', '/integrations/acme', {
      body: { ...integrationDocument, name: '<script>alert(1)</script>', auth: { token: 'required', hmac: 'report' } },
    });
    await stack.call('PUT', '/integrations/idle', { body: integrationDocument });
    await stack.call('PUT', '/campaigns/spring', { body: campaignDocument('acme', '"><img src=x>') });
    markup = (await stack.call('GET', '/test-page')).text;
  });
  afterAll(() => stack.stop());

  test('is HTML that runs its own script and style, talks to its own host, and loads nothing', async () => {
    const { status, headers, text } = await stack.call('GET', '/test-page?integration=acme&campaign=spring');
    const policy = headers['content-security-policy'] ?? '';
    const nonce = /script-src 'nonce-([\w+/=]{24})'/.exec(policy)?.[1] ?? 'none';
    expect([status, headers['content-type'], headers['cache-control']]).toStrictEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(policy.split('; ')).toStrictEqual([
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect([...text.matchAll(/<(?:script|style)[^>]*>/g)].map(([tag]) => tag)).toStrictEqual([
      `<style nonce="${nonce}">`,
      `<script nonce="${nonce}">`,
    ]);
    expect(text).not.toMatch(/\s(?:src|href|style|on\w+)=/);
    expect(text).toContain('<main id="page" data-integration="acme" data-campaign="spring">');
    expect(markup).not.toContain(nonce);
  });

  test('every label names a control, and every control has a name', () => {
    const labelled = [...markup.matchAll(/<label for="([\w-]+)"/g)].map(([, id]) => id);
    const controls = [...markup.matchAll(/<(?:select|textarea|input)[^>]*\bid="([\w-]+)"/g)].map(([, id]) => id);
    expect(labelled).toStrictEqual(controls);
    expect(markup).toMatch(/<html lang="en">/);
    expect(markup).toMatch(/id="status" role="status"/);
  });

  test('an ID that could be markup is refused, and would be escaped', async () => {
    for (const name of ['integration', 'campaign']) {
      const refused = await stack.call('GET', `/test-page?${name}=%22%3E%3Cscript%3E`);
      expect([refused.status, refused.body['error']]).toStrictEqual([400, 'PARAMETER_INVALID']);
      expect(refused.headers['content-type']).toContain('json');
    }
    expect(escapeMarkup(`"><script>'&`)).toBe('&quot;&gt;&lt;script&gt;&#39;&amp;');
  });

  /** The page in front of the real admin API, and of a postback function that answers what it is told to. */
  function open(text: string, answer: () => Response) {
    const page = new PageDouble(text);
    const sent: string[] = [];
    const request = async (target: string, options?: RequestInit): Promise<Response> => {
      if (!target.startsWith('/admin/v1')) {
        sent.push(target);
        return answer();
      }
      const method = options?.method ?? 'GET';
      const body = typeof options?.body === 'string' ? { text: options.body } : {};
      const reply = await stack.call(method, target.slice('/admin/v1'.length), body);
      return new Response(reply.text, { status: reply.status });
    };
    return { page, sent, request };
  }

  const verdict = (fields: object, headers: Record<string, string> = {}): Response =>
    new Response(JSON.stringify(fields), { headers });

  test('lists what there is as text, and the campaigns of the chosen integration', async () => {
    const { page, request } = open(markup, () => verdict({}));
    await startTestPage(page, request, pageTools);
    expect(
      page.at('integration').children.map((child) => (typeof child === 'string' ? child : child.textContent)),
    ).toEqual(['<script>alert(1)</script> (acme)', 'Acme (idle)']);
    expect(page.at('campaign').textContent).toBe('"><img src=x> (spring)');
    expect([page.at('integration').value, page.at('campaign').value]).toEqual(['acme', 'spring']);
    page.at('integration').value = 'idle';
    expect(await page.do('integration', 'change')).toContain('No campaign uses this integration');
    expect(page.at('click').disabled).toBe(true);
  });

  test('makes a click, sends its postback signed, and shows verdict, fields and log row', async () => {
    const requestId = newRequestId(Date.now());
    await logRow(stack.client, Date.now(), { requestId, raw: 'the raw query' });
    const fields = [{ field: 'amount', parameter: 'amount', sent: '<b>1</b>', readAs: '1', assumed: true }];
    const warnings = [{ code: 'TOO_FAST', message: 'Too fast.' }];
    const { page, sent, request } = open((await stack.call('GET', '/test-page?campaign=spring')).text, () =>
      verdict({ result: 'dry_run', reason: 'OK', message: 'Well.', warnings, fields }, { 'x-request-id': requestId }),
    );
    await startTestPage(page, request, pageTools);
    expect(await page.do('click', 'click')).toBe('Done.');
    const clickId = page.at('click-id').textContent;
    expect(page.at('landing-page').textContent).toContain(clickId);
    expect(page.at('postback').hidden).toBe(false);

    expect(await page.do('dry-run', 'click')).toBe('Done.');
    expect(sent[0]).toMatch(
      new RegExp(`^/postback/acme\\?clickid=${clickId}&.*&token=k1t\\w+&dry_run=1&ts=\\d+&kid=k1&sig=[0-9a-f]{64}$`),
    );
    expect(page.at('verdict').textContent).toBe('HTTP 200 dry_run OK');
    expect(page.at('warnings').textContent).toBe('TOO_FAST: Too fast.');
    expect(page.at('fields').hidden).toBe(false);
    expect(page.at('field-rows').textContent).toBe('amountamount<b>1</b>1 (assumed)');
    expect(page.at('curl').textContent).toBe(`curl -i 'https://tracker.example${sent[0]}'`);
    expect(page.at('log-row').textContent).toContain('"raw": "the raw query"');

    await page.do('send-test', 'click');
    await page.do('send', 'click');
    expect(sent[1]).toContain('&test=1&ts=');
    expect(sent[2]).not.toMatch(/test=1|dry_run/);

    await page.do('campaign', 'change');
    expect([page.at('postback').hidden, page.at('answer').hidden]).toEqual([true, true]);
  });

  test('shows an answer that is no JSON as it came, and says what went wrong', async () => {
    const { page, request } = open(
      markup,
      () => new Response('OK', { headers: { 'x-postback-reason': 'OK_TEST', 'x-request-id': 'nowhere' } }),
    );
    await startTestPage(page, request, pageTools);
    await page.do('click', 'click');
    expect(await page.do('send', 'click')).toContain('The postback log has no request nowhere');
    expect([page.at('verdict').textContent, page.at('body').textContent]).toEqual(['HTTP 200  OK_TEST', 'OK']);

    const failing = open(markup, () => verdict({}));
    await startTestPage(failing.page, () => Promise.reject(new Error('no network')), pageTools);
    expect(failing.page.at('status').textContent).toBe('no network');
  });

  test('served by the command, it takes the secret out of its address, shows it with each request, and keeps it over a reload', async () => {
    const told: [string, string | null][] = [];
    const history = {
      state: null as unknown,
      address: '',
      replaceState(state: unknown, _title: string, url: string): void {
        Object.assign(this, { state, address: url });
      },
    };
    const page = (hash: string): PageWindow => ({
      location: { hash, pathname: '/', search: '?a=1' },
      history,
      fetch(target, { headers }) {
        told.push([target, new Headers(headers).get('x-tracker-session')]);
        return Promise.resolve(verdict({}));
      },
    });

    await sessionRequest(page(''))('/before');
    await sessionRequest(page('#s=0c9e'))('/first', { headers: { 'content-type': 'application/json' } });
    await sessionRequest(page(''))('/reloaded');
    expect(told).toEqual([
      ['/before', null],
      ['/first', '0c9e'],
      ['/reloaded', '0c9e'],
    ]);
    expect(history.address).toBe('/?a=1');
  });

  test('its script stands by itself, minified as it is deployed', async () => {
    const entry = path.join(repository, 'lambdas/admin/test-page/page.ts');
    const esbuild = path.join(repository, 'node_modules', '.bin', 'esbuild');
    const options = ['--bundle', '--minify', '--format=cjs', '--platform=node', '--target=node24'];
    const bundle = execFileSync(esbuild, [entry, ...options], { env: closedEnvironment(), encoding: 'utf8' });
    const module: { exports: { getTestPage?: (request: object) => Promise<{ body: string }> } } = { exports: {} };
    const load = new Script(`(function (module, exports, require) {${bundle}\n})`).runInThisContext();
    load(module, module.exports, require);
    const answer = await module.exports.getTestPage?.({ query: new URLSearchParams() });
    const deployed = answer?.body ?? '';
    expect(scriptOf(deployed).length).toBeLessThan(scriptOf(markup).length);
    for (const text of [markup, deployed]) {
      const { page, request } = open(text, () => verdict({}));
      const window = {
        location: { hash: '', pathname: '/admin/v1/test-page', search: '' },
        history: { state: null, replaceState: () => undefined },
        fetch: request,
      };
      const names = { document: page, window, Headers, URL, crypto, TextEncoder, atob, Uint8Array, setTimeout };
      await new Script(scriptOf(text)).runInContext(createContext(names));
      expect(page.at('status').textContent).toBe('');
      expect(await page.do('click', 'click')).toBe('Done.');
      expect(await page.do('dry-run', 'click')).toBe('Done.');
      expect(page.at('log-row').textContent).toBe('The answer names no request.');
    }
  });
});
