import type { PageDocument, PageElement, PageRequest } from './page-document';
import type { PageTools } from './page-tools';

/**
 * The script of the test page. Its text is sent to the browser (see page.ts), so it uses its parameters, what every browser has,
 * and nothing else. What the API answers only ever becomes text, never markup.
 */
export async function startTestPage(page: PageDocument, request: PageRequest, tools: PageTools): Promise<void> {
  const { withParameter, requestPath, curlLine, signInBrowser, fieldsOf, fieldText } = tools;
  type Fields = Readonly<Record<string, unknown>>;
  let campaigns: readonly Fields[] = [];
  let integrations: readonly Fields[] = [];

  function at(id: string): PageElement {
    const element = page.getElementById(id);
    if (element === null) throw new Error(`The page has no element ${id}.`);
    return element;
  }

  function make(tag: string, ...children: readonly (PageElement | string)[]): PageElement {
    const element = page.createElement(tag);
    element.append(...children);
    return element;
  }

  async function ask(path: string, options?: RequestInit): Promise<Fields> {
    const answer = await request(path, options);
    const body = fieldsOf(await answer.json());
    if (!answer.ok) throw new Error(fieldText(body['message']) || `${path} answered ${answer.status}.`);
    return body;
  }

  async function listAll(collection: string): Promise<readonly Fields[]> {
    const items: Fields[] = [];
    let cursor = '';
    do {
      const more = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const body = await ask(`/admin/v1/${collection}?limit=200${more}`);
      if (Array.isArray(body['items'])) items.push(...body['items'].map(fieldsOf));
      cursor = fieldText(body['cursor']);
    } while (cursor !== '');
    return items;
  }

  function fill(select: PageElement, documents: readonly Fields[], wanted: string | undefined): void {
    const options = documents.map(({ id, name, status }) => {
      const option = make('option', `${fieldText(name)} (${fieldText(id)}${status === 'paused' ? ', paused' : ''})`);
      option.value = fieldText(id);
      return option;
    });
    select.replaceChildren(...options);
    const known = documents.find(({ id }) => id === wanted) ?? documents[0];
    select.value = fieldText(known?.['id']);
  }

  function showCampaigns(wanted?: string): void {
    const own = campaigns.filter(({ integration }) => integration === at('integration').value);
    fill(at('campaign'), own, wanted);
    at('click').disabled = own.length === 0;
    showResults(false);
    at('status').textContent = own.length === 0 ? 'No campaign uses this integration: make one first.' : '';
  }

  /** A click belongs to the campaign that it was made for: with another one chosen, what was shown of it is over. */
  function showResults(shown: boolean): void {
    at('click-result').hidden = !shown;
    at('postback').hidden = !shown;
    at('answer').hidden = true;
  }

  async function makeClick(): Promise<void> {
    const body = JSON.stringify({ campaign: at('campaign').value });
    const headers = { 'content-type': 'application/json' };
    const click = await ask('/admin/v1/test-clicks', { method: 'POST', headers, body });
    at('click-id').textContent = fieldText(click['clickId']);
    at('landing-page').textContent = fieldText(click['landingPage']);
    at('url').value = fieldText(click['postbackUrl']);
    showResults(true);
  }

  /** Where the integration looks at signatures, the page signs as its sender would: last of all, over what is really sent. */
  async function signed(url: string): Promise<string> {
    const integration = integrations.find(({ id }) => id === at('integration').value);
    const tier = fieldsOf(integration?.['auth'])['hmac'];
    if (tier !== 'report' && tier !== 'required') return url;
    const id = encodeURIComponent(at('integration').value);
    const headers = { 'content-type': 'application/json' };
    const shown = await ask(`/admin/v1/integrations/${id}/credentials`, { method: 'POST', headers, body: '{}' });
    const { kid, secret } = fieldsOf(shown['hmac']);
    return signInBrowser(url, fieldText(kid), fieldText(secret), Math.floor(Date.now() / 1000));
  }

  async function fire(parameter?: string): Promise<void> {
    const typed = at('url').value.trim();
    const url = await signed(parameter === undefined ? typed : withParameter(typed, parameter, '1'));
    at('curl').textContent = curlLine(url);
    const answer = await request(requestPath(url), { cache: 'no-store' });
    const text = await answer.text();
    at('answer').hidden = false;
    showVerdict(answer, text);
    await showLogRow(answer.headers.get('x-request-id') ?? '');
  }

  function showVerdict(answer: Response, text: string): void {
    let verdict: Fields = {};
    try {
      verdict = fieldsOf(JSON.parse(text));
    } catch {
      // An integration may have asked for an answer of its own, which stands below as it came.
    }
    const reason = fieldText(verdict['reason']) || (answer.headers.get('x-postback-reason') ?? '');
    at('verdict').textContent = `HTTP ${answer.status} ${fieldText(verdict['result'])} ${reason}`;
    at('message').textContent = fieldText(verdict['message']);
    const warnings = Array.isArray(verdict['warnings']) ? verdict['warnings'].map(fieldsOf) : [];
    at('warnings').replaceChildren(
      ...warnings.map((warning) => make('li', `${fieldText(warning['code'])}: ${fieldText(warning['message'])}`)),
    );
    const fields = Array.isArray(verdict['fields']) ? verdict['fields'].map(fieldsOf) : [];
    at('fields').hidden = fields.length === 0;
    at('field-rows').replaceChildren(
      ...fields.map(({ field, parameter, sent, readAs, assumed }) =>
        make(
          'tr',
          make('th', fieldText(field)),
          make('td', fieldText(parameter)),
          make('td', fieldText(sent)),
          make('td', `${fieldText(readAs)}${assumed === true ? ' (assumed)' : ''}`),
        ),
      ),
    );
    at('body').textContent = text;
  }

  async function showLogRow(requestId: string): Promise<void> {
    at('log-row').textContent =
      requestId === '' ? 'The answer names no request.' : fieldText(await ask(`/admin/v1/postbacks/${requestId}`));
  }

  function on(id: string, type: string, action: () => void | Promise<void>): void {
    at(id).addEventListener(type, () => {
      at('status').textContent = 'Working …';
      Promise.resolve()
        .then(action)
        .then(() => {
          if (at('status').textContent === 'Working …') at('status').textContent = 'Done.';
        })
        .catch(tell);
    });
  }

  function tell(error: unknown): void {
    at('status').textContent = error instanceof Error ? error.message : String(error);
  }

  on('integration', 'change', () => showCampaigns());
  on('campaign', 'change', () => showResults(false));
  on('click', 'click', makeClick);
  on('dry-run', 'click', () => fire('dry_run'));
  on('send-test', 'click', () => fire('test'));
  on('send', 'click', () => fire());

  try {
    [integrations, campaigns] = await Promise.all([listAll('integrations'), listAll('campaigns')]);
    const { integration, campaign } = at('page').dataset;
    const wanted = integration ?? fieldText(campaigns.find(({ id }) => id === campaign)?.['integration']);
    fill(at('integration'), integrations, wanted);
    showCampaigns(campaign);
  } catch (error) {
    tell(error);
  }
}
