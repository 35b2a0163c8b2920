import { acceptedCurrencies } from '../../lambdas/domain/outbound/payout';
import type { Confidence, SourceTemplate, SuccessRule } from '../../lambdas/domain/outbound/sources/template';

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const meaning: Readonly<Record<Confidence, string>> = {
  documented: "the vendor's own page says so",
  corroborated: "another tracker's template or public code says so; no page of the vendor was read",
  'account-specific': 'the URL belongs to the account: compare it with the one that the network shows you',
  unconfirmed: 'nobody confirms it: try it before you rely on it',
};

/** The page of one source, in Markdown: everything the data says, and where each fact comes from. */
export function sourcePage(template: SourceTemplate): string {
  return [
    `# ${template.name}`,
    `Template \`${template.id}\`. Confidence: **${template.confidence}** (${meaning[template.confidence]}). \`npm run docs\` writes this page from the template's data: change the data, not the page.`,
    connect(template),
    request(template),
    answers(template),
    notes(template),
    sources(template),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function connect({ id, name, click, cost, parameters = {}, account = {}, secrets = {} }: SourceTemplate): string {
  const accountFlags = Object.keys(account)
    .map((field) => ` --account ${field}=…`)
    .join('');
  const link = Object.entries({
    ...(click.token !== undefined && { external_id: click.token }),
    ...(cost !== undefined && { cost: cost.token }),
    ...parameters,
  }).map(([parameter, token]) => `${parameter}=${token}`);
  const landing =
    link.length > 0
      ? `In the landing URL at ${name}, the link of a campaign carries ${link.map(code).join(', ')}: \`npx tracker campaign url CAMPAIGN --source ${id}\` writes it.`
      : click.parameter === undefined
        ? `The link of a campaign needs \`external_id=\` with the token of ${name} for its click ID.`
        : `${name} tags its links: the click ID arrives as \`${click.parameter}\`.`;
  const steps = [
    `Create the source: \`npx tracker source put ${id} --template ${id}${accountFlags}\`.`,
    landing,
    ...Object.keys(secrets).map((secret) => `Set its secret \`${secret}\`. Nothing shows it again.`),
  ];
  const asked = [
    ...Object.entries(account).map(([field, where]) => [code(field), 'account', where] as const),
    ...Object.entries(secrets).map(([field, where]) => [code(field), 'secret', where] as const),
  ];
  return [
    `## Connect\n\n${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
    ...(asked.length > 0 ? [table(['field', 'is', 'place'], asked)] : []),
  ].join('\n\n');
}

function request({ method, url, headers = {}, body }: SourceTemplate): string {
  const lines = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return `## Request\n\n\`\`\`text\n${[...lines, ...(body === undefined ? [] : ['', text])].join('\n')}\n\`\`\``;
}

function answers(template: SourceTemplate): string {
  const { currency, success, maxAgeDays, requiresConsent } = template;
  const accepted = acceptedCurrencies({}, template);
  const money =
    currency === 'any'
      ? 'Each amount is sent with its currency.'
      : currency === 'unknown'
        ? 'No source names the currency of its amounts: the default is USD. Set `currency` of the postback if your account has another one. An amount in another currency is skipped as `CURRENCY_UNSUPPORTED`.'
        : `It takes only amounts in ${(accepted ?? []).join(', ')}. An amount in another currency is skipped as \`CURRENCY_UNSUPPORTED\`.`;
  const lines = [
    money,
    ...(success === undefined ? [] : [accepts(success)]),
    ...(maxAgeDays === undefined
      ? []
      : [`A conversion is accepted for ${maxAgeDays} days, and then skipped as \`EXPIRED\`.`]),
    ...(requiresConsent === true ? ['A click without `ad_user_data=granted` is skipped as `CONSENT_MISSING`.'] : []),
  ];
  return `## Behaviour\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function accepts({ statuses, has, hasNot }: SuccessRule): string {
  const parts = [
    ...(statuses === undefined ? [] : [`its status is ${statuses.join(' or ')}`]),
    ...(has === undefined ? [] : [`it holds ${has.map(code).join(' or ')}`]),
    ...(hasNot === undefined ? [] : [`it does not hold ${hasNot.map(code).join(' or ')}`]),
  ];
  return `An answer is an acceptance if ${parts.join(', and ')}.`;
}

function notes({ notes: known = [] }: SourceTemplate): string {
  return known.length === 0 ? '' : `## Good to know\n\n${known.map((note) => `- ${note}`).join('\n')}`;
}

function sources({ evidence }: SourceTemplate): string {
  const lines = evidence.map(({ title, url, readOn, says }) => {
    const name = url === undefined ? title : `[${title}](${url})`;
    return `- ${name}, read on ${readOn}: ${says}`;
  });
  return `## Sources\n\n${lines.join('\n')}`;
}

/** The page that lists the others. */
export function sourceIndex(templates: readonly SourceTemplate[]): string {
  const rowsOf = (kind: SourceTemplate['kind']): string =>
    table(
      ['source', 'template', 'its token for the click ID', 'confidence'],
      templates
        .filter((template) => template.kind === kind)
        .map(({ id, name, click, confidence }) => [
          `[${name}](${id}.md)`,
          code(id),
          click.token === undefined
            ? click.parameter === undefined
              ? ''
              : `tags links: ${code(click.parameter)}`
            : code(click.token),
          confidence,
        ]),
    );
  return [
    '# Traffic sources',
    'Each template, by which the tracker reports conversions to a source, has a page ([docs/tracking.md](../tracking.md#postbacks-to-traffic-sources)). None of them was tried against a live network: send a test first. A source without a template sets its own `url`.',
    '## Networks',
    rowsOf('network'),
    '## Conversion APIs',
    rowsOf('conversion-api'),
  ]
    .join('\n\n')
    .concat('\n');
}
