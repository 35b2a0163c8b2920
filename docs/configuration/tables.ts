import { type DocumentedSetting, type SettingGroup, settingGroups } from './settings';

const marks = { begin: '<!-- settings: begin -->', end: '<!-- settings: end -->' } as const;

const code = (value: unknown): string => `\`${JSON.stringify(value).replaceAll('|', '\\|')}\``;

const table = (rows: readonly (readonly string[])[]): string =>
  [['setting', 'allowed', 'dev', 'prod', 'example', 'meaning'], Array(6).fill('---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Of a large object the tables below show the values. */
function valueOf({ schema }: DocumentedSetting, value: unknown): string {
  if (value === undefined) return '';
  const text = code(value);
  return schema.entries && text.length > 40 ? 'below' : text;
}

function group({ path, settings }: SettingGroup): string {
  const rows = settings.map((setting) => [
    `\`${setting.name}\``,
    setting.allowed,
    valueOf(setting, setting.dev),
    valueOf(setting, setting.prod),
    setting.example === undefined ? '' : code(setting.example),
    setting.description,
  ]);
  const names = path.split(', ').map((one) => `\`${one}\``);
  return `### ${path === '' ? 'A stage' : names.join(', ')}\n\n${table(rows)}`;
}

/** Every setting there is, in Markdown. */
const settingsTables = (): string => settingGroups().map(group).join('\n\n');

/** The page with its tables written again; what a person wrote around them stays. */
export function pageWithTables(page: string): string {
  const [before, rest = ''] = page.split(marks.begin);
  const [, after] = rest.split(marks.end);
  if (before === undefined || after === undefined) throw new Error(`the page has no ${marks.begin} … ${marks.end}`);
  return `${before}${marks.begin}\n\n${settingsTables()}\n\n${marks.end}${after}`;
}
