import { hrefOf } from './place';

const screens: readonly (readonly [RegExp, string])[] = [
  [/^tracker dead-letters /, 'dead-letters'],
  [/^tracker campaign list/, 'campaigns'],
  [/^tracker integration list/, 'integrations'],
  [/^tracker source list/, 'sources'],
];

/** The screens of searches: their options are the fields of its address. */
const searches: readonly (readonly [string, string])[] = [
  ['tracker postbacks search', 'requests'],
  ['tracker deliveries search', 'deliveries'],
];

const filterNames: Readonly<Record<string, string>> = {
  result: 'result',
  reason: 'reason',
  warning: 'warning',
  integration: 'integration',
  campaign: 'campaign',
  since: 'since',
  source: 'source',
  state: 'state',
};

/** The screen that shows what a command would, where there is one. */
export function linkOfCommand(command: string): string | undefined {
  const screen = screens.find(([pattern]) => pattern.test(command));
  if (screen !== undefined) return hrefOf(screen[1]);
  const [, source] = /^tracker source health (\S+)/.exec(command) ?? [];
  if (source !== undefined) return hrefOf(`sources/${source}`);
  const search = searches.find(([name]) => command.startsWith(name));
  if (search === undefined) return undefined;
  const query: Record<string, string> = {};
  for (const [, option = '', value = ''] of command.matchAll(/--([a-z]+) (\S+)/g)) {
    const name = filterNames[option];
    if (name !== undefined) query[name] = value;
  }
  return hrefOf(search[1], query);
}
