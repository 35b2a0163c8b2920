import { guideOf } from '../../lambdas/domain/presets/guides';
import { generic } from '../../lambdas/domain/presets/generic';
import { postbackFields, type PostbackField, type Preset } from '../../lambdas/domain/presets';
import type { BodyMark } from '../../lambdas/domain/presets/preset';

const meaning: Readonly<Record<PostbackField, string>> = {
  clickId: 'click ID',
  amount: 'amount',
  transactionId: 'transaction ID',
  event: 'event',
  status: 'status',
  currency: 'currency',
  timestamp: 'conversion time',
};

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The page of one preset, in Markdown: everything the data says, and where each fact comes from. */
export function integrationPage(preset: Preset): string {
  return [
    `# ${preset.name}`,
    `Preset \`${preset.id}\`. \`npm run docs\` writes this page from the preset's data: change the data, not the page.`,
    connect(preset),
    fields(preset),
    words(preset),
    behaviour(preset),
    notes(preset),
    sources(preset),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function connect(preset: Preset): string {
  const lines = [
    `1. Create an integration with \`"preset": "${preset.id}"\` and a campaign that names it.`,
    `2. Get its URL: \`POST /admin/v1/integrations/{id}/credentials\`, or \`npx tracker integration credentials {id}\`.`,
    `3. In ${preset.name}, paste it into: ${guideOf(preset.id).pasteInto}.${preset.sendsOwnBody === true ? ' It sends its own body, so the URL has no tokens.' : ''}`,
    '4. Send a test with `dry_run=1`: the answer shows each value as sent and as read.',
  ];
  if (preset.dropInPaths.length > 0) {
    lines.push(
      '',
      `A postback URL for ${preset.name} works if you change only its host name: ${preset.dropInPaths.map(code).join(', ')}.`,
    );
  }
  return `## Connect\n\n${lines.join('\n')}`;
}

function fields(preset: Preset): string {
  const rows = postbackFields.map((field) => {
    const names = preset.parameters[field] ?? generic.parameters[field] ?? [];
    const token = preset.tokens[field];
    return [meaning[field], names.map(code).join(' '), token === undefined ? '' : code(token)];
  });
  const variants = (preset.variants ?? []).flatMap(({ where, parameters }) =>
    postbackFields.flatMap((field) => {
      const names = parameters[field];
      return names === undefined
        ? []
        : [`- ${markText(where)}, the ${meaning[field]} is ${names.map(code).join(' ')}.`];
    }),
  );
  const more = variants.length === 0 ? '' : `\n\n${variants.join('\n')}`;
  return `## Parameters\n\nThe first present name counts, in upper or lower case.\n\n${table(['field', 'names', `token in ${preset.name}`], rows)}${more}`;
}

function markText({ parameter, is }: BodyMark): string {
  if (is === 'present') return `With ${code(parameter)}`;
  return is === 'absent' ? `Without ${code(parameter)}` : `If ${code(parameter)} is ${code(is.value)}`;
}

function words(preset: Preset): string {
  const parts: string[] = [];
  const statuses = Object.entries(preset.statuses);
  if (statuses.length > 0) {
    parts.push(
      `## Statuses\n\nThese words count beside our four${statuses.some(([, status]) => status === 'ignore') ? '; `ignore` is answered and not recorded' : ''}:\n\n${table(
        ['word', 'status'],
        statuses.map(([word, status]) => [code(word), status]),
      )}`,
    );
  }
  const events = Object.entries(preset.events);
  if (events.length > 0) {
    parts.push(
      `## Events\n\n${table(
        ['word', 'event'],
        events.map(([word, event]) => [code(word), code(event)]),
      )}`,
    );
  }
  return parts.join('\n\n');
}

function behaviour(preset: Preset): string {
  const lines = [
    `- A postback without a status is \`${preset.defaultStatus}\`.`,
    `- Duplicates: \`${preset.duplicateMode}\`, unless the integration sets another mode.`,
  ];
  for (const [path, mode] of Object.entries(preset.pathModes ?? {}))
    lines.push(`- At ${code(path)} duplicates are ${code(mode)}, unless the integration sets another mode.`);
  for (const mark of preset.testMarks ?? [])
    lines.push(`- ${markText(mark)}, the conversion is a test: it is in no report.`);
  if (preset.reversalEvents !== undefined)
    lines.push(`- Events that reverse, beside refund and chargeback: ${preset.reversalEvents.map(code).join(', ')}.`);
  if (preset.amountFormat === 'float')
    lines.push('- Amounts are floats of a program; they are rounded to 6 digits after the point.');
  if (preset.timeZone !== undefined) lines.push(`- Times without a zone are in ${preset.timeZone}.`);
  if (preset.amountFormat === 'minor')
    lines.push('- Amounts are in the smallest unit of the currency: 1250 is 12.50 USD.');
  const digits = Object.entries(preset.minorDigits ?? {}).map(([currency, count]) => `${currency} ${count}`);
  if (digits.length > 0) lines.push(`- Digits after the point that differ from ISO 4217: ${digits.join(', ')}.`);
  if (preset.decimalComma === true) lines.push('- Amounts have a decimal comma.');
  if (preset.expectedAnswer !== undefined)
    lines.push(`- It expects this answer: ${code(preset.expectedAnswer)}; set \`reply.literal\` of the integration.`);
  return `## Behaviour\n\n${lines.join('\n')}`;
}

function notes({ id }: Preset): string {
  const { notes: known = [] } = guideOf(id);
  if (known.length === 0) return '';
  return `## Good to know\n\n${known.map((note) => `- ${note}`).join('\n')}`;
}

function sources({ id }: Preset): string {
  const { sources: known } = guideOf(id);
  if (known.length === 0) return '';
  const lines = known.map(({ title, url, readOn, says }) => `- [${title}](${url}), read on ${readOn}: ${says}`);
  return `## Sources\n\n${lines.join('\n')}`;
}

/** The page that lists the others. */
export function integrationIndex(presets: readonly Preset[]): string {
  const rows = presets.map(({ id, name, tokens }) => [
    `[${name}](${id}.md)`,
    code(id),
    tokens.clickId === undefined ? '' : code(tokens.clickId),
  ]);
  return `# Integrations\n\nEach preset has a page. A sender without a preset uses \`generic\`, with its own names in \`parameters\`.\n\n${table(['system', 'preset', 'its token for the click ID'], rows)}\n`;
}
